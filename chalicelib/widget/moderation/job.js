// One decision on all comments that match the filter: counted first, confirmed with the number, then done in steps.

import { asked } from "./address.js";
import { post } from "./api.js";
import { label } from "./card.js";
import { rememberJob, throughout } from "./decisions.js";
import { open } from "./dialog.js";
import { choice, el, fill, labelled } from "./elements.js";
import { t } from "./language.js";
import { load } from "./loading.js";
import { REASONS } from "./reject.js";
import { state, submissionId } from "./state.js";

const OPEN = {
  held: ["approve", "reject", "spam", "trash"],
  reported: ["approve", "reject", "spam", "trash"],
  published: ["hold", "reject", "spam", "trash"],
  rejected: ["approve", "restore", "spam", "trash"],
  spam: ["approve", "restore", "trash"],
  trash: ["approve", "restore", "spam"],
};

/** Offer a decision on all that match. */
export function askJob() {
  const { status } = state.filter;
  const verb = (code) => (status === "reported" && code === "approve" ? "keep" : code);
  const { order: _, ...filter } = asked(state.filter);
  filter.until = new Date().toISOString(); // what comes in from now on is looked at by itself
  const decision = choice(OPEN[status].map((code) => [code, t(`do.${verb(code)}`)]), "", { name: "decision" });
  const why = choice(REASONS.map((code) => [code, label("reason", code)]), "", { name: "reason" });
  const reason = labelled(t("reason"), why);
  const said = el("p", { role: "status" });
  const submit = el("button", { class: "primary", disabled: true }, t("counting"));
  const fields = [labelled(t("decision"), decision), reason, said, el("p", {}, submit)];
  const form = el("form", { method: "dialog", submit: run }, fields);
  const dialog = open(t("allMatching"), form, { kind: "narrow" });
  const submission = submissionId();
  let total = 0;
  let job = null;
  decision.addEventListener("change", preview);
  preview();

  function body() {
    const given = decision.value === "reject" ? { reason: why.value } : {};
    return { filter, decision: decision.value, submission_id: submission, ...given };
  }

  async function preview() {
    reason.hidden = decision.value !== "reject";
    submit.disabled = true;
    submit.textContent = t("counting");
    const meant = decision.value;
    try {
      const answer = await post("moderation/jobs", { ...body(), preview: true });
      if (meant !== decision.value) return;
      total = answer.total;
      submit.disabled = !total;
      submit.textContent = t(`job.${verb(meant)}`, { n: total });
      fill(said, [t("matching", { n: total }), answer.more && t("matchingMore")].filter(Boolean).join(" "));
    } catch (problem) {
      fill(said, problem.message);
    }
  }

  async function run(event) {
    event.preventDefault();
    const progress = el("progress", { max: total, value: 0, "aria-label": t("progress") });
    fill(form, progress, said);
    said.textContent = t("working");
    try {
      job ??= await post("moderation/jobs", { ...body(), preview: false });
      const tokens = new Set();
      const outcomes = await throughout(job, (answer) => {
        job = answer;
        if (answer.undo_token) tokens.add(answer.undo_token);
        progress.value = answer.done;
        fill(said, t("doneOf", { n: answer.done, total: answer.total }));
      });
      const failed = outcomes.filter((outcome) => outcome.error).length;
      dialog.close();
      rememberJob(verb(decision.value), job.done - failed, [...tokens]);
      load();
    } catch (problem) {
      fill(said, problem.message);
      fill(form, progress, said, el("button", { class: "primary" }, t("tryAgain")));
    }
  }
}
