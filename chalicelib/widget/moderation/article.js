// Whether an article takes comments, as the newsroom decides it, and which comment stands first.

import { get, post } from "./api.js";
import { announce } from "./announce.js";
import { label } from "./card.js";
import { open } from "./dialog.js";
import { button, el, fill, tick } from "./elements.js";
import { t } from "./language.js";
import { focusCurrent, put } from "./list.js";
import { drawOutcome } from "./outcome.js";
import { shown } from "./state.js";

const MODES = ["auto", "open", "hold", "closed"];

/** Show the article of a comment, to be opened, paused or closed. */
export function askArticle({ article }) {
  const address = encodeURIComponent(article.article_id);
  const chosen = article.moderation ?? "auto";
  const radios = MODES.map((mode) =>
    tick("radio", { name: "mode", value: mode, checked: mode === chosen }, label("mode", mode), hint(mode)),
  );
  const pinned = el("div", {});
  const error = el("p", { class: "error", role: "alert" });
  const form = el(
    "form",
    { method: "dialog", submit: save },
    el("fieldset", {}, el("legend", {}, t("articleTakes")), radios),
    pinned,
    error,
    el("p", {}, el("button", { class: "primary" }, t("save"))),
  );
  const dialog = open(article.title, form, { kind: "narrow", closed: focusCurrent });
  showPinned();

  async function save(event) {
    event.preventDefault();
    const mode = new FormData(form).get("mode");
    if (!(await sent({ comments: mode }))) return;
    const alike = shown().filter((comment) => comment.article_id === article.article_id);
    for (const comment of alike) comment.article.moderation = mode;
    article.moderation = mode;
    put(alike);
    dialog.close();
    const text = t("done.article", { title: article.title, mode: label("mode", mode).toLowerCase() });
    drawOutcome({ text });
    announce(text);
  }

  async function showPinned() {
    const page = await get(`articles/${address}/comments`, { limit: 1 }).catch(() => ({}));
    if (!page.pinned) return;
    fill(pinned, el("p", {}, t("pinned", page.pinned.author)), button(t("do.unpin"), { click: unpin }));
  }

  async function unpin() {
    if (await sent({ pinned: null })) fill(pinned, el("p", { role: "status" }, t("unpinned")));
  }

  async function sent(body) {
    try {
      await post(`moderation/articles/${address}`, body);
      return true;
    } catch (problem) {
      fill(error, problem.message);
      return false;
    }
  }
}

const hint = (mode) => el("small", {}, t(`modeHint.${mode}`));
