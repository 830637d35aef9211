// <tribune-comments article="42">: an article's comments, and the form to write one.

import { button, el } from "../shared/dom.js";
import { TribuneElement } from "../shared/element.js";
import { wording } from "../shared/language.js";
import { ask } from "../shared/service.js";
import { countView } from "../shared/view.js";
import { discuss } from "./discussion.js";
import { sentence } from "./fields.js";
import { wear } from "./skin.js";
import * as words from "words";

const NEAR = "800px";

/** Comments of an article. */
export class Comments extends TribuneElement {
  static observedAttributes = ["article", "service", "skin"];
  #fallback;

  start(signal) {
    const article = this.getAttribute("article");
    // What the page has put here stays until the comments are there, and comes back for another article.
    if (this.#fallback) this.replaceChildren(...this.#fallback);
    this.#fallback = [...this.childNodes];
    if (!article) return;
    wear(this.getAttribute("skin"));
    const talk = { host: this, article, signal, say: wording(this, words.language) };
    talk.api = (path, body) => ask(this, `articles/${encodeURIComponent(article)}/${path}`, body, words.language);
    if (location.hash) load(talk);
    else whenNear(talk);
  }
}

// Nothing is asked before the reader comes near: a page that nobody scrolls costs a view and no list.
function whenNear(talk) {
  const { host, article, signal } = talk;
  const watch = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return countView(host, article);
      watch.disconnect();
      if (!signal.aborted) load(talk);
    },
    { rootMargin: NEAR },
  );
  watch.observe(host);
}

async function load(talk) {
  const { host, say, signal, article } = talk;
  const told = el("span");
  const attempt = async () => {
    if (retry.ariaDisabled) return;
    retry.ariaDisabled = true;
    told.textContent = say(words.loading);
    try {
      await discuss(talk);
    } catch (trouble) {
      if (signal.aborted) return;
      console.warn("Tribune:", article, trouble);
      if (trouble.code === "unknown_article") return host.replaceChildren();
      told.textContent = `${sentence(talk, trouble)} `;
      retry.hidden = retry.ariaDisabled = null;
    }
  };
  const retry = button("submit", say(words.retry), attempt, { hidden: true });
  host.append(el("p.notice", { role: "status" }, told, retry));
  await attempt();
  countView(host, article);
}
