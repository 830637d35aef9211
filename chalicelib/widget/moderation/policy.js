// What the rules are told: numbers and lists, tried on the last comments before an admin saves them.

import { get, post, put } from "./api.js";
import { announce } from "./announce.js";
import { label } from "./card.js";
import { showAside } from "./context.js";
import { open } from "./dialog.js";
import { button, choice, el, fill, labelled, tick } from "./elements.js";
import { t } from "./language.js";
import { drawOutcome } from "./outcome.js";
import { state } from "./state.js";

const MODES = ["first", "all", "none"];
const LAST = 200; // comments that a trial looks at
const LISTED = 20; // of those it would change

/** Show the policy; what may be changed in it is the service's to say. */
export async function showPolicy() {
  const place = el("div", {}, el("p", { class: "waiting" }, t("loading")));
  const dialog = open(t("policy"), place, { kind: "wide" });
  try {
    const { policy } = await get("moderation/policy");
    fill(place, form(policy, dialog));
  } catch (problem) {
    fill(place, el("p", { class: "error", role: "alert" }, problem.message));
  }
}

function form(policy, dialog) {
  const said = el("div", { role: "status", class: "trial" });
  const save = state.me.role === "admin" && el("button", { class: "primary" }, t("save"));
  const made = el(
    "form",
    { class: "policy", submit, novalidate: true },
    !save && el("p", { class: "notice" }, t("onlyAdminSaves")),
    el("div", { class: "fields" }, fieldsOf(policy, "number")),
    el("p", { class: "waiting" }, t("policyHint")),
    el("div", { class: "fields lists" }, fieldsOf(policy, "object")),
    said,
    el("div", { class: "actions" }, button(t("tryOut"), { click: tryOut }), save),
  );
  return made;

  async function tryOut() {
    if (!complete()) return;
    fill(said, t("trying"));
    try {
      fill(said, trial(await post("moderation/policy/trials", { policy: changes(made, policy), last: LAST })));
    } catch (problem) {
      wrong(!save && problem.code === "wrong_role" ? t("emailsNotYours") : problem.message);
    }
  }

  function wrong(text) {
    fill(said, el("p", { class: "error" }, text));
  }

  /** An emptied number is none, and 0 would switch its rule off: it must be said. */
  function complete() {
    const bad = made.querySelector("input:invalid");
    if (!bad) return true;
    wrong(t("numberMissing", { field: label("policy", bad.name) }));
    bad.focus();
    return false;
  }

  async function submit(event) {
    event.preventDefault();
    if (!save || !complete()) return;
    try {
      await put("moderation/policy", { policy: changes(made, policy) });
      dialog.close();
      drawOutcome({ text: t("policySaved") });
      announce(t("policySaved"));
    } catch (problem) {
      wrong(problem.message);
    }
  }
}

/** The fields of a kind: numbers with the mode before and the switch behind them, or lists, an entry a line. */
function fieldsOf(policy, kind) {
  const named = Object.entries(policy).filter(([, value]) => typeof value === kind);
  if (kind === "object") return named.map(list);
  const modes = MODES.map((mode) => [mode, t(`policyMode.${mode}`)]);
  const mode = labelled(label("policy", "mode"), choice(modes, policy.mode, { name: "mode" }));
  const repetition = { name: "repetition", checked: policy.repetition };
  return [mode, named.map(number), tick("checkbox", repetition, label("policy", "repetition"))];
}

function number([name, value]) {
  const input = el("input", { type: "number", name, value: String(value), min: "0", required: true });
  return labelled(label("policy", name), input);
}

function list([name, entries]) {
  const area = el("textarea", { name, rows: "3", spellcheck: "false", dir: "auto" }, entries.join("\n"));
  return labelled(label("policy", name), area);
}

/** What the form says otherwise than the policy it was made of. */
function changes(made, policy) {
  const given = {};
  for (const [name, before] of Object.entries(policy)) {
    const { value, checked } = made.elements[name];
    const after = { string: value, number: Number(value), boolean: checked, object: entriesOf(value) }[typeof before];
    if (JSON.stringify(after) !== JSON.stringify(before)) given[name] = after;
  }
  return given;
}

const entriesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

function trial({ examined, changed }) {
  const moves = Map.groupBy(changed, ({ before, after }) => moved(before, after));
  const lines = [...moves].map(([move, comments]) => el("li", {}, `${move}${t("colon")}${comments.length}`));
  const summary = t("examined", { n: examined }) + t("wouldChange", { n: changed.length });
  return [
    el("p", {}, summary),
    lines.length > 0 && el("ul", {}, lines),
    lines.length > 0 && el("ol", { class: "changed", role: "list" }, changed.slice(0, LISTED).map(change)),
    changed.length > LISTED && el("p", {}, t("andMore", { n: changed.length - LISTED })),
  ];
}

const moved = (before, after) => `${label("state", before)} → ${label("state", after)}`;

function change({ comment_id: id, before, after, reasons }) {
  const why = reasons.map((reason) => reason.message).join(" · ");
  const show = button(id, { class: "quiet", title: t("do.context"), click: () => showAside(id) });
  return el("li", {}, show, ` ${moved(before, after)}`, why && ` · ${why}`);
}
