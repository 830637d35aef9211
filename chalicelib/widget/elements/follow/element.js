// <tribune-follow> around links of the page's own: « Nous rejoindre sur les réseaux ».

import { el, webAddress } from "../shared/dom.js";
import { TribuneElement } from "../shared/element.js";
import { languageOf, wording } from "../shared/language.js";
import { glyph } from "./glyphs.js";

const TITLE = { fr: "Nous rejoindre sur les réseaux", en: "Follow us" };
const HOSTS = {
  "facebook.com": "facebook",
  "x.com": "x",
  "twitter.com": "x",
  "bsky.app": "bluesky",
  "instagram.com": "instagram",
  "youtube.com": "youtube",
  "linkedin.com": "linkedin",
  "whatsapp.com": "whatsapp",
  "wa.me": "whatsapp",
  "t.me": "telegram",
  "threads.net": "threads",
  "threads.com": "threads",
  "tiktok.com": "tiktok",
};
let rows = 0;

/** A row of the links inside, each with a sign of its network; without script they are links all the same. */
export class Follow extends TribuneElement {
  static observedAttributes = ["heading"];

  start() {
    const language = languageOf(this);
    const say = wording(this, language);
    const id = `tribune-follow-${++rows}`;
    const links = [...this.querySelectorAll("a")].filter((link) => webAddress(link.href));
    this.replaceChildren(
      ...this.querySelectorAll("script"),
      el(
        "nav.follow",
        { "aria-labelledby": id },
        el("h2.list-title", { id }, this.getAttribute("heading") ?? say(TITLE[language])),
        el(
          "ul.links",
          { role: "list" },
          links.map((link) => el("li", {}, signed(link))),
        ),
      ),
    );
  }
}

function signed(link) {
  link.rel = "noopener me";
  if (!link.querySelector("svg")) link.prepend(glyph(networkOf(link)));
  return link;
}

function networkOf({ hostname, pathname }) {
  if (/(rss|atom|feed)[^/]*\/?$/.test(pathname)) return "rss";
  return HOSTS[Object.keys(HOSTS).find((host) => hostname === host || hostname.endsWith(`.${host}`))];
}
