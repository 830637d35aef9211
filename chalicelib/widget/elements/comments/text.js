// A comment's text as nodes. The service has made its HTML of a few tags; here it is read again, tag by tag, and
// never given to a parser of the browser: whatever came, only these tags come of it, all else is text, and a page's
// Trusted Types need no policy.

import { el, webAddress } from "../shared/dom.js";

const PIECES =
  /<(\/?)(p|br|a|b|cite|code|del|em|i|q|s|strong|u)\b(?: href="([^"]*)")?(?: title="([^"]*)")?[^>]*>|[^<]+/g;
const LINK_REL = "nofollow ugc noopener";
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

/** The text of a comment. */
export function drawText(html) {
  const whole = el("div.comment-content", { dir: "auto" });
  let inner = whole;
  for (const [piece, isEnd, tag, href, title] of html.matchAll(PIECES)) {
    if (!tag) inner.append(typed(piece));
    else if (isEnd) inner = inner.parentNode ?? whole;
    else {
      const made = el(tag, href && { href: webAddress(typed(href)), title: title && typed(title), rel: LINK_REL });
      inner.append(made);
      if (tag !== "br") inner = made;
    }
  }
  return whole;
}

function typed(text) {
  return text.replace(/&(\w+);/g, (entity, name) => ENTITIES[name] ?? entity);
}
