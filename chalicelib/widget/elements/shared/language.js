// Words in the language of the page around an element, French or English, and the page's own in their place.

const WORDS_OF_THE_PAGE = "script[type='application/json']";

/**
 * The language an element speaks, its words, `say(key, values)`, and its numbers, `number(n)`.
 *
 * `words` is {fr: {key: text}, en: {...}}. A text with plural forms is a list [one, other, many]; `n` chooses among
 * them and is written as the language writes numbers. A page replaces words by a block of JSON inside the element:
 * <script type="application/json">{"leave": "Réagir"}</script>.
 */
export function language(host, words) {
  const lang = languageOf(host);
  const known = wordsOf(host, words[lang]);
  const numbers = new Intl.NumberFormat(lang);
  const plurals = new Intl.PluralRules(lang);
  const say = (key, values = {}) => {
    let text = known[key];
    if (Array.isArray(text)) {
      text = text[{ one: 0, many: 2 }[plurals.select(values.n)] ?? 1] ?? text[1];
    }
    return text.replace(/\{(\w+)\}/g, (_, name) => (name === "n" ? numbers.format(values.n) : values[name]));
  };
  return { lang, say, number: (n) => numbers.format(n) };
}

/** English where the page is, else French. */
export function languageOf(host) {
  return host.matches(":lang(en)") ? "en" : "fr";
}

/** A number in words of the form [none, one, other, many] that its language wants. */
export function counted(lang, [none, one, other, many = other], n) {
  const form = n ? { one, other, many }[new Intl.PluralRules(lang).select(n)] : none;
  return form.replace("{n}", new Intl.NumberFormat(lang).format(n));
}

/** Words, with the page's own in their place. */
export function wordsOf(host, words) {
  try {
    return { ...words, ...JSON.parse(host.querySelector(WORDS_OF_THE_PAGE)?.textContent || "{}") };
  } catch (error) {
    console.warn("Tribune:", error);
    return words;
  }
}
