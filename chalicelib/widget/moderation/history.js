// What was decided in this tab and may be undone, the last one at the end. A reload does not forget it.

import { keep, recall } from "./session.js";

const MOST = 20; // entries that outlive a reload
const entries = kept();

/** The entry that would be undone next. */
export const latest = () => entries.at(-1);

/** Make an entry the last one. */
export function add(entry) {
  remove(entry);
  entries.push(entry);
  save();
}

/** Take the last one out, to be undone; what is kept for after a reload has it until `save`. */
export const pop = () => entries.pop();

export function remove(entry) {
  if (entries.includes(entry)) entries.splice(entries.indexOf(entry), 1);
  save();
}

/** Keep what the service has answered to: how each was said, how many, and what undoes it. No texts of comments. */
export function save() {
  const done = entries.filter(({ tokens, reply }) => tokens.length || reply).slice(-MOST);
  const plain = done.map(({ said, n, tokens, reply, to, name }) => ({ said, n, tokens, reply, to, name }));
  keep("undo", plain.length ? JSON.stringify(plain) : null);
}

function kept() {
  try {
    return JSON.parse(recall("undo") ?? "[]").map((entry) => ({ ...entry, comments: [], requests: [] }));
  } catch {
    return []; // What cannot be read cannot be undone here any more.
  }
}
