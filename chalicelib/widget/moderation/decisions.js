// Decisions: shown at once, sent behind it, and taken back on the screen where the service says otherwise.

import { get, post } from "./api.js";
import { announce } from "./announce.js";
import { href } from "./address.js";
import { decisions, isOwn, label, verb } from "./card.js";
import { byId } from "./elements.js";
import { add, latest, pop, remove, save } from "./history.js";
import { ago, t } from "./language.js";
import { focusCurrent, moveTo, put, take } from "./list.js";
import { load, moveCounts, refill } from "./loading.js";
import { drawOutcome } from "./outcome.js";
import { state, submissionId } from "./state.js";
import { supersede, unsentOf, wait } from "./waiting.js";

const AT_ONCE = 100; // comments that the service takes in one request
const AFTER = { approve: "published", reject: "rejected", spam: "spam", trash: "trash", hold: "held", restore: "held" };

/** Decide on comments of the screen; those the decision would not change stay where they are. */
export async function decide(comments, decision, { reason, note } = {}) {
  const meant = comments.filter((comment) => decisions(comment).includes(decision));
  if (!meant.length) return nothing(comments);
  const entry = { decision, said: verb(meant, decision), n: meant.length, comments: meant, tokens: [] };
  Object.assign(entry, { view: href(state.filter), requests: requests(meant, decision, reason, note) });
  const hadFocus = !document.querySelector("dialog[open]");
  supersede(meant);
  take(meant);
  meant.forEach((comment) => delete comment.problem);
  meant.forEach((comment) => counted(entry, comment));
  if (hadFocus) focusCurrent();
  remember(entry);
  announce(saidOf(entry));
  await Promise.all([entry.sent, refilled(hadFocus)]);
  return entry;
}

/** Say something in the bar, to be seen and heard; what may be undone stays offered. */
export function say(text) {
  drawOutcome({ text, undo: latest() && undo });
  announce(text);
}

/** Say why a decision would change nothing. */
export function nothing([comment]) {
  say(comment ? t("changesNothing", { state: label("state", comment.status) }) : t("nothingToDecide"));
}

/** Keep a job's tokens, so that it can be undone as a decision can. */
export function rememberJob(said, n, tokens) {
  add({ said, n, tokens, comments: [], requests: [] });
  say(saidOf(latest()));
}

/** Keep a reply of the newsroom, which is undone by putting it into the trash. */
export function rememberReply(comment, id) {
  add({ said: "reply", reply: id, to: comment.id, name: comment.author.name, n: 1, tokens: [], comments: [], requests: [] });
  say(saidOf(latest()));
}

/** Offer to undo what was decided before the page was loaded again. */
export function offerUndo() {
  if (latest()) drawOutcome({ text: saidOf(latest()), undo });
}

/** Undo the last decision. */
export async function undo() {
  const entry = pop();
  if (!entry) return say(t("nothingToUndo"));
  await entry.sent;
  if (!entry.tokens.length && !entry.reply) return say(t("nothingToUndo"));
  drawOutcome({ text: t("undoing"), busy: true });
  try {
    if (entry.reply) await withdrawReply(entry);
    else await withdraw(entry);
    save();
  } catch (problem) {
    if (problem.passing) add(entry);
    else save(); // what the service refuses for good is not in the way of what was decided before it
    drawOutcome({ text: problem.message, retry: problem.passing && undo });
  }
}

async function withdraw(entry) {
  entry.undone ??= [];
  while (entry.tokens.length) {
    entry.undone.push(...(await throughout(await post("moderation/undo", { undo_token: entry.tokens[0] }))));
    entry.tokens.shift();
  }
  takeBack(entry, entry.undone);
  entry.undone = [];
}

async function withdrawReply({ reply, to, name }) {
  const request = { comment_ids: [reply], decision: "trash", submission_id: submissionId() };
  const [outcome] = await throughout(await post("moderation/decisions", request));
  if (state.comments.has(reply)) take([state.comments.get(reply)]);
  const answered = state.comments.get(to);
  if (answered && !outcome?.error) {
    answered.replies = Math.max(0, answered.replies - 1);
    put([answered]);
  }
  const text = outcome?.error ? why(outcome) : t("undoneReply", { name });
  drawOutcome({ text });
  announce(text);
}

const saidOf = (entry) => t(`done.${entry.said}`, entry);

/** All outcomes of an answer, and of the requests that go on with it while there is more to do. */
export async function throughout(answer, progress = () => {}) {
  const outcomes = [...(answer.decisions ?? [])];
  while (answer.job_id && answer.done < answer.total) {
    progress(answer);
    answer = await post(`moderation/jobs/${answer.job_id}`, {});
    outcomes.push(...(answer.decisions ?? []));
  }
  progress(answer);
  return outcomes;
}

function requests(comments, decision, reason, note) {
  const made = [];
  for (const [seen, alike] of Map.groupBy(comments, (comment) => comment.status)) {
    for (let at = 0; at < alike.length; at += AT_ONCE) {
      const some = alike.slice(at, at + AT_ONCE);
      const ids = some.map((comment) => comment.id);
      const read = some.map((comment) => comment.read_at).sort()[0]; // what was edited since is left alone
      const said = { ...(reason && { reason }), ...(note && { note }) };
      made.push({ comment_ids: ids, decision, seen, read_at: read, submission_id: submissionId(), ...said });
    }
  }
  return made;
}

