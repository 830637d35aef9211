// One's own comments: known by their edit tokens, which stay in this browser.

import { button, el } from "../shared/dom.js";
import { openDialog } from "./dialog.js";
import { field } from "./fields.js";
import { keep, recall } from "./storage.js";

const MINUTE = 60_000;
const KEPT = 43_200 * MINUTE;
/** As long as a list may be kept, and an own comment missing from it. */
const STALE = 6 * MINUTE;

/** The own comments on an article, by id, as the service last answered them. */
export function ownComments(article) {
  const kept = Object.entries(recall(`own.${article}`) ?? {});
  return Object.fromEntries(kept.filter(([, own]) => age(own) < KEPT));
}

/** Those that a list may not have: they wait, or are too new. */
export function ownBesides(article) {
  return Object.values(ownComments(article)).filter((own) => own.status === "held" || age(own) < STALE);
}

/** Remember an own comment, or forget it. The name is not kept: only who has agreed to that finds it here again. */
export function rememberOwn({ say }, comment, isOver) {
  const { id, article_id } = comment;
  const own = { ...comment, author: { name: say("you"), avatar: "0" } };
  keep(`own.${article_id}`, { ...ownComments(article_id), [id]: isOver ? undefined : own });
}

/** Ask what became of the own comments that a list may not have, and show it. */
export async function refreshOwn(host) {
  for (const own of ownBesides(host.article)) {
    const heard = await askOwn(host, own, "status").catch((trouble) => trouble);
    if (host.signal.aborted) break;
    // Forbidden or not found: the article or the whole store is another one now.
    if (heard.status === 403 || heard.status === 404) {
      rememberOwn(host, own, true);
      host.takeAway(own.id);
    } else if (heard.id) settle(host, heard, heard.status !== own.status);
  }
}

/** The buttons of an own comment with the minutes it may still be changed in; null for others' comments. */
export function ownButtons(host, { id, article_id }) {
  const own = ownComments(article_id)[id];
  if (!own) return null;
  const { say } = host;
  const buttons = el(
    "span.own",
    { "data-until": own.edit_until },
    button("act", say("edit"), () => edit(host, own)),
    button("act", say("withdraw"), () => withdraw(host, own)),
    el("small.left", {}),
  );
  tick(host, buttons);
  return buttons;
}

/** Bring the minutes left up to date, and take the buttons away when there are none. */
export function tickOwn(host) {
  for (const buttons of host.querySelectorAll(".tribune-own")) tick(host, buttons);
}

function age({ created_at }) {
  return Date.now() - new Date(created_at);
}

function tick({ say }, buttons) {
  const n = Math.ceil((new Date(buttons.dataset.until) - Date.now()) / MINUTE);
  if (n > 0) buttons.lastChild.textContent = say("left", { n });
  else buttons.replaceChildren();
}

function askOwn(host, { id, edit_token }, verb, body) {
  return host.api(`comments/${id}/${verb}`, { edit_token, ...body });
}

// Show an own comment as the service says it is now, and say so if that is news.
function settle(host, heard, isNews) {
  const { say } = host;
  const { status, statement } = heard;
  const isThere = status === "published" || status === "held";
  rememberOwn(host, heard, !isThere);
  if (isThere) host.show(heard);
  else host.takeAway(heard.id);
  const redress = !isThere && statement?.redress;
  if (isNews) host.announce(say(status) + (redress ? ` ${say("redress", { to: redress })}` : ""));
}

function edit(host, own) {
  const { say } = host;
  const draft = `edit.${own.id}`;
  const input = () => keep(draft, text.value);
  const text = el("textarea", { id: "tribune-content", name: "content", dir: "auto", input });
  // What was typed here before, else the text as it was posted, not the HTML that was made of it.
  text.value = recall(draft) ?? own.content;
  openDialog(host, say("edit"), [field(say("comment"), text)], say("save"), async (said) => {
    const heard = await askOwn(host, own, "edits", said);
    keep(draft);
    return () => settle(host, heard, true);
  });
}

function withdraw(host, own) {
  const { say } = host;
  openDialog(host, say("withdraw"), [el("p", {}, say("sure"))], say("withdraw"), async () => {
    const heard = await askOwn(host, own, "withdrawals");
    return () => settle(host, heard, true);
  });
}
