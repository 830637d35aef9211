// <tribune-most-read window="24h" section="Monde" limit="5" article="42">: « Les + Lus ».

import { webAddress } from "../shared/dom.js";
import { TribuneElement } from "../shared/element.js";
import { languageOf } from "../shared/language.js";
import { hear } from "../shared/service.js";
import { countView } from "../shared/view.js";

const MINUTE = 60_000;
/** What there may be several of in an attribute: names between commas or spaces. */
export const NAMES = /[^,\s]+/g;
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

  async start(signal, first = "24h") {
    const list = await this.list(this.getAttribute("window") || first);
    if (!signal.aborted) this.draw(list);
  }

  /** What the service says of a window: its list, or why it refuses; nothing where it cannot be reached. */
  async list(window) {
    const get = (name) => this.getAttribute(name);
    let query = encodeURIComponent(window);
    for (const name of QUERY) {
      get(name)
        ?.match(name === "exclude" ? NAMES : /.+/s)
        ?.map((value) => (query += `&${name.replace("-", "_")}=${encodeURIComponent(value)}`));
    }
    // Room for so many rows, so that nothing below moves when they come.
    this.style.setProperty("--rows", get("limit") || 5);
    const counted = await countView(this, get("article"), `?most_read=${query}`);
    return counted?.most_read ?? hear(this, `most-read?window=${query}`).catch(() => 0);
  }

  /** Show a list, in the place of what was there. */
  draw(list) {
    const get = (name) => this.getAttribute(name);
    const lang = languageOf(this);
    const [title, updated] = lang === "en" ? ["Most read", "updated "] : ["Les + Lus", "mis à jour "];
    const article = get("article");
    const item = ({ article_id, image_url, section, title, url }) => {
      const link = make(
        "a",
        0,
        { href: webAddress(url) || "" },
        this.hasAttribute("images") &&
          webAddress(image_url) &&
          make("img", 0, { alt: "", loading: "lazy", width: 80, height: 60, src: image_url }),
        section && make("span", "section", 0, section, " "),
        make("span", "headline", 0, title),
      );
      if (article ? article === article_id : link.href === location.href) link.setAttribute("aria-current", "page");
      return make("li", 0, 0, link);
    };

    const rows = list.articles?.map(item);
    this.style.setProperty("--rows", (rows ?? this.querySelectorAll("ol > li")).length || "");
    if (!rows) return list && console.warn("Tribune:", list);
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
      if (!time.isConnected) clearInterval(timer);
      time.textContent = updated + new Intl.RelativeTimeFormat(lang).format(-Math.max(age() | 0, 1), "minute");
    };
    const timer = setInterval(tell, MINUTE);
    tell();
  }
}
