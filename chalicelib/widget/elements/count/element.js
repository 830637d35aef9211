// <tribune-count article="42" of="comments">: how many comments (or views) an article has; many of them, one request.

import { TribuneElement } from "../shared/element.js";
import { languageOf, wording } from "../shared/language.js";
import { hear } from "../shared/service.js";

const WORDS = {
  fr: {
    comments: ["Aucun commentaire", "{n} commentaire", "{n} commentaires", "{n} de commentaires"],
    views: ["Aucune lecture", "{n} lecture", "{n} lectures", "{n} de lectures"],
  },
  en: { comments: ["No comments", "{n} comment", "{n} comments"], views: ["No views", "{n} view", "{n} views"] },
};
// What the service takes in one request, and what gateways take as an address.
const MOST = 100;
const LONGEST = 5_900;
const waiting = { __proto__: null };

/** A number of comments or `views` in words. What the page has put inside stays where none can be had. */
export class Count extends TribuneElement {
  static observedAttributes = ["article", "of"];

  start() {
    const service = this.getAttribute("service");
    if (!this.getAttribute("article")) return;
    if (!waiting[service]) {
      waiting[service] = [];
      queueMicrotask(() => tell(service));
    }
    waiting[service].push(this);
  }
}

// The same articles make the same address, whatever their order, which caches know.
async function tell(service) {
  const hosts = waiting[service];
  delete waiting[service];
  const ids = [...new Set(hosts.map((host) => encodeURIComponent(host.getAttribute("article"))))].sort();
  while (ids[0]) {
    const asked = [];
    do asked.push(ids.shift());
    while (ids[0] && asked.length < MOST && `${asked}${ids[0]}`.length < LONGEST);
    const { counts } = await hear(hosts[0], `counts?ids=${asked}`).catch(() => ({}));
    for (const host of hosts) {
      const language = languageOf(host);
      const what = host.getAttribute("of") ?? "comments";
      const n = counts?.[host.getAttribute("article")]?.[what];
      if (!(n >= 0)) continue;
      const [none, ...forms] = WORDS[language][what];
      host.textContent = wording(host, language)(n ? forms : none, n);
    }
  }
}
