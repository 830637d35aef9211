// Votes: for, against, and none by pressing again. What one has voted is remembered in the browser.

import { button, el } from "../shared/dom.js";
import { sentence } from "./fields.js";
import { keep, recall } from "./storage.js";

const VOTES = "votes";

/** The two buttons and the sum between them. */
export function voteButtons(host, comment) {
  const { say } = host;
  const sum = el("span.votes", {});
  const made = (part, value) => button(part, "", () => vote(value), { "aria-label": say(part, comment.author) });
  const up = made("up", 1);
  const down = made("down", -1);
  let own;

  const show = (votes, mine) => {
    own = mine;
    sum.replaceChildren(
      el("span", { "aria-hidden": "true" }, host.number(votes)),
      el("span.unseen", {}, say("votes", { n: votes })),
    );
    up.ariaPressed = own === 1;
    down.ariaPressed = own === -1;
  };
  const vote = async (value) => {
    const wanted = own === value ? 0 : value;
    try {
      const heard = await host.api(`comments/${comment.id}/votes`, { vote: wanted });
      keep(VOTES, { ...recall(VOTES), [comment.id]: heard.vote });
      show(heard.votes, heard.vote);
    } catch (trouble) {
      host.announce(sentence(host, trouble));
    }
  };
  show(comment.votes, recall(VOTES)?.[comment.id]);
  return el("span.vote", {}, up, sum, down);
}
