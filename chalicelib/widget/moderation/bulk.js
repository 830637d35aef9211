// The bar of what can be done with all chosen comments, and with all that match the filter.

import { decisions, verb } from "./card.js";
import { button, byId, el, fill } from "./elements.js";
import { count, t } from "./language.js";
import { whenChanged } from "./list.js";
import { chosen, shown, state } from "./state.js";

const ORDER = ["approve", "reject", "spam", "trash", "unapprove"];
let drawn = "";

whenChanged(drawBulk);

function drawBulk() {
  const bar = byId("bulk");
  bar.hidden = !shown().length;
  const picked = chosen();
  const ids = picked.map((comment) => comment.id);
  const key = [state.filter.status, ids, shown().length].join();
  if (key === drawn) return;
  drawn = key;
  const focused = document.activeElement?.dataset?.bulk;
  const open = ORDER.filter((name) => meant(name, picked).length);
  fill(
    bar,
    all(picked),
    el("div", { class: "actions", role: "group", "aria-label": t("bulk") }, open.map((name) => act(name, picked))),
    !["withdrawn", "all"].includes(state.filter.status) && button(t("allMatching"), { class: "quiet", "data-bulk": "job" }),
  );
  bar.classList.toggle("on", picked.length > 0);
  if (focused) bar.querySelector(`[data-bulk="${focused}"]`)?.focus();
}

function all(picked) {
  const every = picked.length === shown().length;
  const box = el("input", { type: "checkbox", "data-bulk": "all", checked: every });
  box.indeterminate = picked.length > 0 && !every;
  const words = picked.length ? t("chosen", { n: picked.length }) : t("chooseAll", { n: count(shown().length) });
  return el("label", { class: "box" }, box, el("span", {}, words));
}

/** Those of the chosen that a button would change. */
function meant(name, picked) {
  const codes = name === "unapprove" ? ["hold", "restore"] : [name];
  return picked.filter((comment) => decisions(comment).some((decision) => codes.includes(decision)));
}

function act(name, picked) {
  const words = name === "unapprove" ? "restore" : verb(meant(name, picked), name);
  return button(t(`do.${words}`), { class: name, "data-bulk": name });
}
