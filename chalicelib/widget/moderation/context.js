// All there is to know of the current comment, beside the queue: it follows the moderator from one to the next.

import { href } from "./address.js";
import { get } from "./api.js";
import { actionGroup, decisionLine, decisions, label, reasonList, time, verb, written } from "./card.js";
import { open } from "./dialog.js";
import { button, el, fill, outside } from "./elements.js";
import { t } from "./language.js";
import { focusCurrent, whenChanged } from "./list.js";
import { state } from "./state.js";

let dialog = null;
let showing = null;

whenChanged(follow);

export const contextOpen = () => dialog !== null;

/** Show the context of a comment; shown already, hide it. */
export function showContext(comment) {
  if (dialog) return dialog.close();
  dialog = open(t("context"), el("div", { class: "context" }), { kind: "drawer", closed });
  return follow();
}

/** Hide it. */
export function closeContext() {
  dialog?.close();
}

function closed() {
  dialog = showing = null;
  focusCurrent();
}

async function follow() {
  if (!dialog || showing === state.current) return;
  showing = state.current;
  const comment = state.comments.get(showing);
  if (!comment) return dialog.close();
  const mine = showing;
  const place = dialog.querySelector(".context");
  dialog.querySelector("h2").textContent = t("contextOf", comment.author);
  fill(place, first(comment), el("p", { class: "waiting" }, t("loading")));
  dialog.querySelector("h2").focus();
  dialog.scrollTop = 0;
  try {
    const found = await get(`moderation/comments/${comment.id}`);
    if (mine === showing) fill(place, first(comment), rest(found));
  } catch (problem) {
    if (mine === showing) fill(place, first(comment), el("p", { class: "error", role: "alert" }, problem.message));
  }
}

function first(comment) {
  const act = (action) => button(t(`do.${verb([comment], action)}`), { class: action, "data-action": action });
  return [...text(comment), actionGroup(comment, decisions(comment).map(act))];
}

const text = (comment) => [
  el("p", { class: "marks" }, time(comment.created_at), el("span", {}, label("state", comment.status))),
  written(comment.content),
  reasonList(comment.held_for),
];

/** Show a comment that need not be on the screen, over whatever dialog is open: to be read, not to be decided on. */
export async function showAside(id) {
  const place = el("div", { class: "context" }, el("p", { class: "waiting" }, t("loading")));
  const aside = open(t("context"), place, { kind: "wide" });
  try {
    const found = await get(`moderation/comments/${id}`);
    aside.querySelector("h2").textContent = t("contextOf", found.comment.author);
    fill(place, text(found.comment), rest(found, false));
  } catch (problem) {
    fill(place, el("p", { class: "error", role: "alert" }, problem.message));
  }
}

function rest({ comment, parent, author, author_comments: others, audit, edits, reports }, acting = true) {
  return [
    section("article", comment.article && article(comment.article, acting)),
    section("parent", parent && [line(parent), written(parent.content)]),
    section("author", authorFacts(comment, author)),
    section("others", others?.length && list(others, (other) => [line(other), written(other.content)])),
    section("reportsMade", reports?.length && list(reports, report)),
    section("edits", edits?.length && list(edits, version)),
    section("audit", audit?.length && list(audit, auditLine)),
  ];
}

function section(name, content) {
  return content ? el("section", {}, el("h3", {}, t(`context.${name}`)), content) : null;
}

const list = (items, draw) => el("ol", { role: "list" }, items.map((item) => el("li", {}, draw(item))));

function article(found, acting) {
  return [
    el("p", {}, outside(found.url, found.title), found.section && ` · ${found.section}`),
    acting && el("p", {}, button(t("do.article"), { class: "quiet", "data-action": "article" })),
  ];
}

function authorFacts(comment, author) {
  const all = href({ status: "all", author: author.key });
  return [
    el("p", {}, t(author.approved ? "authorKnown" : "authorNew")),
    el("p", {}, `${t("authorPublished", { n: author.published })} · ${t("authorRejected", { n: author.rejected })}`),
    el("p", {}, el("a", { href: all, "data-go": true }, t("byAuthorLong", comment.author))),
  ];
}

function line(comment) {
  return el(
    "p",
    { class: "marks" },
    el("bdi", {}, comment.author.name),
    time(comment.created_at),
    el("span", { class: comment.status }, label("state", comment.status)),
    comment.article && el("span", { dir: "auto" }, comment.article.title),
  );
}

function report({ at, reason, explanation, is_notice: notice, settled_at: settled }) {
  const words = [label("reason", reason), notice && t("isNotice"), settled && t("settled")].filter(Boolean);
  const marks = words.map((word) => el("span", {}, word));
  return [el("p", { class: "marks" }, time(at), marks), explanation && written(explanation)];
}

const version = ({ at, content }) => [el("p", { class: "marks" }, time(at)), written(content)];

function auditLine(entry) {
  const moved = `${label("state", entry.from)} → ${label("state", entry.to)}`;
  return [
    el("p", {}, el("b", {}, moved), " · ", decisionLine(entry)),
    reasonList(entry.held_for),
    entry.intact === false && el("p", { class: "error" }, t("auditAltered")),
  ];
}
