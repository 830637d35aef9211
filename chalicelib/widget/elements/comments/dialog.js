// A dialog with a form in it.

import { button, el } from "../shared/dom.js";
import { tell } from "./fields.js";
import { dressed } from "./skin.js";

/**
 * Open a dialog over the page. `send(data)` is told the form's fields, and gives the nodes to show in its place, or
 * what to do once it is closed; what it throws is shown, and the form stays as it is. The browser gives the focus back.
 */
export function openDialog(host, title, content, sendLabel, send) {
  const { say } = host;
  const alert = el("p.error", { role: "alert" });
  const close = (word) => button("plain", say(word), () => dialog.close());
  const sending = el("button.submit", {}, sendLabel);
  let isSent = false;
  const submit = async (event) => {
    event.preventDefault();
    if (isSent) return;
    isSent = true;
    sending.setAttribute("aria-disabled", true);
    tell(host, form, alert);
    try {
      const then = await send(Object.fromEntries(new FormData(form)));
      if (then.call) {
        dialog.close();
        then();
      } else {
        const shown = el("p", { tabindex: -1 }, ...then);
        form.replaceChildren(shown, close("close"));
        shown.focus();
      }
    } catch (trouble) {
      tell(host, form, alert, trouble);
    }
    sending.removeAttribute("aria-disabled");
    isSent = false;
  };
  const form = el("form", { novalidate: true, submit }, ...content, alert, el("p.form-submit", {}, sending, close("cancel")));
  const heading = el("h3", { id: "tribune-dialog" }, title);
  const dialog = el("dialog.dialog", { "aria-labelledby": heading.id, close: () => dialog.remove() }, heading, form);
  host.append(dressed(host, dialog));
  dialog.showModal();
}
