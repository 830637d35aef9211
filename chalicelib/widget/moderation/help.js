// The dialog of keys, and the switch that turns them off.

import { label } from "./card.js";
import { open } from "./dialog.js";
import { el, tick } from "./elements.js";
import { KEYS } from "./keys.js";
import { t } from "./language.js";
import { keep, recall } from "./session.js";

/** Whether keys do anything beyond what browsers give them. */
export const keysOn = () => recall("keys") !== "off";

/** Show the keys. */
export function showHelp() {
  const change = ({ target }) => keep("keys", target.checked ? null : "off");
  const rows = KEYS.map(([key, action, to]) => row(key, to === "chosen" ? t(`keys.${action}`) : t(`key.${action}`)));
  const content = [
    tick("checkbox", { checked: keysOn(), change }, t("keysOn")),
    el("dl", { class: "keys" }, rows, row("Enter", t("key.context")), row("Escape", t("close"))),
    el("p", {}, t("keysWhen")),
  ];
  open(t("keys"), content, { kind: "wide" });
}

const row = (key, meaning) => el("div", {}, el("dt", {}, caps(key)), el("dd", {}, meaning));

function caps(key) {
  return key.split("+").map((part, place) => [place > 0 && " + ", el("kbd", {}, label("cap", part))]);
}
