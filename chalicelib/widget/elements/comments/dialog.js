// A dialog with a form in it.

import { button, el } from "../shared/dom.js";
import { tell } from "./fields.js";
import * as words from "words";

/**
 * Open a dialog over the page. `send(data)` is told the form's fields, and gives the nodes to show in its place, or
 * what to do once it is closed; what it throws is shown, and the form stays as it is. The browser gives the focus back.
 */
export function openDialog(talk, title, content, sendLabel, send) {
  const { say } = talk;
  const alert = el("p.error", { role: "alert" });
  const close = (word) => button("plain", say(word), () => dialog.close());
  const sending = el("button.submit", {}, sendLabel);
  const submit = async (event) => {
    event.preventDefault();
    if (sending.ariaDisabled) return;
    sending.ariaDisabled = true;
    tell(talk, form, alert);
    try {
      const then = await send(Object.fromEntries(new FormData(form)));
      if (then.call) {
        dialog.close();
        then();
      } else {
        const shown = el("p", { tabindex: -1 }, ...then);
        form.replaceChildren(shown, close(words.close));
        shown.focus();
      }
    } catch (trouble) {
      tell(talk, form, alert, trouble);
    }
    sending.ariaDisabled = null;
  };
  const form = el(
    "form",
    { novalidate: true, submit },
    ...content,
    alert,
    el("p.form-submit", {}, sending, close(words.cancel)),
  );
  const heading = el("h3", { id: "tribune-dialog" }, title);
  const dialog = el("dialog.dialog", { "aria-labelledby": heading.id, close: () => dialog.remove() }, heading, form);
  talk.host.append(dialog);
  dialog.showModal();
}
