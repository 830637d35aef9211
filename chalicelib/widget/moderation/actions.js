// What a moderator can do with the current or the chosen comments, by one name for buttons and keys.

import { post } from "./api.js";
import { announce } from "./announce.js";
import { askArticle } from "./article.js";
import { canAnswer, decisions, label } from "./card.js";
import { closeContext, showContext } from "./context.js";
import { decide, nothing, say, undo } from "./decisions.js";
import { byId } from "./elements.js";
import { showHelp } from "./help.js";
import { askJob } from "./job.js";
import { t } from "./language.js";
import { put, select, step } from "./list.js";
import { loadMore } from "./loading.js";
import { drawOutcome } from "./outcome.js";
import { askReason } from "./reject.js";
import { openReply } from "./reply.js";
import { chosen, shown, state } from "./state.js";

const ONE = {
  approve: (comment) => decide([comment], "approve"),
  spam: (comment) => decide([comment], "spam"),
  trash: (comment) => decide([comment], "trash"),
  hold: (comment) => decide([comment], "hold"),
  restore: (comment) => decide([comment], "restore"),
  unapprove: (comment) => decide([comment], back(comment)),
  reject: (comment) => reject([comment]),
  reply: (comment) => {
    if (!canAnswer(comment)) return say(t("cannotAnswer", { state: label("state", comment.status) }));
    closeContext();
    return openReply(comment);
  },
  context: showContext,
  article: askArticle,
  pin,
  select: (comment) => select([comment.id], !state.selected.has(comment.id)),
};

const CHOSEN = {
  approve: () => decide(chosen(), "approve"),
  spam: () => decide(chosen(), "spam"),
  trash: () => decide(chosen(), "trash"),
  unapprove: backToPending,
  reject: () => reject(chosen()),
  all: () => select(shown().map((comment) => comment.id), chosen().length < shown().length),
  job: askJob,
};

const PAGE = {
  next: async () => step(1) || ((await loadMore()) && step(1)),
  previous: () => step(-1),
  undo,
  help: showHelp,
  search: () => {
    const field = byId("search-text");
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.focus();
  },
};

/** Do what a key or a button stands for: to the current comment ("one"), to those chosen, or on the page. */
export function act(name, to) {
  if (to === "chosen") return CHOSEN[name]();
  if (to === "page") return PAGE[name]();
  const comment = state.comments.get(state.current);
  return comment ? ONE[name](comment) : say(t("nothingToDecide"));
}

const back = (comment) => (comment.status === "published" ? "hold" : "restore");

/** What is published is held again, what was refused is restored: two decisions, where both are chosen. */
async function backToPending() {
  const { hold = [], restore = [] } = Object.groupBy(chosen(), back);
  if (hold.length) await decide(hold, "hold");
  if (restore.length || !hold.length) await decide(restore, "restore");
}

async function reject(comments) {
  const meant = comments.filter((comment) => decisions(comment).includes("reject"));
  if (!meant.length) return nothing(comments);
  const answer = await askReason(meant.length);
  return answer && decide(meant, "reject", answer);
}

async function pin(comment) {
  const pinned = comment.pinned ? null : comment.id;
  try {
    await post(`moderation/articles/${encodeURIComponent(comment.article_id)}`, { pinned });
  } catch (problem) {
    return drawOutcome({ text: problem.message, retry: () => pin(comment) });
  }
  const together = shown().filter((other) => other.article_id === comment.article_id);
  const alike = together.filter((other) => other.pinned || other === comment);
  for (const other of alike) other.pinned = other.id === pinned;
  put(alike);
  const text = t(pinned ? "done.pin" : "done.unpin", comment.author);
  drawOutcome({ text });
  return announce(text);
}
