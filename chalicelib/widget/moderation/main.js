// The page begins here: its language, who is there, and what clicks and keys lead to.

import { act } from "./actions.js";
import "./bulk.js";
import { get } from "./api.js";
import { offerUndo } from "./decisions.js";
import { closeAll } from "./dialog.js";
import { button, byId, el, fill } from "./elements.js";
import { whenFiltered } from "./filters.js";
import { showHelp } from "./help.js";
import { listen } from "./keyboard.js";
import { lang, LANGUAGES, hrefIn, t } from "./language.js";
import { select } from "./list.js";
import { keepLooking, load } from "./loading.js";
import { showPolicy } from "./policy.js";
import { forget, recall } from "./session.js";
import { signIn } from "./sign_in.js";
import { label } from "./card.js";
import { state } from "./state.js";

document.documentElement.lang = lang;
for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
for (const element of document.querySelectorAll("[data-label]")) element.ariaLabel = t(element.dataset.label);

whenFiltered(go);
document.addEventListener("click", clicked);
document.addEventListener("change", ticked);
addEventListener("popstate", arrive);
listen();
drawTools();
await begin();

async function begin() {
  if (!recall("token")) await signIn();
  try {
    state.me = await get("moderation/me");
  } catch {
    state.me = {}; // the queue itself says what is wrong
  }
  drawMe();
  offerUndo();
  await load();
  keepLooking();
}

/** Go to another view of the queue, and remember the way back. */
function go(address) {
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  arrive();
}

/** Show the view of the page's address, by whatever way it was come to. */
function arrive() {
  closeAll();
  load();
}

function clicked(event) {
  const link = event.target.closest("a[data-go]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    return go(link.getAttribute("href"));
  }
  const pressed = event.target.closest("button[data-action], button[data-bulk]");
  if (!pressed) return null;
  if (pressed.dataset.bulk) return act(pressed.dataset.bulk, "chosen");
  state.current = pressed.closest("article")?.dataset.id ?? state.current;
  return act(pressed.dataset.action, "one");
}

function ticked({ target }) {
  if (target.dataset.select) select([target.dataset.select], target.checked);
  else if (target.dataset.bulk === "all") act("all", "chosen");
}

function drawTools() {
  // The address is that of the moment: the filter may have changed since the link was drawn.
  const renew = ({ target }) => (target.href = hrefIn(target.lang));
  const links = LANGUAGES.map((language) => {
    const here = language === lang ? "true" : null;
    return el("a", { href: "?", lang: language, "aria-current": here, click: renew }, language.toUpperCase());
  });
  fill(
    byId("tools"),
    el("div", { role: "group", "aria-label": t("language"), class: "languages" }, links),
    button(t("policy"), { class: "quiet", click: showPolicy }),
    button(t("keys"), { class: "quiet hint", click: showHelp, "aria-keyshortcuts": "?" }),
    button(t("signOut"), { class: "quiet", click: signOut }),
  );
}

function drawMe() {
  const { role, actor, sections } = state.me;
  const limited = sections ? t("limitedTo", { n: sections.length, sections: sections.join(", ") }) : null;
  fill(byId("me"), [role && label("role", role), actor, limited].filter(Boolean).join(" · "));
}

function signOut() {
  forget();
  location.reload();
}
