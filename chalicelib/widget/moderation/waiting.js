// Decisions that may not have arrived: gathered until all are sent again, or their comments are decided on anew.

import { t } from "./language.js";
import { offerRetry } from "./outcome.js";
import { submissionId } from "./state.js";

const waiting = new Set();

/** Let an entry wait whose requests failed; `retry` gets all entries that wait by then. */
export function wait(entry, why, retry) {
  waiting.add(entry);
  draw(why, retry);
}

/** The comments of an entry that nobody knows to have been decided on. */
export function unsentOf(entry) {
  const ids = new Set(entry.requests.flatMap((request) => request.comment_ids));
  return entry.comments.filter((comment) => ids.has(comment.id));
}

/** What is decided anew waits no longer; a request without it is another request. */
export function supersede(comments) {
  const ids = new Set(comments.map((comment) => comment.id));
  let touched = false;
  for (const entry of waiting) {
    if (!unsentOf(entry).some((comment) => ids.has(comment.id))) continue;
    touched = true;
    entry.requests = entry.requests.map((request) => without(request, ids)).filter(Boolean);
    entry.comments = entry.comments.filter((comment) => !ids.has(comment.id));
    if (!entry.requests.length) waiting.delete(entry);
  }
  if (touched) draw();
}

function without(request, ids) {
  const left = request.comment_ids.filter((id) => !ids.has(id));
  if (left.length === request.comment_ids.length) return request;
  return left.length ? { ...request, comment_ids: left, submission_id: submissionId() } : null;
}

let reason = "";
let again = null;

function draw(why = reason, retry = again) {
  reason = why;
  again = retry;
  const n = [...waiting].reduce((sum, entry) => sum + unsentOf(entry).length, 0);
  if (!n) return offerRetry(null);
  const all = () => {
    const entries = [...waiting];
    waiting.clear();
    offerRetry(null);
    retry(entries);
  };
  return offerRetry({ text: `${t("notSent", { n })} ${why}`, words: t("retry", { n }), click: all });
}
