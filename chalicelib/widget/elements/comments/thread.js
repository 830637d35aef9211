// Where each comment stands: lists in lists, as the replies go.

import { el } from "../shared/dom.js";
import { drawComment, drawMissing, repliesOf } from "./comment.js";

/** The drawn comments of an element; `list` is what stands in the page. */
export class Threads {
  #host;
  /** The items by the ids of their comments. Only of a comment that is there the item has an id, too. */
  #items = new Map();
  /** Items in place of a comment that no other has named yet. */
  #unnamed = new Set();

  constructor(host) {
    this.#host = host;
    this.list = el("ol.comment-list");
  }

  has(id) {
    return !!this.#items.get(id)?.id;
  }

  /** What new threads go in front of: the first one that is not pinned. */
  get front() {
    const pinned = this.#items.get(this.#host.pinned);
    return pinned ? pinned.nextSibling : this.list.firstChild;
  }

  /** Put a comment above all others, be it a reply. */
  pin(comment) {
    this.list.prepend(this.#draw(comment));
  }

  /**
   * Put comments, which come in thread order, where they belong, those that are not there yet: new threads before
   * an item of the list, or at its end. Gives the ids of those that are new.
   */
  put(comments, before = null) {
    const fresh = [];
    const path = [];
    for (const comment of comments) {
      const { id, depth } = comment;
      let item = this.#items.get(id);
      if (!item?.id) {
        const missing = item;
        const parent = depth && this.#parentOf(comment, path, before);
        item = this.#draw(comment);
        if (missing) {
          item.append(missing.lastChild);
          missing.replaceWith(item);
        } else this.#insert(item, parent, before);
        fresh.push(id);
      }
      path[depth] = item;
      path.length = depth + 1;
    }
    return fresh;
  }

  /** Draw a comment where it belongs, or again where it is, with its replies as they are. */
  show(comment) {
    if (!this.has(comment.id)) return this.put([comment], this.front);
    const shown = this.#items.get(comment.id).firstChild;
    const hadFocus = shown.contains(document.activeElement);
    shown.replaceWith(drawComment(this.#host, comment).firstChild);
    if (hadFocus) this.focus(comment.id);
  }

  /** Take a comment away; where it has replies, a word stays. Gives whether the focus was there. */
  remove(id) {
    const item = this.#items.get(id);
    const hadFocus = item?.contains(document.activeElement);
    if (item?.querySelector("li")) {
      item.removeAttribute("id");
      item.firstChild.replaceWith(drawMissing(this.#host).firstChild);
    } else {
      item?.remove();
      this.#items.delete(id);
    }
    return hadFocus;
  }

  /** Bring a comment under the reader's eyes, and the focus to it; without one to the heading. */
  focus(id, block = "nearest") {
    const shown = this.#items.get(id)?.firstChild ?? this.#host.heading;
    shown.scrollIntoView({ block });
    shown.focus({ preventScroll: true });
  }

  #draw(comment) {
    const item = drawComment(this.#host, comment);
    this.#items.set(comment.id, item);
    return item;
  }

  #insert(item, parent, before) {
    if (parent) repliesOf(this.#host, parent).append(item);
    else this.list.insertBefore(item, before);
  }

  // What is answered comes before the answer: where it does not, it is not public any more, and a word stands for
  // it, and for all above it that are not there either. Of those only the last one is named, and nothing tells whose
  // they are: they are taken for a part of the thread before, unless the answer is older than that.
  #parentOf({ parent_id: parent, depth, created_at: time }, path, before) {
    if (!this.#items.has(parent)) {
      if (time < path[0]?.querySelector("time")?.dateTime) path.length = 0;
      path.length = Math.min(path.length, this.#unnamed.delete(path[depth - 1]) ? depth : depth - 1);
      while (path.length < depth) {
        const item = drawMissing(this.#host);
        this.#insert(item, path.at(-1), before);
        if (path.push(item) < depth) this.#unnamed.add(item);
      }
      this.#items.set(parent, path[depth - 1]);
    }
    return this.#items.get(parent);
  }
}
