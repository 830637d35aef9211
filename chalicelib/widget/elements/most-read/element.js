// <tribune-most-read window="24h" section="Monde" limit="5" article="42">: « Les + Lus ».

import { webAddress } from "../shared/dom.js";
import { TribuneElement } from "../shared/element.js";
import { languageOf } from "../shared/language.js";
import { hear } from "../shared/service.js";
import { countView } from "../shared/view.js";

const MINUTE = 60_000;
const QUERY = ["section", "sort", "limit", "published-within", "exclude"];
let lists = 0;

// This file travels alone to pages that want a list and nothing else: it has a smaller `el` of its own.
function make(tag, part, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  if (part) made.className = `tribune-${part}`;
  made.append(...children.filter((child) => child));
  return made;
}

/**
 * A most-read list. With `article` it counts the view of that article, and has the list in the same answer.
 *
 * What the page has put inside stays until there is a list, or if none can be had. Where nothing is listed, or nothing
 * new, nothing is shown.
 */
export class MostRead extends TribuneElement {
  static observedAttributes = [...QUERY, "article", "window"];

  async start(signal) {
    const get = (name) => this.getAttribute(name);
    const lang = languageOf(this);
    const [title, updated] = lang === "en" ? ["Most read", "updated "] : ["Les + Lus", "mis à jour "];
    const article = get("article");
    let query = get("window") ?? "24h";
    for (const name of QUERY) {
      get(name)
        ?.split(name === "exclude" ? "," : undefined)
        .map((value) => (query += `&${name.replace("-", "_")}=${encodeURIComponent(value)}`));
    }
    // Room for so many rows, so that nothing below moves when they come.
    const reserve = (rows) => this.style.setProperty("--rows", rows);
    const item = ({ article_id, image_url, section, title, url }) => {
      const picture = get("images") != null && webAddress(image_url);
      const link = make(
        "a",
        0,
        { href: webAddress(url) || "" },
        picture && make("img", 0, { alt: "", loading: "lazy", width: 80, height: 60, src: picture }),
        section && make("span", "section", 0, section, " "),
        make("span", "headline", 0, title),
      );
      if (article ? article === article_id : link.href === location.href) link.setAttribute("aria-current", "page");
      return make("li", 0, 0, link);
    };

    reserve(get("limit") ?? 5);
    const counted = await countView(this, article, `?most_read=${query}`);
    const list = counted?.most_read ?? (await hear(this, `most-read?window=${query}`).catch(() => 0));
    if (signal.aborted) return;
    const rows = list.articles?.map(item);
    if (!rows) return this.querySelector("ol") || reserve("");
    reserve(rows.length);
    const age = () => (new Date() - new Date(list.generated_at)) / MINUTE;
    this.hidden = !rows[0] || age() > (get("stale") ?? 60);
    const id = `tribune-list${++lists}`;
    const time = make("p", "updated");
    const shown = make(
      "section",
      "most-read",
      0,
      make("h2", "list-title", { id }, get("heading") ?? title),
      make("ol", "ranks", { role: "list" }, ...rows),
      time,
    );
    shown.setAttribute("aria-labelledby", id);
    this.replaceChildren(shown);
    const tell = () => {
      if (signal.aborted) clearInterval(timer);
      time.textContent = updated + new Intl.RelativeTimeFormat(lang).format(-Math.max(age() | 0, 1), "minute");
    };
    const timer = setInterval(tell, MINUTE);
    tell();
  }
}
