// What is being written, for an article and the comment it answers: kept until it has arrived.

import { keep, recall } from "./storage.js";

/**
 * The draft of an article's comment, or of an answer to `parent`: its `text`; the `id` of the submission, which makes
 * a retry harmless; `attempted`, the text of a try that may have arrived; `pending`, whether it goes out by itself.
 */
export function draftOf(article, parent) {
  const name = `draft.${article}.${parent?.id ?? ""}`;
  const draft = {
    id: newId(),
    ...recall(name),
    parent_id: parent?.id,
    keep(changes) {
      Object.assign(draft, changes);
      keep(name, draft.text || draft.attempted ? draft : null);
    },
  };
  return draft;
}

/** The id of another submission; not a UUID: an insecure page has none. */
export function newId() {
  return crypto.getRandomValues(new Uint32Array(4)).join("");
}
