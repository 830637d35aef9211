// One comment of the queue, as three columns: who, what they wrote and what can be done, and what it answers.

import { href, tabOf } from "./address.js";
import { button, el, outside } from "./elements.js";
import { ago, has, moment, t } from "./language.js";
import { state } from "./state.js";

/** The decisions that would change something, by status; a reported comment may be kept as it is. */
const DECISIONS = {
  held: ["approve", "reject", "spam", "trash"],
  published: ["hold", "reject", "spam", "trash"],
  rejected: ["approve", "restore", "spam", "trash"],
  spam: ["approve", "restore", "trash"],
  trash: ["approve", "restore", "spam"],
  withdrawn: [],
};
const KEYS = { approve: "a", reject: "n", spam: "s", trash: "d", hold: "u", restore: "u", reply: "r", context: "o" };
const LONG = 700;

/** The list item of a comment. */
export function card(comment) {
  const heading = `who-${comment.id}`;
  const article = el(
    "article",
    { tabindex: "-1", "aria-labelledby": heading, "data-id": comment.id },
    el("div", { class: "who" }, who(comment, heading), marks(comment), byAuthor(comment)),
    el("div", { class: "what" }, text(comment), reasons(comment), decided(comment), problem(comment), actions(comment)),
    el("div", { class: "where" }, where(comment)),
  );
  return el("li", {}, article);
}

/** Whether the newsroom may reply to a comment. */
export const canAnswer = (comment) => ["held", "published"].includes(comment.status);

/** Which decisions a comment may get. */
export function decisions(comment) {
  const open = DECISIONS[comment.status] ?? [];
  return comment.status === "published" && comment.reports ? ["approve", ...open] : open;
}

/** What a decision does to comments, as the page says it: to approve what is published is to keep it. */
export function verb(comments, decision) {
  const kept = decision === "approve" && comments.every((comment) => comment.status === "published");
  return kept ? "keep" : decision;
}

/** Whether a decision was this moderator's own. */
export const isOwn = (decided) => Boolean(decided?.by) && decided.by === state.me?.actor;

/** A time that says how long ago it was, and in full when asked. */
export function time(at) {
  return el("time", { datetime: at, title: moment(at) }, ago(at));
}

/** What a person wrote, exactly as typed. */
export function written(content) {
  return el("div", { class: "text", dir: "auto" }, content);
}

/** Why a comment waits, one sentence a rule. */
export function reasonList(heldFor) {
  if (!heldFor?.length) return null;
  const reasons = heldFor.map((reason) => el("li", {}, reason.message));
  return el("ul", { class: "reasons", "aria-label": t("heldFor") }, reasons);
}

/** A decision in one line. */
export function decisionLine(entry) {
  const { by, at, reason, note, from } = entry;
  const decision = entry.decision === "approve" && from === "published" ? "keep" : entry.decision;
  const who = isOwn(entry) ? t("by.you") : label("by", by);
  const said = [decision && label("decision", decision), reason && label("reason", reason), note].filter(Boolean);
  return [`${who} · `, time(at), said.length ? ` · ${said.join(" · ")}` : null];
}

/** The page's word for one of the service's codes, or the code. */
export function label(kind, code) {
  return has(`${kind}.${code}`) ? t(`${kind}.${code}`) : code;
}

function who(comment, heading) {
  const name = el("bdi", {}, comment.author.name);
  const id = `select-${comment.id}`;
  return el(
    "div",
    { class: "name" },
    el(
      "label",
      { class: "box", for: id },
      el("input", { type: "checkbox", id, "data-select": comment.id, checked: state.selected.has(comment.id) }),
      el("span", { class: "unseen" }, t("select", { name: comment.author.name })),
    ),
    el("h2", { id: heading }, name, comment.author.staff && el("span", { class: "badge" }, t("staff"))),
  );
}

function marks(comment) {
  const site = comment.author.url;
  return el(
    "p",
    { class: "marks" },
    state.filter.status === "all" && el("span", { class: `state ${comment.status}` }, label("state", comment.status)),
    time(comment.created_at),
    comment.parent_id && el("span", {}, t("isReply")),
    comment.edited_at && el("span", { title: moment(comment.edited_at) }, t("edited")),
    site && outside(site, site.replace(/^https?:\/\//i, "")),
    typeof comment.spam_percent === "number" &&
      el("span", { class: comment.spam_percent >= 50 ? "warm" : null }, t("spamPercent", { n: comment.spam_percent })),
    comment.reports > 0 && el("span", { class: "warm" }, t("reports", { n: comment.reports })),
    comment.replies > 0 && el("span", {}, t("replies", { n: comment.replies })),
  );
}

function byAuthor(comment) {
  const { author_key: author, network_key: network } = comment;
  const status = tabOf(state.filter);
  const tab = t(`status.${status}`);
  return el(
    "p",
    { class: "links" },
    author && go({ status: "all", author }, t("byAuthor"), t("byAuthorLong", comment.author)),
    network &&
      go({ status, network, since: "1h" }, t("byNetwork", { tab: tab.toLowerCase() }), t("byNetworkLong", { tab })),
  );
}

function go(filter, words, title) {
  return el("a", { href: href(filter), "data-go": true, title }, words);
}

function text(comment) {
  const shown = written(comment.content);
  const lines = comment.content.split("\n").length;
  if (comment.content.length <= LONG && lines <= 10) return shown;
  shown.classList.add("cut");
  const more = button(t("readOn"), { class: "quiet", "aria-expanded": "false", click: unfold });
  return [shown, more];

  function unfold() {
    const cut = shown.classList.toggle("cut");
    more.setAttribute("aria-expanded", String(!cut));
    more.textContent = t(cut ? "readOn" : "readLess");
  }
}

function reasons(comment) {
  return reasonList(comment.held_for);
}

function decided(comment) {
  if (!comment.decided) return null;
  return el("p", { class: "decided" }, `${t("lastDecision")} `, decisionLine(comment.decided));
}

function problem(comment) {
  return comment.problem && el("p", { class: "error" }, comment.problem);
}

function actions(comment) {
  const moves = decisions(comment).map((decision) => act(decision, t(`do.${verb([comment], decision)}`), decision));
  const reply = canAnswer(comment) && act("reply", t("do.reply"), "quiet");
  const context = act("context", t("do.context"), "quiet");
  const pin = comment.status === "published" && act("pin", t(comment.pinned ? "do.unpin" : "do.pin"), "quiet");
  return actionGroup(comment, [moves, reply, context, pin]);
}

/** Buttons that belong to a comment. */
export function actionGroup(comment, buttons) {
  return el("div", { class: "actions", role: "group", "aria-label": t("actions", comment.author) }, buttons);
}

function act(action, words, kind) {
  return button(words, { class: kind, "data-action": action, "aria-keyshortcuts": KEYS[action] });
}

function where({ article }) {
  if (!article) return null;
  const status = tabOf(state.filter);
  const mode = article.moderation && article.moderation !== "auto" && label("mode", article.moderation);
  return [
    el("p", { class: "title" }, outside(article.url, article.title)),
    el(
      "p",
      { class: "links" },
      article.section && go({ status, section: article.section }, article.section, t("bySection")),
      go({ status, article: article.article_id }, t("byArticle"), t("byArticleLong")),
      button(mode || t("do.article"), { class: "quiet", "data-action": "article", title: t("articleLong") }),
    ),
  ];
}
