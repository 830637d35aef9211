// Decisions: shown at once, sent behind it, and taken back on the screen where the service says otherwise.

import { get, post } from "./api.js";
import { announce } from "./announce.js";
import { href } from "./address.js";
import { decisions, label } from "./card.js";
import { byId } from "./elements.js";
import { ago, t } from "./language.js";
import { focusCurrent, moveTo, put, take } from "./list.js";
import { load, moveCounts, refill } from "./loading.js";
import { drawOutcome } from "./outcome.js";
import { state, submissionId } from "./state.js";

const AT_ONCE = 100; // comments that the service takes in one request
const AFTER = { approve: "published", reject: "rejected", spam: "spam", trash: "trash", hold: "held", restore: "held" };

/** What was decided in this tab and may be undone, the last one at the end. */
const history = [];

/** Decide on comments of the screen; those the decision would not change stay where they are. */
export async function decide(comments, decision, { reason, note } = {}) {
  const meant = comments.filter((comment) => decisions(comment).includes(decision));
  if (!meant.length) return announce(t("nothingToDecide"));
  const entry = { decision, comments: meant, view: href(state.filter), tokens: [] };
  entry.requests = requests(meant, decision, reason, note);
  const hadFocus = !document.querySelector("dialog[open]");
  take(meant);
  meant.forEach((comment) => counted(entry, comment));
  if (hadFocus) focusCurrent();
  remember(entry);
  announce(t(`done.${decision}`, { n: meant.length }));
  await Promise.all([entry.sent, refilled(hadFocus)]);
  return entry;
}

/** Keep a job's tokens, so that it can be undone as a decision can. */
export function rememberJob(decision, total, tokens) {
  remember({ decision, comments: [], total, view: href(state.filter), tokens, requests: [] });
}

/** Undo the last decision. */
export async function undo() {
  const entry = history.pop();
  if (!entry) return announce(t("nothingToUndo"));
  await entry.sent;
  if (!entry.tokens.length) return announce(t("nothingToUndo"));
  drawOutcome({ text: t("undoing"), busy: true });
  const undone = [];
  while (entry.tokens.length) {
    try {
      undone.push(...(await throughout(await post("moderation/undo", { undo_token: entry.tokens[0] }))));
      entry.tokens.shift();
    } catch (problem) {
      history.push(entry);
      return drawOutcome({ text: problem.message, retry: undo });
    }
  }
  takeBack(entry, undone);
}

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
  history.push(entry);
  sending(1);
  entry.sent = send(entry).finally(() => sending(-1));
}

function sending(by) {
  state.sending += by;
  byId("outcome").ariaBusy = state.sending ? "true" : null;
}

/** Count a comment where the decision has put it; deciding on one settles its reports. */
function counted(entry, comment) {
  moveCounts(comment.status, AFTER[entry.decision]);
  if (comment.reports) moveCounts("reported", null);
}

function uncounted(entry, comment, status = comment.status) {
  moveCounts(AFTER[entry.decision], status);
  if (comment.reports) moveCounts(null, "reported");
}

function forget(entry) {
  if (history.includes(entry)) history.splice(history.indexOf(entry), 1);
}

async function send(entry) {
  const { decision } = entry;
  drawOutcome({ text: t(`done.${decision}`, { n: entry.total ?? entry.comments.length }), undo });
  let problem = null;
  for (const request of [...entry.requests]) {
    try {
      const answer = await post("moderation/decisions", request);
      if (answer.undo_token) entry.tokens.push(answer.undo_token);
      entry.requests.splice(entry.requests.indexOf(request), 1);
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
  for (const { comment_id: id, error, status, decided } of errors) {
    const comment = known.get(id);
    uncounted(entry, comment, status ?? comment.status);
    Object.assign(comment, { problem: why(error, status, decided), status: status ?? comment.status });
    if (decided) comment.decided = decided;
    if (error === "edited_since") await readAgain(comment);
  }
  entry.comments = entry.comments.filter((comment) => !errors.some((error) => error.comment_id === comment.id));
  back(entry, errors.map((error) => known.get(error.comment_id)));
  const done = entry.comments.length ? `${t(`done.${entry.decision}`, { n: entry.comments.length })} ` : "";
  const text = done + t("notDone", { n: errors.length });
  if (history.at(-1) === entry) drawOutcome({ text, undo: entry.comments.length ? undo : null });
  if (!entry.comments.length) forget(entry);
  announce(text);
}

/** What an author has written meanwhile, to be decided on as it now stands. */
async function readAgain(comment) {
  const { comment: now } = await get(`moderation/comments/${comment.id}`).catch(() => ({}));
  if (now) Object.assign(comment, now, { read_at: now.edited_at });
}

function why(error, status, decided) {
  if (error !== "already_decided") return label("error", error);
  const now = { status: label("status", status).toLowerCase() };
  if (!decided) return t("error.already_decided", now);
  return t("error.already_decided_by", { ...now, by: decided.by, ago: ago(decided.at) });
}

/** Nobody knows whether it has arrived: the cards come back, and the very same requests can be sent once more. */
function unsent(entry, problem) {
  const ids = new Set(entry.requests.flatMap((request) => request.comment_ids));
  const comments = entry.comments.filter((comment) => ids.has(comment.id));
  for (const comment of comments) {
    comment.problem = problem.message;
    uncounted(entry, comment);
  }
  back(entry, comments);
  forget(entry);
  const text = `${t("notSent", { n: comments.length })} ${problem.message}`;
  drawOutcome({ text, retry: () => again(entry, comments) });
  announce(text);
}

function again(entry, comments) {
  comments.forEach((comment) => {
    delete comment.problem;
    counted(entry, comment);
  });
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
  const restored = entry.comments.filter((comment) => !status.get(comment.id)?.error);
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
