// <tribune-share>: the reader's own way to share where the browser knows it, else links; and the address to copy.

import { button, el, webAddress } from "../shared/dom.js";
import { TribuneElement } from "../shared/element.js";
import { languageOf, wording } from "../shared/language.js";
import { glyph } from "../follow/glyphs.js";
import { NETWORKS } from "./networks.js";

const WORDS = {
  fr: {
    title: "Partager",
    share: "Partager cet article",
    copy: "Copier le lien",
    copied: "Lien copié.",
    denied: "Copiez le lien ci-dessous.",
    link: "Lien à copier",
    email: "E-mail",
  },
  en: {
    title: "Share",
    share: "Share this article",
    copy: "Copy link",
    copied: "Link copied.",
    denied: "Copy the link below.",
    link: "Link to copy",
    email: "Email",
  },
};
const TRACKING = /^(utm_.*|fbclid|gclid|tribune)$/;

/** Ways to share `url` under a `title`, which are the page's own unless they are given. */
export class Share extends TribuneElement {
  static observedAttributes = ["url", "title", "networks"];

  start() {
    const language = languageOf(this);
    const given = wording(this, language);
    const say = (key) => given(WORDS[language][key]);
    const url = this.#address();
    const title = this.getAttribute("title") ?? document.title;
    const said = el("p.said", { role: "status" });
    const ways = navigator.share
      ? [button("native", say("share"), () => share(url, title))]
      : this.#links(url, title, say("email"));
    const copy = button("to-copy", [glyph(), say("copy")], () => this.#copy(url, said, say));
    this.replaceChildren(
      ...this.querySelectorAll("script"),
      el(
        "div.share",
        { role: "group", "aria-label": say("title") },
        el(
          "ul.links",
          { role: "list" },
          [...ways, copy].map((way) => el("li", {}, way)),
        ),
        said,
      ),
    );
  }

  // The article's address as it wants to be known, without what tells where its readers come from.
  #address() {
    const given = parsed(this.getAttribute("url")) || parsed(document.querySelector("link[rel=canonical]")?.href);
    const url = given || new URL(location);
    for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
    if (!given) url.hash = "";
    return url.href;
  }

  #links(url, title, email) {
    const names = this.getAttribute("networks")?.split(",") ?? Object.keys(NETWORKS);
    const known = names.map((name) => name.trim()).filter((name) => Object.hasOwn(NETWORKS, name));
    return known.map((name) => {
      const [label, address] = NETWORKS[name];
      return el("a", { href: address(url, title), rel: "noopener nofollow" }, glyph(name), label ?? email);
    });
  }

  async #copy(url, said, say) {
    this.querySelector(".tribune-copy")?.remove();
    try {
      await navigator.clipboard.writeText(url);
      said.textContent = say("copied");
    } catch {
      const field = el("input.copy", { "aria-label": say("link"), readonly: true, value: url });
      said.after(field);
      said.textContent = say("denied");
      field.select();
    }
  }
}

function parsed(address) {
  try {
    return webAddress(address) && new URL(address);
  } catch {
    // It only begins like one.
  }
}

// Readers who think better of it are no error.
function share(url, title) {
  navigator.share({ url, title }).catch(() => {});
}
