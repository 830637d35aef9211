// The filter is in the page's address, so that it can be shared and the back button works.

import { STATUSES } from "./state.js";

const NAMES = ["status", "section", "article", "author", "network", "reason", "text", "since", "order"];
const DEFAULTS = { status: "held", order: "newest" };
const AGES = { "1h": 3_600_000, "24h": 86_400_000, "7d": 604_800_000, "30d": 2_592_000_000 };

export const ORDERS = ["newest", "oldest"];
export const SINCE = Object.keys(AGES);

/** The filter of the page's address. */
export function read() {
  const given = new URLSearchParams(location.search);
  const filter = { ...DEFAULTS };
  for (const name of NAMES) {
    const value = given.get(name)?.trim();
    if (value) filter[name] = value;
  }
  return { ...filter, status: statusOf(filter), order: ORDERS.includes(filter.order) ? filter.order : DEFAULTS.order };
}

/** The tab that a filter is of: all statuses at once are to be had of one author only, and have none. */
export const tabOf = (filter) => (STATUSES.includes(filter.status) ? filter.status : DEFAULTS.status);

const statusOf = (filter) => (filter.status === "all" && filter.author ? "all" : tabOf(filter));

/** The address of this page under a filter; the language stays. */
export function href(given) {
  const filter = { ...given, status: statusOf(given) };
  const query = new URLSearchParams();
  for (const name of NAMES) {
    if (filter[name] && filter[name] !== DEFAULTS[name]) query.set(name, filter[name]);
  }
  const language = new URLSearchParams(location.search).get("lang");
  if (language) query.set("lang", language);
  return `${location.pathname}${query.size ? `?${query}` : ""}`;
}

/** What narrows a filter beyond its status and order: pairs of a name and a value. */
export function narrowing(filter) {
  return NAMES.filter((name) => !(name in DEFAULTS) && filter[name]).map((name) => [name, filter[name]]);
}

/** A filter as the service takes it: "the last hour" becomes a time. */
export function asked(filter) {
  const query = { ...filter };
  if (AGES[query.since]) query.since = new Date(Date.now() - AGES[query.since]).toISOString();
  return query;
}
