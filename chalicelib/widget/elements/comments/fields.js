// Controls with their labels, and beside each what the service says is wrong with it.

import { el } from "../shared/dom.js";
import * as words from "words";

/** A control that has an id under its label, and room for an error; a box to tick stands before its label. */
export function field(label, control, describedBy = "") {
  const { id } = control;
  const star = control.required && el("span.required", { "aria-hidden": "true" }, " *");
  const named = el("label", { for: id }, label, star);
  control.setAttribute("aria-describedby", `${id}-error ${describedBy}`);
  return el(
    `p.comment-form-${id.replace("wp-comment-", "")} tribune-field`,
    {},
    control.type === "checkbox" ? [control, " ", named] : [named, control],
    el("span.error", { id: `${id}-error` }),
  );
}

/** Show the errors of a trouble beside the fields of a form, none where all is well, and the rest in its `alert`. */
export function tell(talk, form, alert, trouble) {
  let n = 0;
  const loose = new Set(trouble?.errors);
  for (const control of form.querySelectorAll("[name]")) {
    const wrong = trouble?.errors?.find((error) => error.field === control.name);
    control.ariaInvalid = !!wrong;
    control.parentNode.lastChild.textContent = wrong?.message;
    if (loose.delete(wrong) && !n++) control.focus();
  }
  const rest = [...loose].map((error) => error.message);
  if (n) rest.unshift(talk.say(words.errors, n));
  alert.textContent = rest.join(" ") || (trouble && sentence(talk, trouble));
}

/** What went wrong, in words. */
export function sentence({ say }, { detail }) {
  return detail || say(navigator.onLine ? words.unreachable : words.offline);
}
