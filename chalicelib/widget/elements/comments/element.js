// <tribune-comments article="42">: an article's comments, and the form to write one.

import { button, el } from "../shared/dom.js";
import { TribuneElement } from "../shared/element.js";
import { language } from "../shared/language.js";
import { ask } from "../shared/service.js";
import { ago } from "../shared/times.js";
import { countView } from "../shared/view.js";
import { sentence } from "./fields.js";
import { Form } from "./form.js";
import { ownBesides, refreshOwn, tickOwn } from "./own.js";
import { dressed } from "./skin.js";
import { Threads } from "./thread.js";
import { WORDS } from "./words.js";

const TARGET = /^#comment-([0-9a-v]{20})$/;
const HELD = /[?&]tribune=held/;
const NEAR = "800px";
const MINUTE = 60_000;
const NEWEST = "newest";
const ORDERS = [NEWEST, "oldest", "best"];

/** Comments of an article. */
export class Comments extends TribuneElement {
  static observedAttributes = ["article", "lang", "service", "skin"];
  #fallback;
  #threads;
  #order;
  #cursor;
  /** The comments that there are as far as the reader was told, and those that were offered beyond. */
  #total;
  #offered;
  /** The own comments that are not counted yet. */
  #waiting = new Set();

  start(signal) {
    const article = (this.article = this.getAttribute("article"));
    // What the page has put here stays until the comments are there, and comes back for another article.
    if (this.#fallback) this.replaceChildren(...this.#fallback);
    this.#fallback = [...this.childNodes];
    if (!article) return;
    // `lang` is an attribute, and setting it would start all this again.
    const { lang, say, number } = language(this, WORDS);
    Object.assign(this, { language: lang, say, number });
    this.signal = signal;
    this.#order = NEWEST;
    this.api = (path, body) => ask(this, `articles/${encodeURIComponent(article)}/${path}`, { body, lang });
    if (location.hash) this.#load();
    else this.#whenNear();
  }

  /** Say something to everybody, screen readers included. */
  announce(text) {
    this.status.textContent = text;
  }

  /** Take in a comment of one's own that has just arrived; who waits for it is led there. */
  posted(comment, isAwaited) {
    const { id, status } = comment;
    if (!this.#threads.has(id)) this.#waiting.add(id);
    this.show(comment);
    this.announce(this.say(status));
    if (isAwaited) this.#threads.focus(id);
    this.dispatchEvent(new CustomEvent("tribune:posted", { bubbles: true, detail: { id, status } }));
  }

  /** Draw a comment where it belongs, or again where it is; an answer, once what it answers is there. */
  show(comment) {
    if (comment.parent_id && !this.#threads.has(comment.parent_id)) return;
    this.#threads.show(comment);
    if (comment.status === "published" && this.#waiting.delete(comment.id)) this.#count(this.#total + 1);
  }

  /** Take an own comment away. */
  takeAway(id) {
    const hadFocus = this.#threads.remove(id);
    if (!this.#waiting.delete(id)) this.#count(this.#total - 1);
    if (hadFocus) this.heading.focus();
  }

  // Nothing is asked before the reader comes near: a page that nobody scrolls costs a view and no list.
  #whenNear() {
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry.isIntersecting) return countView(this, this.article);
        watch.disconnect();
        this.#load();
      },
      { rootMargin: NEAR },
    );
    watch.observe(this);
    this.signal.addEventListener("abort", () => watch.disconnect());
  }

  async #load() {
    const { say, signal, article } = this;
    const words = el("span");
    const retry = button("submit", say("retry"), () => attempt(), { hidden: true });
    const attempt = async () => {
      words.textContent = say("loading");
      try {
        const page = await this.#page();
        if (!signal.aborted) await this.#draw(page, signal);
      } catch (trouble) {
        if (signal.aborted) return;
        console.warn(`Tribune: article ${article}:`, trouble);
        if (trouble.code === "unknown_article") return this.replaceChildren();
        words.textContent = `${say("failed")} `;
        retry.hidden = false;
      }
    };
    this.append(el("p.notice", { role: "status" }, words, retry));
    await attempt();
    countView(this, article);
  }

