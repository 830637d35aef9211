// One comment: who, when, what, and what may be done about it.

import { button, el, webAddress } from "../shared/dom.js";
import { ago, exactly } from "../shared/times.js";
import { avatar } from "./avatar.js";
import { ownButtons } from "./own.js";
import { report } from "./report.js";
import { dressed } from "./skin.js";
import { drawText } from "./text.js";
import { voteButtons } from "./votes.js";

/** A list item of a comment; its replies go into the list that `repliesOf` gives. */
export function drawComment(host, comment) {
  const item = el(
    "li.comment",
    { id: `comment-${comment.id}` },
    el(
      "article.comment-body",
      { id: `div-comment-${comment.id}`, tabindex: -1, "aria-label": comment.author.name },
      head(host, comment),
      drawText(comment.content_html),
      foot(host, comment),
    ),
  );
  item.classList.add(`depth-${comment.depth + 1}`);
  return dressed(host, item);
}

/** In place of a comment that is not public any more and has replies. */
export function drawMissing(host) {
  return dressed(host, el("li.comment", {}, el("p.missing", {}, host.say("removed"))));
}

/** The list of replies under an item, made when the first one comes. */
export function repliesOf(host, item) {
  return item.querySelector(":scope > ol") ?? item.appendChild(dressed(host, el("ol.children")));
}

function head(host, { id, author, created_at, edited_at, status }) {
  const { say, language } = host;
  const href = webAddress(author.url);
  const name = el("bdi", {}, author.name);
  const badge = (word) => [" ", el("span.staff", {}, say(word))];
  const time = { datetime: created_at, title: exactly(created_at, language) };
  return el(
    "footer.comment-meta",
    {},
    el(
      "span.comment-author vcard",
      {},
      avatar(author),
      " ",
      el("b.fn", {}, href ? el("a", { href, rel: "nofollow ugc noopener" }, name) : name),
      author.staff && badge("staff"),
      id === host.pinned && badge("pinned"),
    ),
    " ",
    el(
      "span.comment-metadata",
      {},
      el("a", { href: `#comment-${id}` }, el("time", time, ago(created_at, language))),
      edited_at && ` (${say("edited")})`,
    ),
    status !== "published" && el("em.comment-awaiting-moderation", {}, say("held")),
  );
}

function foot(host, comment) {
  const { say } = host;
  const { author } = comment;
  const isPublic = comment.status === "published";
  const own = ownButtons(host, comment);
  const reply = button("comment-reply-link", say("reply"), () => host.form.open(reply, comment), {
    "aria-label": say("replyTo", author),
  });
  return el(
    "div.reply",
    {},
    isPublic && [voteButtons(host, comment), " ", host.open && reply, " "],
    own ??
      (isPublic &&
        button("act", say("report"), () => report(host, comment), { "aria-label": say("reportOf", author) })),
  );
}
