// The comments of an article on the page: their heading, their order, their pages, and what comes while one reads.

import { button, el, webAddress } from "../shared/dom.js";
import { hear } from "../shared/service.js";
import { ago } from "../shared/times.js";
import { sentence } from "./fields.js";
import { makeForm } from "./form.js";
import { ownBesides, refreshOwn, tickOwn } from "./own.js";
import { makeThreads } from "./thread.js";
import * as words from "words";

const TARGET = /^#comment-([0-9a-v]{20})$/;
const ANCHOR = /^#(comments|respond)$/;
const HELD = /[?&]tribune=held/;
const MINUTE = 60_000;
const NEWEST = "newest";

/**
 * Ask for the comments of a talk, and show them in its element. Throws what the service says.
 *
 * A talk is what the parts of an element share: its `host`, `article`, `say`, `api` and `signal`; and from here on
 * `isOpen` (for comments), `form` and its `opener`, the `heading`, `announce`, `fail`, `posted`, `show` and `takeAway`.
 */
export async function discuss(talk) {
  const { host, article, say, signal, api } = talk;
  let order = NEWEST;
  let threads;
  let cursor;
  // The comments that there are as far as the reader was told, and how many were offered beyond.
  let total;
  let offered;
  // The own comments that are not counted yet.
  const waiting = new Set();

  const getPage = async (query) => {
    const page = await api(`comments?${new URLSearchParams({ sort: order, ...query })}`);
    if (page.comments) return page;
    throw {};
  };

  const count = (n) => {
    total = n;
    heading.textContent = say(n ? words.count : words.none, n);
    opener.textContent = `${say(words.leave)} (${n.toLocaleString(words.language)})`;
    tools.hidden = n < 2;
    if (!n && talk.isOpen && !waiting.size) announce(say(words.first));
    offer(n);
  };

  // What has come since is offered, and never put under the reader's eyes.
  const offer = (n) => {
    offered = n - total;
    fresh.hidden = offered < 1;
    fresh.textContent = offered > 0 ? say(words.fresh, offered) : "";
    if (offered < 0) count(n);
  };

  // A page behind all others, and one's own comments that it may not have, as soon as what they answer is there.
  const take = (page) => {
    const ids = threads.put(page.comments);
    for (const own of ownBesides(article)) {
      if (own.status === "held" && !threads.has(own.id)) waiting.add(own.id);
      threads.add(own);
    }
    cursor = page.next_cursor;
    pages.hidden = !cursor;
    return ids;
  };

  // The first page, in an emptied list; gives the ids of its comments.
  const fill = (page) => {
    talk.pinned = page.pinned;
    threads = makeThreads(talk);
    const isWriting = form.node.isConnected;
    list.replaceChildren(threads.list);
    const ids = take(page);
    count(page.total);
    if (isWriting) form.place();
    return ids;
  };

  const turnTo = async (query) => {
    announce(say(words.loading));
    const page = await getPage(query).catch(fail);
    if (page) announce("");
    return page;
  };

  // The list in the order that was chosen, and the ids of its first page; where it cannot be had all is as before.
  const reorder = async () => {
    const { value } = sort;
    const page = await turnTo({ sort: value });
    if (!page) sort.value = order;
    if (value !== sort.value || !page) return [];
    order = value;
    return fill(page);
  };

  const showMore = async () => {
    const asked = cursor;
    const page = await turnTo({ cursor });
    if (!page || asked !== cursor) return;
    const [first] = take(page);
    if (!cursor) total = list.querySelectorAll("li[id]").length - waiting.size;
    offer(page.total);
    if (!first && cursor) return showMore();
    threads.focus(first);
  };

  // The newest ones, however far one has read: so nothing is left out between them and those that were there.
  const showFresh = async () => {
    const before = threads;
    const n = offered;
    sort.value = NEWEST;
    const ids = await reorder();
    if (!ids[0]) return;
    const news = ids.filter((id) => !before.has(id));
    if (news.length < n) announce(say(words.deeper));
    threads.focus(news[0]);
  };

  // The comment that the page's address names, brought along with its thread where it is not there.
  const bringTarget = async () => {
    const id = TARGET.exec(location.hash)?.[1];
    if (id && !threads.has(id)) {
      const heard = await api(`comments/${id}`);
      threads.put([...heard.thread, heard], true);
    }
    return id;
  };

  const goTo = (target) =>
    target.then(
      (id) => (id || ANCHOR.test(location.hash)) && threads.focus(id, "start"),
      (trouble) => (trouble.status === 404 ? announce(say(words.removed)) : fail(trouble)),
    );

  // New comments are counted while somebody looks.
  const poll = async () => {
    if (document.hidden) return;
    await refreshOwn(talk);
    const heard = await hear(host, `counts?ids=${encodeURIComponent(article)}`).catch(() => null);
    const counts = heard?.counts?.[article];
    if (counts) offer(counts.comments);
  };

  /** Say something to everybody, screen readers included. */
  const announce = (talk.announce = (text) => {
    status.textContent = text;
  });

  /** Say what went wrong. */
  const fail = (talk.fail = (trouble) => announce(sentence(talk, trouble)));

  /** Take in a comment of one's own that has just arrived; who waits for it is led there. */
  talk.posted = (comment, isAwaited) => {
    const { id, status } = comment;
    if (!threads.has(id)) waiting.add(id);
    talk.show(comment);
    announce(say(words.statuses[status]));
    if (isAwaited) threads.focus(id);
    host.dispatchEvent(new CustomEvent("tribune:posted", { bubbles: true, detail: { id, status } }));
  };

  /** Draw a comment where it belongs, or again where it is; an answer, once what it answers is there. */
  talk.show = (comment) => {
    threads.show(comment);
    if (comment.status === "published" && threads.has(comment.id) && waiting.delete(comment.id)) count(total + 1);
  };

  /** Take an own comment away. */
  talk.takeAway = (id) => {
    threads.remove(id);
    if (!waiting.delete(id)) count(total - 1);
  };

  const page = await getPage();
  if (signal.aborted) return;
  talk.isOpen = page.open;
  const links = Object.entries(words.links).map(([attribute, label]) => {
    const link = el("a", { href: host.getAttribute(attribute) }, say(label));
    return webAddress(link.href) && link;
  });
  const form = (talk.form = makeForm(talk));
  const opener = (talk.opener = button("submit", "", () => form.open(opener), { "aria-expanded": "false" }));
  const heading = (talk.heading = el("h2.comments-title", { id: "comments", tabindex: -1 }));
  const sort = el(
    "select",
    { change: reorder },
    Object.entries(words.orders).map(([value, label]) => el("option", { value }, say(label))),
  );
  const tools = el("label.tools", {}, say(words.sort), " ", sort);
  const list = el("div");
  const pages = el("p.comment-navigation", {}, button("submit", say(words.more), showMore));
  const status = el("p.status");
  const fresh = button("submit", "", showFresh);
  // All of it is made before the page sees anything of it.
  fill(page);
  const target = bringTarget();
  await target.catch(() => {});
  if (signal.aborted) return;
  const typed = host.querySelector("form");
  const focused = host.contains(document.activeElement) && document.activeElement;
  host.replaceChildren(
    el("div.bar", {}, page.open ? opener : el("p.no-comments", {}, say(words.closed)), links),
    el("div.head", {}, heading, tools),
    list,
    pages,
    el("div.news", { role: "status" }, status, fresh),
  );
  if (page.open) form.resume(typed);
  if (focused) (host.querySelector(`[id="${focused.id}"]`) ?? heading).focus();
  if (HELD.test(location.search)) announce(say(words.statuses.held));
  goTo(target);
  refreshOwn(talk);

  addEventListener("hashchange", () => goTo(bringTarget()), { signal });
  // What was said stays until the reader does something else.
  host.addEventListener("click", () => announce(""), { signal, capture: true });
  let minutes = 0;
  const timer = setInterval(() => {
    if (signal.aborted) clearInterval(timer);
    for (const time of host.querySelectorAll("time")) time.textContent = ago(time.dateTime, words.language);
    tickOwn(talk);
    // After one minute, two, four, eight: less and less often.
    if (!(++minutes & (minutes - 1))) poll();
  }, MINUTE);
}
