// Where each comment stands: lists in lists, as the replies go.

import { el } from "../shared/dom.js";
import { drawComment, drawMissing, repliesOf } from "./comment.js";

/** The drawn comments of a talk; `list` is what stands in the page. */
export function makeThreads(talk) {
  const list = el("ol.comment-list");
  // The items by the ids of their comments. Only of a comment that is there the item has an id, too.
  const items = new Map();

  const has = (id) => !!items.get(id)?.id;
  const draw = (comment) => {
    const item = drawComment(talk, comment);
    items.set(comment.id, item);
    return item;
  };
  // What is pinned stands above all others, be it a reply.
  const pinned = talk.pinned && list.appendChild(draw(talk.pinned));
  const place = (item, parent, isFirst) => {
    if (parent) repliesOf(parent).append(item);
    else if (isFirst && pinned) pinned.after(item);
    else list[isFirst ? "prepend" : "append"](item);
  };

  // What is answered comes before the answer: where it does not, it is not public any more, and a word stands for it,
  // and for all above it that are not there either. Of those only the last one is named, and nothing tells whose they
  // are: they are taken for a part of the thread before, unless the answer is older than that.
  const parentOf = ({ parent_id: id, depth, created_at: time }, path, isFirst) => {
    if (!items.has(id)) {
      if (time < path[0]?.querySelector("time")?.dateTime) path.length = 0;
      const isNamed = [...items.values()].includes(path[depth - 1]);
      path.length = Math.min(path.length, isNamed ? depth - 1 : depth);
      while (path.length < depth) {
        const item = drawMissing(talk);
        place(item, path.at(-1), isFirst);
        path.push(item);
      }
      items.set(id, path[depth - 1]);
    }
    return items.get(id);
  };

  /**
   * Put comments, which come in thread order, where they belong, those that are not there yet: new threads behind all
   * others, or first. Gives the ids of those that are new.
   */
  const put = (comments, isFirst) => {
    const path = [];
    const fresh = [];
    for (const comment of comments) {
      const { id, depth } = comment;
      const before = items.get(id);
      if (!before?.id) {
        const parent = depth && parentOf(comment, path, isFirst);
        const item = draw(comment);
        if (before) {
          item.append(before.lastChild);
          before.replaceWith(item);
        } else place(item, parent, isFirst);
        fresh.push(id);
      }
      path[depth] = items.get(id);
      path.length = depth + 1;
    }
    return fresh;
  };

  /** Bring a comment under the reader's eyes, and the focus to it; without one to the heading. */
  const focus = (id, block = "nearest") => {
    const shown = items.get(id)?.firstChild ?? talk.heading;
    shown.scrollIntoView({ block });
    shown.focus({ preventScroll: true });
  };

  /** Put one comment first, unless it answers one that is not there. */
  const add = (comment) => (!comment.parent_id || has(comment.parent_id)) && put([comment], true);

  return {
    list,
    has,
    put,
    add,
    focus,

    /** Draw a comment where it belongs, or, if it has changed, again where it is, with its replies as they are. */
    show(comment) {
      if (!has(comment.id)) return add(comment);
      const shown = items.get(comment.id).firstChild;
      const drawn = drawComment(talk, comment).firstChild;
      if (drawn.isEqualNode(shown)) return;
      const hadFocus = shown.contains(document.activeElement);
      shown.replaceWith(drawn);
      if (hadFocus) focus(comment.id);
    },

    /** Take a comment away; where it has replies, a word stays. The focus, if it was there, goes to the heading. */
    remove(id) {
      const item = items.get(id);
      const hadFocus = item?.contains(document.activeElement);
      if (item?.querySelector("li")) {
        item.removeAttribute("id");
        item.firstChild.replaceWith(drawMissing(talk).firstChild);
      } else {
        item?.remove();
        items.delete(id);
      }
      if (hadFocus) talk.heading.focus();
    },
  };
}
