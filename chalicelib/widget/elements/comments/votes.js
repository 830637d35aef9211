// Votes: for, against, and none by pressing again. What one has voted is remembered in the browser.

import { button, el } from "../shared/dom.js";
import { keep, recall } from "./storage.js";
import * as words from "words";

/** The two buttons and the sum between them. */
export function voteButtons(talk, comment) {
  const { say } = talk;
  const name = `vote.${comment.id}`;
  const sum = el("span.votes", {});
  const made = (part, label, value) =>
    button(part, "", () => vote(value), { "aria-label": say(label, comment.author.name) });
  const up = made("up", words.up, 1);
  const down = made("down", words.down, -1);
  let own;

  const show = (votes, mine) => {
    own = mine;
    sum.textContent = say(words.votes, votes);
    up.ariaPressed = own === 1;
    down.ariaPressed = own === -1;
  };
  const vote = async (value) => {
    const wanted = own === value ? 0 : value;
    const heard = await talk.api(`comments/${comment.id}/votes`, { vote: wanted }).catch(talk.fail);
    if (!heard) return;
    keep(name, heard.vote);
    show(heard.votes, heard.vote);
  };
  show(comment.votes, recall(name));
  return el("span.vote", {}, up, sum, down);
}
