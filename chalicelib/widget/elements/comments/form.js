// The form: one for the whole element, which moves under the comment it answers.

import { button, el } from "../shared/dom.js";
import { draftOf } from "./draft.js";
import { field, sentence, tell } from "./fields.js";
import { ownComments, rememberOwn } from "./own.js";
import { dressed } from "./skin.js";
import { keep, recall } from "./storage.js";

/** Who one is: kept if one has agreed, and as typed in this tab. */
const ME = "me";
const TYPED = "typed";
const PAUSES = [1_000, 3_000];
const LIMITS = { content: 5_000, author_name: 100, author_email: 254, author_url: 2_000 };
/** The ids of the controls, which are WordPress's names for our fields, and what browsers call what goes in. */
const IDS = { content: "comment", author_name: "author", author_email: "email", author_url: "url" };
const FILLED_BY = { author_name: "name", author_email: "email", author_url: "url" };
/** Characters left from which on the reader is told how many. */
const NEAR = 500;

/** The form of an element; `node` is in the page while it is open. */
export class Form {
  #host;
  #api;
  #signal;
  #form;
  #heading;
  #alert;
  #left;
  #send;
  #consent;
  #opener;
  #draft;
  #token;
  /** The ids of the drafts that are on their way. */
  #sending = new Set();

