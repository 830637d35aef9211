// The list on the screen: cards come and go, and the focus is never lost.

import { card } from "./card.js";
import { byId, el, fill } from "./elements.js";
import { t } from "./language.js";
import { shown, state } from "./state.js";

const queue = byId("queue");
let followers = [];

/** Call something whenever another comment becomes the current one, or the choice of comments changes. */
export function whenChanged(follow) {
  followers.push(follow);
}

/** Tell those who follow. */
export function changed() {
  for (const follow of followers) follow();
}

/** Draw the whole list anew. */
export function draw() {
  fill(queue, shown().map(card));
  if (!state.comments.has(state.current)) state.current = shown()[0]?.id ?? null;
  mark();
  changed();
}

/** Put comments on the screen, each in its place, drawn anew if it is there. */
export function put(comments) {
  for (const comment of comments) {
    const before = itemOf(comment.id);
    const focused = before?.contains(document.activeElement) && document.activeElement.dataset.action;
    before?.remove();
    state.comments.set(comment.id, comment);
    state.known.add(comment.id);
    const after = shown().find((other) => other.place > comment.place && itemOf(other.id));
    const item = queue.insertBefore(card(comment), after ? itemOf(after.id) : null);
    if (focused) (item.querySelector(`[data-action="${focused}"]`) ?? item.firstElementChild).focus();
  }
  state.current ??= shown()[0]?.id ?? null;
  mark();
  changed();
}

/** Take comments off the screen; the one behind the current becomes current. */
export function take(comments) {
  const gone = new Set(comments.map((comment) => comment.id));
  if (gone.has(state.current)) state.current = nearest(gone);
  for (const id of gone) {
    itemOf(id)?.remove();
    state.comments.delete(id);
    state.selected.delete(id);
  }
  mark();
  changed();
}

/** Make a comment the current one and bring the focus to it, or to the heading when there is none. */
export function moveTo(id) {
  state.current = id;
  mark();
  changed();
  focusCurrent();
}

/** Bring the focus to the current comment, but never away from a form: what comes late must not disturb who writes. */
export function focusCurrent(options) {
  if (document.activeElement?.closest("form")) return;
  (articleOf(state.current) ?? byId("heading")).focus(options);
}

/** Go to the next (1) or the previous (-1) comment; false where there is none. */
export function step(by) {
  const ids = shown().map((comment) => comment.id);
  const next = ids[ids.indexOf(state.current) + by];
  if (!next) return false;
  moveTo(next);
  return true;
}

/** Choose comments or choose them no longer. */
export function select(ids, on) {
  for (const id of ids) {
    if (on) state.selected.add(id);
    else state.selected.delete(id);
    const box = itemOf(id)?.querySelector("[data-select]");
    if (box) box.checked = on;
  }
  changed();
}

/** The kind text of a queue with nothing in it. */
export function drawEmpty(narrowed) {
  const words = narrowed ? "noneFound" : `none.${state.filter.status}`;
  fill(byId("end"), el("p", { class: "empty" }, t(words)));
}

export const articleOf = (id) => (id ? queue.querySelector(`article[data-id="${CSS.escape(id)}"]`) : null);

const itemOf = (id) => articleOf(id)?.parentElement ?? null;

function nearest(gone) {
  const ids = shown().map((comment) => comment.id);
  const at = ids.indexOf(state.current);
  const left = (id) => !gone.has(id);
  return ids.slice(at).find(left) ?? ids.slice(0, at).findLast(left) ?? null;
}

function mark() {
  for (const article of queue.querySelectorAll("article")) {
    const current = article.dataset.id === state.current;
    article.tabIndex = current ? 0 : -1;
    if (current) article.setAttribute("aria-current", "true");
    else article.removeAttribute("aria-current");
  }
}

queue.addEventListener("focusin", (event) => {
  const id = event.target.closest("article")?.dataset.id;
  // A dialog that closes gives the focus back to where it came from, which is not where the moderator has got to.
  if (!id || id === state.current || document.querySelector("dialog")) return;
  state.current = id;
  mark();
  changed();
});
