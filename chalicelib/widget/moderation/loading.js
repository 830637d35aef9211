// Brings the queue from the service: a page, the next page, and a gentle look at what has come in since.

import { asked, narrowing, read } from "./address.js";
import { get } from "./api.js";
import { announce } from "./announce.js";
import { button, byId, el, fill } from "./elements.js";
import { t } from "./language.js";
import { draw, drawEmpty, focusCurrent, moveTo, put } from "./list.js";
import { shown, state } from "./state.js";
import { drawFilters } from "./filters.js";
import { drawTabs } from "./tabs.js";

const PAGE = 50;
const LOOKED_AT = 20;
const EVERY = 20_000;

let turn = 0; // answers to a filter that was left are dropped
let places = 0;
let loadingMore = null;

/** Show the queue of the page's address from its beginning. */
export async function load({ focus = true } = {}) {
  const mine = ++turn;
  state.filter = read();
  loadingMore = null;
  drawFilters();
  drawTabs();
  fill(byId("news"));
  fill(byId("end"), el("p", { class: "waiting" }, t("loading")));
  byId("queue").setAttribute("aria-busy", "true");
  try {
    const page = await get("moderation/comments", { ...asked(state.filter), limit: PAGE });
    if (mine !== turn) return;
    clear();
    keepPage(page);
    draw();
    drawEnd();
    announce(t("shown", { n: state.comments.size }));
  } catch (problem) {
    if (mine !== turn) return;
    clear();
    draw();
    drawProblem(problem, load);
  } finally {
    if (mine === turn) byId("queue").removeAttribute("aria-busy");
  }
  if (focus) focusCurrent({ preventScroll: true });
}

function clear() {
  state.comments.clear();
  state.known.clear();
  state.selected.clear();
  state.current = state.next = null;
}

/** Show the next page as well; false where there is none. */
export function loadMore() {
  if (!state.next) return Promise.resolve(false);
  loadingMore ??= nextPage().finally(() => {
    loadingMore = null;
  });
  return loadingMore;
}

async function nextPage() {
  const mine = turn;
  const quiet = !state.sending;
  fill(byId("end"), el("p", { class: "waiting" }, t("loading")));
  try {
    const page = await get("moderation/comments", { ...asked(state.filter), limit: PAGE, cursor: state.next });
    if (mine !== turn) return false;
    put(keepPage(page, quiet));
    drawEnd();
    return true;
  } catch (problem) {
    if (mine === turn) drawProblem(problem, loadMore);
    return false;
  }
}

/** After comments have left the screen: the next page where it is empty, and the kind text at the very end. */
export async function refill() {
  if (!state.comments.size && state.next) await loadMore();
  else drawEnd();
}

/** Counts that a decision changes at once; the service's own come with the next look. */
export function moveCounts(from, to, n = 1) {
  for (const [status, by] of [[from, -n], [to, n]]) {
    if (state.counts[status] < 1000) state.counts[status] = Math.max(0, state.counts[status] + by);
  }
  drawTabs();
}

/** Look at what has come in, while the page is looked at. */
export function keepLooking() {
  setInterval(() => document.visibilityState === "visible" && state.me && look(), EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && state.me && look());
}

async function look() {
  const mine = turn;
  const quiet = !state.sending;
  let page;
  try {
    page = await get("moderation/comments", { ...asked(state.filter), limit: LOOKED_AT }, { tries: 0 });
  } catch {
    return; // the next look may go better, and what the moderator does says what is wrong
  }
  if (mine !== turn) return;
  keepCounts(page, quiet);
  const news = page.comments.filter((comment) => !state.known.has(comment.id)).length;
  if (state.filter.order === "newest") drawNews(news, page.comments.length);
}

function drawNews(n, looked) {
  const said = t("news", { n });
  const words = n === looked && n === LOOKED_AT ? `${said} +` : said;
  if (!n) fill(byId("news"));
  else if (byId("news").textContent !== words) {
    fill(byId("news"), button(words, { class: "news", click: () => load() }));
    announce(said);
  }
}

function keepCounts(page, quiet = true) {
  if (quiet && !state.sending) state.counts = page.counts;
  drawTabs();
}

function keepPage(page, quiet) {
  state.next = page.next_cursor;
  keepCounts(page, quiet);
  const fresh = page.comments.filter((comment) => !state.known.has(comment.id));
  for (const comment of fresh) {
    state.comments.set(comment.id, Object.assign(comment, { place: places++, read_at: page.read_at }));
    state.known.add(comment.id);
  }
  return fresh;
}

function drawEnd() {
  if (state.next) {
    fill(byId("end"), button(t("more"), { click: () => more() }));
  } else if (!state.comments.size) {
    drawEmpty(narrowing(state.filter).length > 0);
  } else {
    fill(byId("end"), el("p", { class: "waiting" }, t("atTheEnd", { n: state.comments.size })));
  }
}

async function more() {
  const last = shown().at(-1);
  await loadMore();
  const fresh = shown().find((comment) => !last || comment.place > last.place);
  if (fresh) moveTo(fresh.id);
}

function drawProblem(problem, again) {
  const retry = button(t("tryAgain"), { class: "primary", click: () => again() });
  fill(byId("end"), el("div", { class: "notice", role: "alert" }, el("p", {}, problem.message), retry));
}
