// The page's language: `?lang=`, else the browser's, else that of the document. Only one language is loaded.

export const LANGUAGES = ["fr", "en"];

export const lang = chosen();
const parts = await Promise.all([import(`./strings-${lang}.js`), import(`./strings-rules-${lang}.js`)]);
const strings = Object.assign({}, ...parts.map((part) => part.strings));
const plurals = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang);
const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
const absolute = new Intl.DateTimeFormat(lang, { dateStyle: "full", timeStyle: "medium" });
const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60]];

/** A text of the page, its `{parameters}` in place; the form that goes with the number `n` where it has several. */
export function t(key, parameters = {}) {
  let text = strings[key];
  if (text === undefined) return key;
  if (typeof text === "object") text = text[plurals.select(parameters.n)] ?? text.other;
  return text.replace(/{(\w+)}/g, (_, name) => said(parameters[name]));
}

/** Whether the page has a text for a key, such as a code that a newer service may send. */
export const has = (key) => key in strings;

/** A number as people write it; the service stops counting at a thousand. */
export const count = (n) => (n >= 1000 ? `${numbers.format(1000)}+` : numbers.format(n));

/** How long ago a time was, such as "5 minutes ago". */
export function ago(time) {
  const seconds = (new Date(time) - Date.now()) / 1000;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(0, "second");
}

/** A time in full. */
export const moment = (time) => absolute.format(new Date(time));

/** The address of this view in another language. */
export function hrefIn(language) {
  const url = new URL(location.href);
  url.searchParams.set("lang", language);
  return url.search;
}

function said(value) {
  return typeof value === "number" ? numbers.format(value) : String(value ?? "");
}

function chosen() {
  const wanted = [new URLSearchParams(location.search).get("lang"), ...navigator.languages];
  const found = wanted.map((tag) => tag?.slice(0, 2).toLowerCase()).find((tag) => LANGUAGES.includes(tag));
  return found ?? document.documentElement.lang;
}
