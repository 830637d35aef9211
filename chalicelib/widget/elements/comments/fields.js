// Controls with their labels, and beside each what the service says is wrong with it.

import { el } from "../shared/dom.js";
import * as words from "words";

/** A control, which has an id, in its label, and room for an error; a box to tick stands before its words. */
export function field(label, control, describedBy = "") {
  const { id } = control;
  const star = control.required && el("span.required", { "aria-hidden": "true" }, " *");
  control.setAttribute("aria-describedby", `${id}-error ${describedBy}`);
  return el(
    `p.comment-form-${id.replace("wp-comment-", "")} tribune-field`,
    {},
    // The page may have an element of the same id: a label that names it would be a label of that.
    el("label", {}, control.type === "checkbox" ? [control, " ", label, star] : [label, star, control]),
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
    control.closest("p").lastChild.textContent = wrong?.message;
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
