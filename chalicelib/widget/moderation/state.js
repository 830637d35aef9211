// What the page knows, in one place. `comments` are those on the screen, in the order of `place`.

/** The tabs; of one author's comments there is `all` beside them. */
export const STATUSES = ["held", "reported", "published", "rejected", "spam", "trash", "withdrawn"];

export const state = {
  me: null,
  filter: {},
  comments: new Map(),
  known: new Set(), // all that were on the screen under this filter, decided ones too
  selected: new Set(),
  current: null,
  next: null,
  counts: {},
  sending: 0, // decisions on their way: what the service counts meanwhile is neither before nor after them
};

/** The comments on the screen, from top to bottom. */
export function shown() {
  return [...state.comments.values()].sort((a, b) => a.place - b.place);
}

/** Those chosen, from top to bottom. */
export function chosen() {
  return shown().filter((comment) => state.selected.has(comment.id));
}

/** A name for a request, so that it can be sent again and count once. */
export function submissionId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
