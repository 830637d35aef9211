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
  const say = (key, values = {}) => {
    let text = known[key];
    if (Array.isArray(text)) text = formOf(lang, text, values.n);
    return text.replace(/\{(\w+)\}/g, (_, name) => (name === "n" ? numbers.format(values.n) : values[name]));
  };
  return { lang, say, number: (n) => numbers.format(n) };
}

/** English where the page is, else French. */
export function languageOf(host) {
  return host.matches(":lang(en)") ? "en" : "fr";
}

/** A number in words of the form [none, one, other, many] that its language wants. */
export function counted(lang, [none, ...forms], n) {
  return (n ? formOf(lang, forms, n) : none).replace("{n}", new Intl.NumberFormat(lang).format(n));
}

// A number chooses among the plural forms of its language.
function formOf(lang, [one, other, many = other], n) {
  return { one, many }[new Intl.PluralRules(lang).select(n)] ?? other;
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
