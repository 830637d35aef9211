// One comment: who, when, what, and what may be done about it.

import { button, el, webAddress } from "../shared/dom.js";
import { ago, exactly } from "../shared/times.js";
import { avatar } from "./avatar.js";
import { ownButtons } from "./own.js";
import { report } from "./report.js";
import { drawText } from "./text.js";
import { voteButtons } from "./votes.js";
import * as words from "words";

/** A list item of a comment; its replies go into the list that `repliesOf` gives. */
export function drawComment(talk, comment) {
  return el(
    `li.comment depth-${comment.depth + 1}`,
    { id: `comment-${comment.id}` },
    el(
      "article.comment-body",
      { id: `div-comment-${comment.id}`, tabindex: -1, "aria-label": comment.author.name },
      head(talk, comment),
      drawText(comment.content_html),
      foot(talk, comment),
    ),
  );
}

/** In place of a comment that is not public any more and has replies. */
export function drawMissing({ say }) {
  return el("li.comment", {}, el("p.missing", {}, say(words.removed)));
}

/** The list of replies under an item, made when the first one comes. */
export function repliesOf(item) {
  return item.children[1] ?? item.appendChild(el("ol.children"));
}

function head(talk, { id, author, created_at, edited_at, status }) {
  const { say } = talk;
  const href = webAddress(author.url);
  const name = el("bdi", {}, author.name);
  const badge = (word) => [" ", el("span.staff", {}, say(word))];
  const time = { datetime: created_at, title: exactly(created_at, words.language) };
  return el(
    "footer.comment-meta",
    {},
    el(
      "span.comment-author vcard",
      {},
      avatar(author),
      " ",
      el("b.fn", {}, href ? el("a", { href, rel: "nofollow ugc noopener" }, name) : name),
      author.staff && badge(words.staff),
      id === talk.pinned?.id && badge(words.pinned),
    ),
    " ",
    el(
      "span.comment-metadata",
      {},
      el("a", { href: `#comment-${id}` }, el("time", time, ago(created_at, words.language))),
      edited_at && ` (${say(words.edited)})`,
    ),
    status !== "published" && el("em.comment-awaiting-moderation", {}, say(words.statuses.held)),
  );
}

function foot(talk, comment) {
  const { say } = talk;
  const { author } = comment;
  const isPublic = comment.status === "published";
  const own = ownButtons(talk, comment);
  const reply = button("comment-reply-link", say(words.reply), () => talk.form.open(reply, comment), {
    "aria-label": say(words.replyTo, author.name),
  });
  return el(
    "div.reply",
    {},
    isPublic && [voteButtons(talk, comment), " ", talk.isOpen && reply, " "],
    own ??
      (isPublic &&
        button("act", say(words.report), () => report(talk, comment), {
          "aria-label": say(words.reportOf, author.name),
        })),
  );
}
