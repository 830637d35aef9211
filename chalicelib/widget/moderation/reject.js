// Why a comment is rejected: a reason that its author may read, and a note for the newsroom.

import { open } from "./dialog.js";
import { label } from "./card.js";
import { el, labelled, tick } from "./elements.js";
import { t } from "./language.js";

export const REASONS = [
  "offensive", "harassment", "hate", "off_topic", "spam", "advertising", "misinformation", "privacy", "illegal",
  "duplicate", "other",
];
let last = REASONS[0];

/** Ask for the reason to reject `n` comments; resolves to null when it was thought better of. */
export function askReason(n) {
  return new Promise((resolve) => {
    let answer = null;
    const note = el("input", { name: "note", maxlength: "500", autocomplete: "off" });
    const fields = [reasons(), labelled(t("note"), note, t("noteHint")), confirm(n)];
    const form = el("form", { method: "dialog", submit }, fields);
    const dialog = open(t("rejectWhy", { n }), form, { kind: "narrow", closed: () => resolve(answer) });
    dialog.querySelector("input[checked]").focus();

    function submit(event) {
      event.preventDefault();
      last = new FormData(form).get("reason");
      answer = { reason: last, note: note.value.trim() };
      dialog.close();
    }
  });
}

function reasons() {
  const radios = REASONS.map((reason) =>
    tick("radio", { name: "reason", value: reason, checked: reason === last }, label("reason", reason)),
  );
  return el("fieldset", { class: "reasons-to-reject" }, el("legend", {}, t("reason")), radios);
}

const confirm = (n) => el("p", {}, el("button", { class: "primary" }, t("confirmReject", { n })));