  async #page(query) {
    const page = await this.api(`comments?${new URLSearchParams({ sort: this.#order, ...query })}`);
    if (page.comments) return page;
    throw new Error();
  }

  // All of it is made before the page sees anything of it.
  async #draw(page, signal) {
    const drawn = this.#make(page.open);
    this.#fill(page);
    const target = this.#bringTarget();
    await target.catch(() => {});
    if (signal.aborted) return;
    const typed = this.querySelector("form");
    const focused = this.contains(document.activeElement) && document.activeElement;
    this.replaceChildren(...dressed(this, drawn).childNodes);
    if (page.open) this.form.resume(this.opener, typed);
    if (focused) (document.getElementById(focused.id) ?? this.heading).focus();
    if (HELD.test(location.search)) this.announce(this.say("held"));
    this.#goTo(target);
    refreshOwn(this);
    this.#live(signal);
  }

  #make(open) {
    const { say } = this;
    const link = (attribute) => {
      const made = el("a", { href: this.getAttribute(attribute) }, say(attribute));
      return /^http/.test(made.protocol) && made;
    };
    this.open = open;
    this.form = new Form(this);
    this.opener = button("submit", "", () => this.form.open(this.opener), { "aria-expanded": "false" });
    this.heading = el("h2.comments-title", { id: "comments", tabindex: -1 });
    const orders = ORDERS.map((value) => el("option", { value }, say(value)));
    this.sort = el("select", { change: () => this.#reorder() }, orders);
    this.tools = el("label.tools", {}, say("sort"), " ", this.sort);
    this.list = el("div");
    this.more = button("submit", say("more"), () => this.#showMore());
    this.status = el("p.status");
    this.fresh = button("submit", "", () => this.#showFresh());
    const first = open ? this.opener : el("p.no-comments", {}, say("closed"));
    return el(
      "div",
      {},
      el("div.bar", {}, first, link("rules"), link("privacy")),
      el("div.head", {}, this.heading, this.tools),
      this.list,
      el("p.comment-navigation", {}, this.more),
      el("div.news", { role: "status" }, this.status, this.fresh),
    );
  }

  #live(signal) {
    addEventListener("hashchange", () => this.#goTo(this.#bringTarget()), { signal });
    // What was said stays until the reader does something else.
    this.addEventListener("click", () => this.announce(""), { signal, capture: true });
    let minutes = 0;
    const timer = setInterval(() => {
      for (const time of this.querySelectorAll("time")) time.textContent = ago(time.dateTime, this.language);
      tickOwn(this);
      // After one minute, two, four, eight: less and less often.
      if (!(++minutes & (minutes - 1))) this.#poll();
    }, MINUTE);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  // The first page, in an emptied list; gives the ids of its comments.
  #fill(page) {
    const threads = (this.#threads = new Threads(this));
    const isWriting = this.form.node.isConnected;
    this.list.replaceChildren(threads.list);
    this.pinned = page.pinned?.id;
    if (page.pinned) threads.pin(page.pinned);
    const ids = this.#take(page);
    this.#count(page.total);
    if (isWriting) this.form.place();
    return ids;
  }

  // A page behind all others, and one's own comments that it may not have, as soon as what they answer is there.
  #take(page) {
    const threads = this.#threads;
    const ids = threads.put(page.comments);
    for (const own of ownBesides(this.article)) {
      if (own.status === "held" && !threads.has(own.id)) this.#waiting.add(own.id);
      if (!own.parent_id || threads.has(own.parent_id)) threads.put([own], threads.front);
    }
    this.#cursor = page.next_cursor;
    this.more.parentNode.hidden = !this.#cursor;
    return ids;
  }

  #count(n) {
    const { say } = this;
    this.#total = n;
    this.heading.textContent = n ? say("count", { n }) : say("none");
    this.opener.textContent = `${say("leave")} (${this.number(n)})`;
    this.tools.hidden = n < 2;
    if (!n && this.open) this.announce(say("first"));
    this.#offer(n);
  }

  // What has come since is offered, and never put under the reader's eyes.
  #offer(total) {
    const n = (this.#offered = total - this.#total);
    this.fresh.hidden = n < 1;
    this.fresh.textContent = n > 0 ? this.say("fresh", { n }) : "";
    if (n < 0) this.#count(total);
  }

  async #turnTo(query) {
    this.announce(this.say("loading"));
    try {
      const page = await this.#page(query);
      this.announce("");
      return page;
    } catch (trouble) {
      this.announce(sentence(this, trouble));
      return null;
    }
  }

  // The list in the order that was chosen, and the ids of its first page; where it cannot be had all is as before.
  async #reorder() {
    const sort = this.sort.value;
    const page = await this.#turnTo({ sort });
    if (!page) this.sort.value = this.#order;
    if (sort !== this.sort.value || !page) return [];
    this.#order = sort;
    return this.#fill(page);
  }

  async #showMore() {
    const cursor = this.#cursor;
    const page = await this.#turnTo({ cursor });
    if (!page || cursor !== this.#cursor) return;
    const [first] = this.#take(page);
    if (!this.#cursor) this.#total = this.list.querySelectorAll("li[id]").length - this.#waiting.size;
    this.#offer(page.total);
    if (!first && this.#cursor) return this.#showMore();
    this.#threads.focus(first);
  }

  // The newest ones, however far one has read: so nothing is left out between them and those that were there.
  async #showFresh() {
    const before = this.#threads;
    const offered = this.#offered;
    this.sort.value = NEWEST;
    const ids = await this.#reorder();
    const fresh = ids.filter((id) => !before.has(id));
    if (fresh.length < offered && ids.length) this.announce(this.say("deeper"));
    this.#threads.focus(fresh[0] ?? ids[0]);
  }

  // The comment that the page's address names, brought along with its thread where it is not there.
  async #bringTarget() {
    const threads = this.#threads;
    const id = TARGET.exec(location.hash)?.[1];
    if (id && !threads.has(id)) {
      const heard = await this.api(`comments/${id}`);
      threads.put([...heard.thread, heard], threads.front);
    }
    return id;
  }

  async #goTo(target) {
    try {
      const id = await target;
      if (id) this.#threads.focus(id, "start");
    } catch (trouble) {
      this.announce(trouble.status === 404 ? this.say("gone") : sentence(this, trouble));
    }
  }

  // New comments are counted while somebody looks.
  async #poll() {
    if (document.hidden) return;
    await refreshOwn(this);
    const heard = await ask(this, `counts?ids=${encodeURIComponent(this.article)}`).catch(() => null);
    const counts = heard?.counts[this.article];
    if (counts) this.#offer(counts.comments);
  }
}
