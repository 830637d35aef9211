// Listens to keys. Not while a field is typed in, not with Ctrl, Alt or Meta, and not at all where switched off.

import { act } from "./actions.js";
import { KEYS } from "./keys.js";
import { keysOn } from "./help.js";

const BY_KEY = new Map(KEYS.map(([key, ...meaning]) => [key, meaning]));
const WRITING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])";

/** Begin to listen. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!keysOn() || event.target.closest(WRITING) || isBehindDialog()) return;
    const enter = event.key === "Enter" && event.target.matches("article");
    const meaning = enter ? ["context", "one"] : BY_KEY.get(named(event));
    if (!meaning) return;
    event.preventDefault();
    act(...meaning);
  });
}

/** The context beside the queue leaves the keys as they are; every other dialog is answered first. */
function isBehindDialog() {
  const top = [...document.querySelectorAll("dialog[open]")].at(-1);
  return top && !top.matches(".drawer");
}

function named({ key, shiftKey }) {
  if (!/^[a-z]$/i.test(key)) return key;
  return shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase();
}
