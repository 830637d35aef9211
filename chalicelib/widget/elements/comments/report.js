// The dialog that tells the moderators of a comment (Digital Services Act, article 16).

import { el } from "../shared/dom.js";
import { address } from "../shared/service.js";
import { openDialog } from "./dialog.js";
import { field } from "./fields.js";
import * as words from "words";

/**
 * Ask why, and report the comment. For what is illegal the law asks for a declaration, and for who makes it; for the
 * abuse of a child for the declaration alone.
 */
export function report(talk, comment) {
  const { say } = talk;
  const made = (tag, name, attributes, children) =>
    el(tag, { id: `tribune-${name}`, name, required: true, ...attributes }, children);
  const options = Object.entries(words.reasons).map(([value, label]) => el("option", { value }, say(label)));
  const explanation = made("textarea", "explanation", { rows: 3, maxlength: 1000 });
  const details = field(say(words.explanation), explanation);
  const who = el(
    "fieldset",
    {},
    field(say(words.labels.author), made("input", "name", { autocomplete: "name" })),
    field(say(words.labels.email), made("input", "email", { type: "email", autocomplete: "email" })),
  );
  const faith = el("fieldset", {}, field(say(words.good_faith), made("input", "good_faith", { type: "checkbox" })));
  const change = () => {
    const isIllegal = reason.value === "illegal";
    const isGrave = isIllegal || reason.value === "child_abuse";
    who.hidden = who.disabled = !isIllegal;
    faith.hidden = faith.disabled = !isGrave;
    explanation.required = isGrave;
    details.querySelector("span").hidden = !isGrave;
  };
  const reason = made("select", "reason", { change, required: false }, options);
  change();
  openDialog(
    talk,
    say(words.reportOf, comment.author.name),
    [field(say(words.why), reason), details, who, faith],
    say(words.send),
    async (said) => {
      const good_faith = !!said.good_faith;
      const { receipt } = await talk.api(`comments/${comment.id}/reports`, { ...said, good_faith });
      return [say(words.thanks), " ", el("a", { href: address(talk.host, `reports/${receipt}`) }, say(words.follow))];
    },
  );
}
