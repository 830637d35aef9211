// What is said to those who hear the page; those who see it see it happen.

import { byId } from "./elements.js";

let said = false;

/** Say a sentence politely; said again, the same sentence is heard again. */
export function announce(sentence) {
  said = !said;
  byId("said").textContent = sentence + (said ? "" : "\u200b");
}
