// Words: those of our language that the page speaks, and the page's own in their place.

/** English where the page is, else French. */
export function languageOf(host) {
  return host.matches(":lang(en)") ? "en" : "fr";
}

/**
 * What an element says with: `say(text, value)` gives a text in a language, with the value, if any, in its braces.
 *
 * A text may be a list of its plural forms, [one, other, many], of which the value chooses one; numbers are written
 * as the language writes them. A page replaces texts by a block of JSON inside the element:
 * <script type="application/json">{"Laisser un commentaire": "Réagir"}</script>.
 */
export function wording(host, language) {
  const rules = new Intl.PluralRules(language);
  let given = {};
  try {
    given = JSON.parse(host.querySelector("script")?.textContent ?? "{}");
  } catch (error) {
    console.warn("Tribune:", error);
  }
  return (text, value) => {
    const [one, other = one, many = other] = [text].flat();
    const form = { one, many }[rules.select(value)] ?? other;
    return `${given?.[form] ?? form}`.replace(/{\w+}/, () => value?.toLocaleString(language));
  };
}
