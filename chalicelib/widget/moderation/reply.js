// A reply of the newsroom under a comment. What is typed is kept in this tab until it is sent.

import { post } from "./api.js";
import { decide, rememberReply } from "./decisions.js";
import { button, el, fill, labelled } from "./elements.js";
import { t } from "./language.js";
import { articleOf, moveTo, put } from "./list.js";
import { drawOutcome } from "./outcome.js";
import { keep, recall } from "./session.js";
import { state, submissionId } from "./state.js";

/** Open the form under a comment, with the draft that was left there. */
export function openReply(comment) {
  const open = document.querySelector("form.reply");
  if (open?.dataset.id === comment.id) return open.querySelector("textarea").focus();
  open?.remove();
  const made = form(comment);
  articleOf(comment.id).querySelector(".what").append(made);
  return made.querySelector("textarea").focus();
}

function form(comment) {
  const draft = `draft.${comment.id}`;
  const text = el("textarea", { name: "content", rows: "4", required: true, dir: "auto" });
  text.addEventListener("input", () => keep(draft, text.value || null));
  text.value = recall(draft) ?? "";
  const name = el("input", { name: "author_name", maxlength: "100", autocomplete: "off", required: true, dir: "auto" });
  name.value = recall("name") ?? t("newsroom");
  const error = el("p", { class: "error", role: "alert" });
  const send = el("button", { class: "primary" }, t(comment.status === "held" ? "approveAndReply" : "sendReply"));
  const submission = submissionId();
  const made = el(
    "form",
    { class: "reply", "data-id": comment.id, submit, keydown: keys, "aria-label": t("replyTo", comment.author) },
    labelled(t("replyTo", comment.author), text),
    labelled(t("name"), name),
    error,
    el("p", { class: "actions" }, send, button(t("cancel"), { class: "quiet", click: close })),
  );
  return made;

  async function submit(event) {
    event.preventDefault();
    fill(error);
    send.disabled = true;
    keep("name", name.value);
    let reply;
    const body = { content: text.value, author_name: name.value.trim(), submission_id: submission };
    try {
      // Only what is published can be answered, so that a refused reply leaves an approved comment behind.
      if (comment.status === "held") await approved();
      reply = await post(`moderation/comments/${comment.id}/replies`, body);
    } catch (problem) {
      fill(error, problem.message);
      send.disabled = false;
      if (!made.isConnected) drawOutcome({ text: problem.message, retry: () => submit(event) });
      return;
    }
    keep(draft, null);
    made.remove();
    comment.replies = (comment.replies ?? 0) + 1;
    if (state.comments.has(comment.id)) {
      put([comment]);
      moveTo(comment.id);
    }
    rememberReply(comment, reply.id);
  }

  async function approved() {
    const entry = await decide([comment], "approve");
    if (comment.problem) throw new Error(comment.problem);
    if (entry) comment.status = "published";
  }

  function close() {
    made.remove();
    moveTo(comment.id);
  }

  function keys(event) {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) made.requestSubmit();
  }
}
