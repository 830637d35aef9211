// The form: one for a whole talk, which moves under the comment it answers.

import { button, el } from "../shared/dom.js";
import { draftOf, newId } from "./draft.js";
import { field, tell } from "./fields.js";
import { ownComments, rememberOwn } from "./own.js";
import { keep, recall } from "./storage.js";
import * as words from "words";

/** Who one is: kept if one has agreed, and as typed in this tab. */
const ME = "me";
const TYPED = "typed";
const PAUSES = [1_000, 3_000, 0];
/** The fields, the ids of their controls (WordPress's names for them), their limits, and what browsers fill in. */
const FIELDS = [
  ["content", "comment", 5_000],
  ["author_name", "author", 100, "name"],
  ["author_email", "email", 254, "email"],
  ["author_url", "url", 2_000, "url"],
];
/** Characters left from which on the reader is told how many. */
const NEAR = 500;

/** The form of a talk; `node` is in the page while it is open. */
export function makeForm(talk) {
  const { host, article, say, api, signal } = talk;
  let draft;
  let opener = {};
  let token;
  // The ids of the drafts that are on their way.
  const sending = new Set();

  const typed = () => Object.fromEntries(new FormData(form));

  /** Stand under the comment that is answered, wherever that is now. */
  const place = () => {
    const answered = host.querySelector(`#comment-${draft.parent_id} > article`);
    (answered ?? talk.opener.parentNode).after(node);
  };

  /** Open it for an answer to `parent`, or a new thread, behind the button that asked; ask again to close it. */
  const open = async (asking, parent, isQuiet) => {
    if (node.isConnected && opener === asking) return close();
    expand(false);
    opener = asking;
    expand(true);
    draft = draftOf(article, parent);
    heading.textContent = parent ? say(words.replyTo, parent.author.name) : say(words.leave);
    restore();
    place();
    if (!isQuiet) content.focus();
    token ??= api("form-tokens", {}).catch(() => (token = undefined));
    const heard = await token;
    if (heard) content.most = heard.max_content;
    count();
  };

  const expand = (isOpen) => {
    opener.ariaExpanded = isOpen;
  };

  // What is in it stays as a draft, which goes nowhere by itself any more; the focus goes back to the button.
  const close = () => {
    draft.keep({ pending: false });
    leave();
  };

  const leave = () => {
    node.remove();
    expand(false);
    (opener.isConnected ? opener : talk.heading).focus();
  };

  const restore = () => {
    const { text } = draft;
    const me = recall(ME);
    const known = { ...typed(), ...me, ...recall(TYPED, true), content: text ?? "" };
    for (const [name] of FIELDS) form.elements[name].value = known[name];
    consent.checked = me;
    tellTrouble();
    mark();
    count();
    if (text) talk.announce(say(words.restored));
  };

  // The text is kept in the browser; who one is, in this tab only, unless one has said otherwise. Who goes on writing
  // does not want it sent by itself.
  const keepTyped = () => {
    const { content: text, ...me } = typed();
    if (draft.pending) tellTrouble();
    draft.keep({ text, pending: false });
    keep(TYPED, me, true);
    count();
  };

  const count = () => {
    const n = content.most - length(content.value);
    left.textContent = n < NEAR ? say(n < 0 ? words.over : words.remaining, Math.abs(n)) : "";
  };

  // A text that is on its way stays as it is. The button, too: what moves is hit by a second click.
  const mark = () => {
    send.ariaDisabled = content.readOnly = sending.has(draft.id);
  };

  // Another answer may have been begun meanwhile.
  const isOpenFor = ({ id }) => draft.id === id && node.isConnected;

  const submit = async (event) => {
    event.preventDefault();
    const sent = draft;
    const { id } = sent;
    if (sending.has(id)) return;
    keepTyped();
    tellTrouble();
    sending.add(id);
    mark();
    talk.announce(say(words.sending));
    const trouble = await post(sent, typed()).catch((trouble) => trouble);
    sending.delete(id);
    mark();
    if (!trouble || signal.aborted) return;
    if (isOpenFor(sent)) {
      tellTrouble(trouble);
      talk.announce("");
    } else talk.fail(trouble);
  };

  const post = async (sent, said) => {
    const { content: text, ...me } = said;
    const before = sent.attempted ?? text;
    sent.keep({ attempted: before, pending: true });
    const { parent_id, id: submission_id } = sent;
    let comment = await tryOut(sent, { ...said, parent_id, submission_id, form_token: (await token)?.form_token });
    if (ownComments(article).some((own) => own.id === comment.id)) {
      // It has arrived before, from another tab say: what is here now is another comment.
      sent.keep({ id: newId(), attempted: undefined });
      return post(sent, said);
    }
    if (before !== text) {
      // An earlier attempt may have arrived with another text, and this one have been answered with that.
      const { id, edit_token } = comment;
      comment = await api(`comments/${id}/edits`, { edit_token, content: text }).catch((trouble) => {
        if (trouble.status === 403) take(comment, before);
        throw trouble;
      });
    }
    sent.keep({ text: "", attempted: undefined, pending: false });
    keep(ME, consent.checked ? me : null);
    keep(TYPED, null, true);
    token = undefined;
    const isAwaited = isOpenFor(sent);
    if (isAwaited) leave();
    take(comment, text, isAwaited);
  };

  const take = (comment, text, isAwaited) => {
    rememberOwn(talk, { ...comment, content: text });
    if (!signal.aborted) talk.posted(comment, isAwaited);
  };

  // The same submission again and again, as long as nobody knows whether it has arrived.
  const tryOut = async (sent, body) => {
    for (const pause of PAUSES) {
      try {
        return await api("comments", body);
      } catch (trouble) {
        const isRefused = trouble.status && trouble.status < 500;
        if (isRefused) sent.keep({ attempted: undefined, pending: false });
        if (isRefused || !pause || !navigator.onLine) throw trouble;
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (!sent.pending) throw trouble;
      }
    }
  };

  // What went wrong, if anything, and what becomes of a text that has not been heard.
  const tellTrouble = (trouble) => {
    tell(talk, form, alert, trouble);
    if (draft.pending && trouble) alert.append(" ", say(navigator.onLine ? words.kept : words.leaves));
  };

  const [text, ...others] = FIELDS.map(([name, id, limit, filledBy]) => {
    const control = el(filledBy ? "input" : "textarea", {
      id,
      name,
      dir: !filledBy && "auto",
      rows: !filledBy && 8,
      type: filledBy === id && id,
      autocomplete: filledBy,
      maxlength: limit,
      required: id !== "url",
    });
    control.most = limit;
    return field(say(words.labels[id]), control, { comment: "comment-left", email: "email-notes" }[id]);
  });
  // WordPress's is an h3; but this one may stand above the heading of the list.
  const heading = el("h2.comment-reply-title", { id: "reply-title" });
  const alert = el("p.error", { role: "alert" });
  const left = el("small", { id: "comment-left" });
  const send = el("button.submit", { id: "submit" }, say(words.leave));
  const change = () => consent.checked || keep(ME);
  const consent = el("input", { id: "wp-comment-cookies-consent", type: "checkbox", change });
  const form = el(
    "form.comment-form",
    {
      id: "commentform",
      "aria-labelledby": "reply-title",
      novalidate: true,
      submit,
      input: keepTyped,
      beforeinput: fit,
    },
    el("p.comment-notes", { id: "email-notes" }, say(words.notes)),
    text,
    left,
    others,
    field(say(words.consent), consent),
    alert,
    el("p.form-submit", {}, send, button("plain", say(words.cancel), close)),
  );
  const { content } = form.elements;
  const node = el("div.comment-respond", { id: "respond" }, heading, form);
  addEventListener("online", (event) => draft?.pending && submit(event), { signal });

  return {
    node,
    open,
    place,
    /** Take over what was typed into a form that the page brought along, and open with it, or with what was kept. */
    resume(given) {
      const kept = draftOf(article);
      const brought = given && new FormData(given);
      const me = { ...recall(TYPED, true) };
      for (const [name, id] of FIELDS) me[name] = brought?.get(id) || me[name];
      const { content: text = kept.text, ...who } = me;
      keep(TYPED, who, true);
      if (!text) return;
      kept.keep({ text });
      open(talk.opener, undefined, true);
    },
  };
}

// `maxlength` counts UTF-16's halves and the service characters: it grows by what comes in two halves.
function fit({ target, data }) {
  const text = target.value + (data ?? "");
  target.maxLength = target.most + text.length - length(text);
}

// As the service counts: the characters of the normal form.
function length(text) {
  return [...text.normalize()].length;
}
