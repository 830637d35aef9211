// Dialogs: modal, named by their heading, closed by Escape and by a button, gone from the page once closed.

import { button, el } from "./elements.js";
import { t } from "./language.js";

let made = 0;

/** Open a dialog; `closable` false keeps it until the page closes it. What is given back is its element. */
export function open(title, content, { kind = "", closable = true, closed } = {}) {
  const heading = el("h2", { id: `dialog-${++made}`, tabindex: "-1", dir: "auto" }, title);
  const dialog = el(
    "dialog",
    { class: kind, "aria-labelledby": heading.id, closedby: closable ? null : "none" },
    el("div", { class: "head" }, heading, closable && closer()),
    content,
  );
  if (!closable) dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.preventDefault());
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Close all that may be closed: the page has gone elsewhere. */
export function closeAll() {
  for (const dialog of document.querySelectorAll("dialog[open]:not([closedby=none])")) dialog.close();
}

function closer() {
  return button(t("close"), { class: "quiet", click: (event) => event.target.closest("dialog").close() });
}