  constructor(host) {
    const { say, signal } = (this.#host = host);
    this.#api = host.api;
    this.#signal = signal;
    this.#heading = el("h3.comment-reply-title", { id: "reply-title" });
    this.#alert = el("p.error", { role: "alert" });
    this.#left = el("small", { id: "comment-left" });
    this.#send = el("button.submit", { id: "submit" }, say("leave"));
    const change = () => this.#consent.checked || keep(ME);
    this.#consent = el("input", { id: "wp-comment-cookies-consent", type: "checkbox", change });
    this.#form = el(
      "form.comment-form",
      {
        id: "commentform",
        "aria-labelledby": "reply-title",
        novalidate: true,
        submit: (event) => this.#submit(event),
        input: () => this.#keep(),
        beforeinput: fit,
      },
      el("p.comment-notes", { id: "email-notes" }, say("notes")),
      this.#field("content", "comment-left"),
      this.#left,
      this.#field("author_name"),
      this.#field("author_email", "email-notes"),
      this.#field("author_url"),
      field(say("consent"), this.#consent),
      this.#alert,
      el("p.form-submit", {}, this.#send, button("plain", say("cancel"), () => this.#close())),
    );
    this.node = dressed(host, el("div.comment-respond", { id: "respond" }, this.#heading, this.#form));
    addEventListener("online", () => this.#draft?.pending && this.#submit(), { signal });
  }

  /** Open it for an answer to `parent`, or a new thread, behind the button that asked; ask again to close it. */
  open(opener, parent, isQuiet) {
    const { say, article } = this.#host;
    if (this.node.isConnected && this.#opener === opener) return this.#close();
    this.#opener?.setAttribute("aria-expanded", false);
    opener.setAttribute("aria-expanded", true);
    this.#opener = opener;
    this.#draft = draftOf(article, parent);
    this.#heading.textContent = parent ? say("replyTo", parent.author) : say("leave");
    // A new thread's form stands above the heading of the list.
    this.#heading.setAttribute("aria-level", parent ? 3 : 2);
    this.#restore();
    this.place();
    if (!isQuiet) this.#form.elements.content.focus();
    this.#token ??= this.#api("form-tokens", {}).then(
      (heard) => {
        LIMITS.content = heard.max_content;
        this.#count();
        return heard.form_token;
      },
      () => (this.#token = undefined),
    );
  }

  /** Stand under the comment that is answered, wherever that is now. */
  place() {
    const answered = this.#host.querySelector(`#comment-${this.#draft.parent_id} > article`);
    (answered ?? this.#host.opener.parentNode).after(this.node);
  }

  /** Take over what was typed into a form that the page brought along, and open with it, or with what was kept. */
  resume(opener, typed) {
    const draft = draftOf(this.#host.article);
    const given = typed && new FormData(typed);
    const me = { ...recall(TYPED, true) };
    for (const name in FILLED_BY) me[name] = given?.get(IDS[name]) || me[name];
    keep(TYPED, me, true);
    const text = given?.get(IDS.content) || draft.text;
    if (!text) return;
    draft.keep({ text });
    this.open(opener, undefined, true);
  }

  // What is in it stays as a draft, which goes nowhere by itself any more; the focus goes back to the button.
  #close() {
    this.#draft.keep({ pending: false });
    this.#leave();
  }

  #leave() {
    this.node.remove();
    this.#opener.setAttribute("aria-expanded", false);
    (this.#opener.isConnected ? this.#opener : this.#host.heading).focus();
  }

  #field(name, describedBy) {
    const id = IDS[name];
    const isText = name === "content";
    const control = el(isText ? "textarea" : "input", {
      id,
      name,
      dir: isText && "auto",
      rows: isText && 8,
      type: isText ? null : id === "author" ? "text" : id,
      autocomplete: FILLED_BY[name],
      maxlength: LIMITS[name],
      required: name !== "author_url",
    });
    return field(this.#host.say(id), control, describedBy);
  }

  #restore() {
    const { text } = this.#draft;
    const me = recall(ME);
    const known = { ...me, ...recall(TYPED, true), content: text };
    for (const name in IDS) this.#form.elements[name].value = known[name] ?? "";
    this.#consent.checked = me;
    this.#say();
    this.#mark();
    this.#count();
    if (text) this.#host.announce(this.#host.say("restored"));
  }

  #typed() {
    return Object.fromEntries(new FormData(this.#form));
  }

  // The text is kept in the browser; who one is, in this tab only, unless one has said otherwise. Who goes on writing
  // does not want it sent by itself.
  #keep() {
    const { content, ...me } = this.#typed();
    if (this.#draft.pending) this.#say();
    this.#draft.keep({ text: content, pending: false });
    keep(TYPED, me, true);
    this.#count();
  }

  #count() {
    const n = LIMITS.content - length(this.#form.elements.content.value);
    this.#left.textContent = n < NEAR ? this.#host.say(n < 0 ? "over" : "remaining", { n: Math.abs(n) }) : "";
  }

  // A text that is on its way stays as it is. The button, too: what moves is hit by a second click.
  #mark() {
    const isSent = this.#sending.has(this.#draft.id);
    this.#send.setAttribute("aria-disabled", isSent);
    this.#form.elements.content.readOnly = isSent;
  }

  // Another answer may have been begun meanwhile.
  #isOpenFor(draft) {
    return this.#draft.id === draft.id && this.node.isConnected;
  }

  async #submit(event) {
    event?.preventDefault();
    const host = this.#host;
    const draft = this.#draft;
    const { id } = draft;
    if (this.#sending.has(id)) return;
    this.#keep();
    this.#say();
    this.#sending.add(id);
    this.#mark();
    host.announce(host.say("sending"));
    const trouble = await this.#post(draft, this.#typed()).catch((trouble) => trouble);
    this.#sending.delete(id);
    this.#mark();
    if (!trouble || this.#signal.aborted) return;
    const isSeen = this.#isOpenFor(draft);
    if (isSeen) this.#say(trouble);
    host.announce(isSeen ? "" : sentence(host, trouble));
  }

  async #post(draft, typed) {
    const host = this.#host;
    const { content, ...me } = typed;
    const before = draft.attempted ?? content;
    draft.keep({ attempted: before, pending: true });
    const { parent_id, id: submission_id } = draft;
    let comment = await this.#sent(draft, { ...typed, parent_id, submission_id, form_token: await this.#token });
    if (ownComments(comment.article_id)[comment.id]) {
      // It has arrived before, from another tab say: what is here now is another comment.
      draft.renew();
      return this.#post(draft, typed);
    }
    if (before !== content) {
      // An earlier attempt may have arrived with another text, and this one have been answered with that.
      const { id, edit_token } = comment;
      comment = await this.#api(`comments/${id}/edits`, { edit_token, content }).catch((trouble) => {
        if (trouble.status === 403) this.#take(comment, before);
        throw trouble;
      });
    }
    draft.forget();
    keep(ME, this.#consent.checked ? me : null);
    this.#token = undefined;
    const isAwaited = this.#isOpenFor(draft);
    if (isAwaited) this.#leave();
    this.#take(comment, content, isAwaited);
  }

  #take(comment, content, isAwaited) {
    rememberOwn(this.#host, { ...comment, content });
    if (!this.#signal.aborted) this.#host.posted(comment, isAwaited);
  }

  // The same submission again and again, as long as nobody knows whether it has arrived.
  async #sent(draft, body) {
    for (const pause of [...PAUSES, 0]) {
      try {
        return await this.#api("comments", body);
      } catch (trouble) {
        const isRefused = trouble.status && trouble.status < 500;
        if (isRefused) draft.keep({ attempted: undefined, pending: false });
        if (isRefused || !pause || !navigator.onLine) throw trouble;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  // What went wrong, if anything, and what becomes of a text that has not been heard.
  #say(trouble) {
    const { say } = this.#host;
    tell(this.#host, this.#form, this.#alert, trouble);
    if (this.#draft.pending && trouble) this.#alert.append(" ", say(navigator.onLine ? "kept" : "leaves"));
  }
}

// `maxlength` counts UTF-16's halves and the service characters: it grows by what comes in two halves.
function fit({ target, data, dataTransfer }) {
  const text = target.value + (data ?? dataTransfer?.getData("text/plain") ?? "");
  if (LIMITS[target.name]) target.maxLength = LIMITS[target.name] + text.length - length(text);
}

// As the service counts: the characters of the normal form.
function length(text) {
  return [...text.normalize()].length;
}
