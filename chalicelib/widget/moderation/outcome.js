// The bar that says what was decided last. It stays until the next decision.

import { button, byId, el, fill } from "./elements.js";
import { t } from "./language.js";

/** Draw the bar; `undo` and `retry` are what its button does. */
export function drawOutcome({ text, undo, retry, busy = false }) {
  const bar = byId("outcome");
  const hadFocus = bar.contains(document.activeElement);
  fill(
    bar,
    el("p", {}, text),
    undo && button(t("undo"), { class: "primary", "aria-keyshortcuts": "z", click: () => undo() }),
    retry && button(t("tryAgain"), { class: "primary", click: () => retry() }),
    !busy && button(t("close"), { class: "quiet", click: hide }),
  );
  bar.hidden = false;
  if (hadFocus) (bar.querySelector("button") ?? byId("heading")).focus();
}

function hide() {
  byId("outcome").hidden = true;
  (document.querySelector("article[aria-current]") ?? byId("heading")).focus();
}
