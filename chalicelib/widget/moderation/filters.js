// What narrows the queue: a form, and a chip for each condition that takes it away.

import { ORDERS, SINCE, href, narrowing } from "./address.js";
import { label } from "./card.js";
import { byId, choice, el, fill, labelled } from "./elements.js";
import { moment, t } from "./language.js";
import { state } from "./state.js";

const HELD_FOR = [
  "moderation_of_all", "first_comment", "article_paused", "links", "word", "email", "url", "network", "reserved_email",
  "author_rejected", "shouting", "repetition", "form_too_fast", "form_too_old", "form_invalid", "honeypot",
  "article_pace", "site_pace", "learned_spam", "reports",
];
const NARROW = matchMedia("(max-width: 599.98px)"); // a phone: the comments come first, the form is folded

let goTo = null;
let drawn = null;

/** What to do with the address that a filter leads to. */
export function whenFiltered(go) {
  goTo = go;
  NARROW.addEventListener("change", () => {
    drawn = null;
    if (state.filter.status) drawFilters();
  });
}

/** Draw the form, with what the address says, and the chips. */
export function drawFilters() {
  const { filter } = state;
  const key = JSON.stringify(filter);
  if (key === drawn) return;
  drawn = key;
  fill(byId("search"), form(filter));
  const chips = narrowing(filter).map(([name, value]) => chip(name, value));
  fill(byId("chips"), chips.length > 0 && el("ul", { class: "chips", "aria-label": t("filters") }, chips));
}

function form(filter) {
  const input = (name, more = {}) =>
    el("input", { name, value: filter[name] ?? "", autocomplete: "off", dir: "auto", ...more });
  const text = input("text", { type: "search", id: "search-text", maxlength: "100" });
  const orders = ORDERS.map((order) => [order, t(`order.${order}`)]);
  const since = [["", t("since.any")], ...SINCE.map((age) => [age, t(`since.${age}`)])];
  const reasons = [["", t("reason.any")], ...HELD_FOR.map((code) => [code, label("held", code)])];
  const first = [
    labelled(t("searchText"), text),
    el("button", {}, t("search")),
    labelled(t("order"), choice(orders, filter.order, { name: "order" })),
    labelled(t("since"), choice(known(since, filter.since), filter.since ?? "", { name: "since" })),
  ];
  const made = el(
    "form",
    { role: "search", class: "search", submit: send, change: ({ target }) => target.matches("select") && send() },
    !NARROW.matches && first,
    el(
      "details",
      { open: !NARROW.matches && ["section", "article", "author", "network", "reason"].some((name) => filter[name]) },
      el("summary", {}, t(NARROW.matches ? "allFilters" : "moreFilters")),
      NARROW.matches && el("div", { class: "first" }, first),
      el(
        "div",
        { class: "fields" },
        labelled(t("filter.section"), input("section")),
        labelled(t("filter.article"), input("article")),
        labelled(t("filter.reason"), choice(known(reasons, filter.reason), filter.reason ?? "", { name: "reason" })),
        labelled(t("filter.author"), input("author")),
        labelled(t("filter.network"), input("network")),
      ),
    ),
  );
  return made;

  function send(event) {
    event?.preventDefault();
    const given = Object.fromEntries([...new FormData(made)].map(([name, value]) => [name, value.trim()]));
    goTo(href({ status: state.filter.status, ...given }));
  }
}

/** Options with the value of the address among them, where it is none of ours. */
function known(options, value) {
  return !value || options.some(([code]) => code === value) ? options : [...options, [value, value]];
}

function chip(name, value) {
  const without = { ...state.filter, [name]: undefined };
  const said = words(name, value);
  const link = { href: href(without), "data-go": true, "aria-label": t("removeFilter", { filter: said }) };
  return el("li", {}, el("a", link, el("span", { dir: "auto" }, said), el("span", { "aria-hidden": "true" }, "×")));
}

const ofAll = () => (state.filter.status === "all" ? "allOf" : "this");

function words(name, value) {
  if (name === "since") return SINCE.includes(value) ? t(`since.${value}`) : t("sinceTime", { time: moment(value) });
  if (name === "reason") return label("held", value);
  if (name === "text") return t("quoted", { text: value });
  if (name === "author") return t(`filter.${ofAll()}Author`, { key: value.slice(0, 6) });
  if (name === "network") return t("filter.thisNetwork", { key: value.slice(0, 6) });
  return `${t(`filter.${name}`)}${t("colon")}${value}`;
}