function remember(entry) {
  add(entry);
  sending(1);
  entry.sent = send(entry).finally(() => sending(-1));
}

function sending(by) {
  state.sending += by;
  byId("outcome").ariaBusy = state.sending ? "true" : null;
}

/** Count a comment where the decision has put it; deciding on one settles its reports, each of which counts. */
function counted(entry, comment) {
  moveCounts(comment.status, AFTER[entry.decision]);
  if (comment.reports) moveCounts("reported", null, comment.reports);
}

function uncounted(entry, comment, status = comment.status) {
  moveCounts(AFTER[entry.decision], status);
  if (comment.reports) moveCounts(null, "reported", comment.reports);
}

async function send(entry) {
  drawOutcome({ text: saidOf(entry), undo });
  let problem = null;
  for (const request of [...entry.requests]) {
    try {
      const answer = await post("moderation/decisions", request);
      if (answer.undo_token) entry.tokens.push(answer.undo_token);
      entry.requests.splice(entry.requests.indexOf(request), 1);
      save();
      await refused(entry, await throughout(answer));
    } catch (caught) {
      problem = caught;
    }
  }
  if (problem) unsent(entry, problem);
}

async function refused(entry, outcomes) {
  const errors = outcomes.filter((outcome) => outcome.error);
  if (!errors.length) return;
  const known = new Map(entry.comments.map((comment) => [comment.id, comment]));
  for (const outcome of errors) {
    const { comment_id: id, error, status, decided } = outcome;
    const comment = known.get(id);
    uncounted(entry, comment, status ?? comment.status);
    Object.assign(comment, { problem: why(outcome), status: status ?? comment.status });
    if (decided) comment.decided = decided;
    if (error === "edited_since") await readAgain(comment);
  }
  entry.comments = entry.comments.filter((comment) => !errors.some((error) => error.comment_id === comment.id));
  back(entry, errors.map((error) => known.get(error.comment_id)));
  entry.n = entry.comments.length;
  const done = entry.n ? `${saidOf(entry)} ` : "";
  const text = done + t("notDone", { n: errors.length });
  const last = latest() === entry;
  if (!entry.n) remove(entry);
  if (last) drawOutcome({ text, undo: latest() && undo });
  announce(text);
}

/** What an author has written meanwhile, to be decided on as it now stands. */
async function readAgain(comment) {
  const { comment: now } = await get(`moderation/comments/${comment.id}`).catch(() => ({}));
  if (now) Object.assign(comment, now, { read_at: now.edited_at });
}

function why({ error, status, decided }) {
  if (error !== "already_decided") return label("error", error);
  const now = { status: label("state", status) };
  if (!decided) return t("error.already_decided", now);
  if (isOwn(decided)) return t("error.already_decided_you", { ...now, ago: ago(decided.at) });
  return t("error.already_decided_by", { ...now, by: decided.by, ago: ago(decided.at) });
}

/** Nobody knows whether it has arrived: the cards come back, and the very same requests can be sent once more. */
function unsent(entry, problem) {
  const comments = unsentOf(entry);
  for (const comment of comments) {
    comment.problem = problem.message;
    uncounted(entry, comment);
  }
  entry.n -= comments.length;
  if (!entry.tokens.length) remove(entry);
  wait(entry, problem.message, (entries) => entries.map(again));
  back(entry, comments);
  drawOutcome(entry.tokens.length ? { text: saidOf(entry), undo } : {});
  announce(`${t("notSent", { n: comments.length })} ${problem.message}`);
}

function again(entry) {
  const comments = unsentOf(entry);
  comments.forEach((comment) => {
    delete comment.problem;
    counted(entry, comment);
  });
  entry.n += comments.length;
  take(comments.filter((comment) => state.comments.has(comment.id)));
  focusCurrent();
  remember(entry);
  return refilled(true);
}

function takeBack(entry, undone) {
  const problems = undone.filter((outcome) => outcome.error).length;
  const n = undone.length - problems;
  const text = [t("undone", { n }), problems && t("notDone", { n: problems })].filter(Boolean).join(" ");
  drawOutcome({ text });
  announce(text);
  if (!entry.comments.length) return load();
  const status = new Map(undone.map((outcome) => [outcome.comment_id, outcome]));
  const restored = entry.comments.filter(({ id }) => status.has(id) && !status.get(id).error);
  for (const comment of restored) {
    uncounted(entry, comment);
    delete comment.problem;
  }
  back(entry, restored);
  if (restored.length && href(state.filter) === entry.view) moveTo(restored[0].id);
  return null;
}

function back(entry, comments) {
  if (href(state.filter) !== entry.view) return;
  put(comments);
  refill();
}

async function refilled(hadFocus) {
  const empty = !state.comments.size;
  await refill();
  if (empty && hadFocus) focusCurrent();
}
