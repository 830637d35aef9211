// One's own comments: known by their edit tokens, which stay in this browser.

import { button, el } from "../shared/dom.js";
import { openDialog } from "./dialog.js";
import { field } from "./fields.js";
import { keep, recall } from "./storage.js";
import * as words from "words";

const MINUTE = 60_000;
const KEPT = 43_200 * MINUTE;
/** As long as a list may be kept, and an own comment missing from it. */
const STALE = 6 * MINUTE;

/** The own comments on an article, as the service last answered them. */
export function ownComments(article) {
  return [recall(`own.${article}`)].flat().filter((own) => own?.author && age(own) < KEPT);
}

/** Those that a list may not have: they wait, or are too new. */
export function ownBesides(article) {
  return ownComments(article).filter((own) => own.status === "held" || age(own) < STALE);
}

/** Remember an own comment, or forget it. The name is not kept: only who has agreed to that finds it here again. */
export function rememberOwn({ article, say }, comment, isOver) {
  const others = ownComments(article).filter(({ id }) => id !== comment.id);
  const own = { ...comment, author: { name: say(words.you), avatar: "0" } };
  keep(`own.${article}`, isOver ? others : [...others, own]);
}

/** Ask what became of the own comments that a list may not have, and show it. */
export async function refreshOwn(talk) {
  for (const own of ownBesides(talk.article)) {
    const heard = await askOwn(talk, own, "status").catch((trouble) => trouble);
    if (talk.signal.aborted) return;
    // Forbidden or not found: the article or the whole store is another one now.
    if (heard.status === 403 || heard.status === 404) {
      rememberOwn(talk, own, true);
      talk.takeAway(own.id);
    } else if (heard.id) settle(talk, heard, heard.status !== own.status);
  }
}

/** The buttons of an own comment with the minutes it may still be changed in; null for others' comments. */
export function ownButtons(talk, comment) {
  const own = ownComments(talk.article).find(({ id }) => id === comment.id);
  if (!own) return null;
  const { say } = talk;
  const buttons = el(
    "span.own",
    { "data-until": own.edit_until },
    button("act", say(words.edit), () => edit(talk, own)),
    button("act", say(words.withdraw), () => withdraw(talk, own)),
    el("small.left", {}),
  );
  tick(talk, buttons);
  return buttons;
}

/** Bring the minutes left up to date, and take the buttons away when there are none. */
export function tickOwn(talk) {
  for (const buttons of talk.host.querySelectorAll(".tribune-own")) tick(talk, buttons);
}

function age({ created_at }) {
  return Date.now() - new Date(created_at);
}

function tick({ say }, buttons) {
  const n = Math.round((new Date(buttons.dataset.until) - Date.now()) / MINUTE);
  if (n > 0) buttons.lastChild.textContent = say(words.left, n);
  else buttons.replaceChildren();
}

function askOwn(talk, { id, edit_token }, verb, body) {
  return talk.api(`comments/${id}/${verb}`, { edit_token, ...body });
}

// Show an own comment as the service says it is now, and say so if that is news.
function settle(talk, heard, isNews) {
  const { say } = talk;
  const { status, statement } = heard;
  const isThere = status === "published" || status === "held";
  rememberOwn(talk, heard, !isThere);
  if (isThere) talk.show(heard);
  else talk.takeAway(heard.id);
  const redress = !isThere && statement?.redress;
  if (isNews) talk.announce(say(words.statuses[status]) + (redress ? ` ${say(words.redress, redress)}` : ""));
}

function edit(talk, own) {
  const { say } = talk;
  const input = () => keep(draftOf(own), text.value);
  const text = el("textarea", { id: "tribune-content", name: "content", dir: "auto", input });
  // What was typed here before, else the text as it was posted, not the HTML that was made of it.
  text.value = recall(draftOf(own)) ?? own.content;
  change(talk, own, words.edit, field(say(words.labels.comment), text), words.save, "edits");
}

function withdraw(talk, own) {
  change(talk, own, words.withdraw, el("p", {}, talk.say(words.sure)), words.withdraw, "withdrawals");
}

function change(talk, own, title, content, send, verb) {
  const { say } = talk;
  openDialog(talk, say(title), [content], say(send), async (said) => {
    const heard = await askOwn(talk, own, verb, said);
    keep(draftOf(own));
    return () => settle(talk, heard, true);
  });
}

function draftOf({ id }) {
  return `edit.${id}`;
}
