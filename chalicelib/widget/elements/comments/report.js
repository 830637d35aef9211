// The dialog that tells the moderators of a comment (Digital Services Act, article 16).

import { el } from "../shared/dom.js";
import { address } from "../shared/service.js";
import { openDialog } from "./dialog.js";
import { field } from "./fields.js";

const REASONS = ["spam", "hate", "harassment", "misinformation", "privacy", "off_topic", "other", "illegal", "child_abuse"];

/**
 * Ask why, and report the comment. For what is illegal the law asks for a declaration, and for who makes it; for the
 * abuse of a child for the declaration alone.
 */
export function report(host, comment) {
  const { say } = host;
  const made = (tag, name, attributes, ...children) =>
    el(tag, { id: `tribune-${name}`, name, ...attributes }, ...children);
  const input = (name, type, autocomplete) => made("input", name, { type, autocomplete, required: true });
  const explanation = made("textarea", "explanation", { rows: 3, maxlength: 1000, required: true });
  const details = field(say("explanation"), explanation);
  const who = el(
    "div",
    {},
    field(say("author"), input("name", "text", "name")),
    field(say("email"), input("email", "email", "email")),
  );
  const faith = field(say("good_faith"), input("good_faith", "checkbox"));
  const change = () => {
    who.hidden = reason.value !== "illegal";
    faith.hidden = who.hidden && reason.value !== "child_abuse";
    explanation.required = !faith.hidden;
    details.querySelector("span").hidden = faith.hidden;
  };
  const options = REASONS.map((value) => el("option", { value }, say(`reason_${value}`)));
  const reason = made("select", "reason", { change }, options);
  change();
  openDialog(
    host,
    say("reportOf", comment.author),
    [field(say("why"), reason), details, who, faith],
    say("send"),
    async ({ good_faith, name, email, ...said }) => {
      if (!who.hidden) Object.assign(said, { name, email });
      if (!faith.hidden) said.good_faith = !!good_faith;
      const { receipt } = await host.api(`comments/${comment.id}/reports`, said);
      return [say("thanks"), " ", el("a", { href: address(host, `reports/${receipt}`) }, say("follow"))];
    },
  );
}
