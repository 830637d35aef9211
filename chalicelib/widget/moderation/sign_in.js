// Asks for a token over whatever the page shows, which stays as it is.

import { get, whenUnknown } from "./api.js";
import { open } from "./dialog.js";
import { el, fill, labelled } from "./elements.js";
import { t } from "./language.js";
import { keep } from "./session.js";

let asking = null;

whenUnknown(signIn);

/** Resolves once the service knows the token that was typed; however many wait, one form is shown. */
export function signIn() {
  asking ??= new Promise((resolve) => {
    // Closed in a way of the browser's own, the next request without a token opens it again.
    const dialog = open(t("signIn"), form(() => dialog.close()), { kind: "sign-in", closable: false, closed });
    dialog.querySelector("input").focus();

    function closed() {
      asking = null;
      resolve();
    }
  });
  return asking;
}

function form(signedIn) {
  const input = el("input", { type: "password", name: "token", autocomplete: "off", required: true });
  const error = el("p", { role: "alert", class: "error" });
  const submit = el("button", { class: "primary" }, t("signIn"));
  const made = el(
    "form",
    { submit: check },
    el("p", {}, t("signInWhy")),
    labelled(t("token"), input, t("tokenKept")),
    error,
    submit,
  );
  return made;

  async function check(event) {
    event.preventDefault();
    fill(error);
    submit.disabled = true;
    try {
      const token = input.value.trim();
      await get("moderation/me", {}, { token });
      keep("token", token);
      signedIn();
    } catch (problem) {
      fill(error, problem.status === 401 ? t("unknownToken") : problem.message);
      input.focus();
    } finally {
      submit.disabled = false;
    }
  }
}
