// <tribune-most-read windows="24h,7d,30d">: a list with a tab for each of several windows.

import { button, el } from "../shared/dom.js";
import { languageOf } from "../shared/language.js";
import { MostRead } from "./element.js";

// Of what a number in a window's name is; between them stands a no-break space.
const WORDS = {
  fr: { h: " h", d: " jours", all: "Depuis toujours", nothing: "Rien à afficher pour l’instant." },
  en: { h: " h", d: " days", all: "All time", nothing: "Nothing to show yet." },
};

/**
 * A most-read list with tabs where `windows` are several: `window` is the one that is shown, at first the first of them.
 *
 * To choose a tab is to set `window`, and so to have another list.
 */
export class MostReadInTabs extends MostRead {
  static observedAttributes = [...MostRead.observedAttributes, "windows"];
  #tabs = [];

  async start(signal) {
    const windows = this.getAttribute("windows")?.split(",") ?? [];
    if (windows.length < 2) return super.start(signal);
    if (!this.hasAttribute("window")) return this.setAttribute("window", windows[0]);
    const before = this.firstElementChild;
    this.#choose(this.getAttribute("window"));
    const focused = this.#tabs.includes(document.activeElement);
    await super.start(signal);
    const section = this.firstElementChild;
    const found = section !== before && !this.hidden;
    if (signal.aborted || !(found || this.#tabs[0])) return;
    this.#show(section, windows, found);
    // The tabs are new; whoever was on one of them, and has not gone elsewhere since, is on it again.
    if (focused && document.activeElement === document.body) this.querySelector("[aria-selected=true]")?.focus();
  }

  #show(section, windows, found) {
    const words = WORDS[languageOf(this)];
    const heading = section.querySelector("h2");
    const id = `${heading.id}-panel`;
    this.#tabs = windows.map((value, place) =>
      button(
        "tab",
        value.replace(/h|d|all/, (unit) => words[unit]),
        () => this.setAttribute("window", value),
        {
          role: "tab",
          id: `${heading.id}-${value}`,
          value,
          "aria-controls": id,
          keydown: (event) => this.#move(event, place),
        },
      ),
    );
    const list = found ? section.querySelectorAll("ol, p") : [el("p", {}, words.nothing)];
    section.replaceChildren(
      heading,
      el("div.tabs", { role: "tablist", "aria-labelledby": heading.id }, this.#tabs),
      el("div.panel", { role: "tabpanel", id }, ...list),
    );
    this.hidden = false;
    this.#choose(this.getAttribute("window"));
  }

  #choose(window) {
    for (const tab of this.#tabs) {
      const chosen = tab.value === window;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) document.getElementById(tab.getAttribute("aria-controls"))?.setAttribute("aria-labelledby", tab.id);
    }
  }

  #move(event, place) {
    const on = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const next = { ArrowRight: place + on, ArrowLeft: place - on, Home: 0, End: -1 }[event.key];
    if (next == null) return;
    event.preventDefault();
    const tab = this.#tabs.at(next % this.#tabs.length);
    tab.focus();
    tab.click();
  }
}
