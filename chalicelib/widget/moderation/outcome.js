// The bar that says what was decided last. It stays until the next decision, and what was not sent until it is.

import { button, byId, el, fill } from "./elements.js";
import { t } from "./language.js";

let unsent = null;

/** Keep offering, whatever else the bar says, to send once more what was not sent; null when there is none. */
export function offerRetry(offer) {
  unsent = offer;
}

/** Draw the bar; `undo` and `retry` are what its buttons do. */
export function drawOutcome({ text, undo, retry, busy = false } = {}) {
  const bar = byId("outcome");
  const hadFocus = bar.contains(document.activeElement);
  const hint = el("span", { class: "hint" }, " (z)");
  fill(
    bar,
    text && el("p", {}, text),
    undo && button([t("undo"), hint], { class: "primary", "aria-keyshortcuts": "z", click: () => undo() }),
    retry && button(t("tryAgain"), { class: "primary", click: () => retry() }),
    unsent && el("p", { class: "error" }, unsent.text),
    unsent && button(unsent.words, { class: "primary", click: unsent.click }),
    !busy && button(t("close"), { class: "quiet", click: hide }),
  );
  bar.hidden = false;
  if (hadFocus) (bar.querySelector("button") ?? byId("heading")).focus();
}

function hide() {
  byId("outcome").hidden = true;
  (document.querySelector("article[aria-current]") ?? byId("heading")).focus();
}
