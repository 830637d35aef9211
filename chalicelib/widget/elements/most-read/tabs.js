// <tribune-most-read windows="24h,7d,30d">: a list with a tab for each of several windows.

import { button, el } from "../shared/dom.js";
import { languageOf } from "../shared/language.js";
import { MostRead, NAMES } from "./element.js";

// Of what a number in a window's name is; between them stands a no-break space.
const WORDS = {
  fr: { h: " h", d: " jours", all: "Depuis toujours", nothing: "Rien à afficher pour l’instant." },
  en: { h: " h", d: " days", all: "All time", nothing: "Nothing to show yet." },
};

/**
 * A most-read list with tabs where `windows` are several: at first of `window`, if it is one of them and there is
 * something in it, else of the first of them in which there is.
 *
 * To choose a tab is to set `window`. Where its list cannot be had, the one that is there stays, and so does its tab.
 */
export class MostReadInTabs extends MostRead {
  static observedAttributes = [...MostRead.observedAttributes, "windows"];
  #tabs = [];
  #shown;

  async start(signal) {
    const windows = this.getAttribute("windows")?.match(NAMES) ?? [];
    if (!windows[1]) return super.start(signal, windows[0]);
    const wished = windows.filter((window) => window === this.getAttribute("window"));
    let list;
    let window;
    for (window of new Set([...wished, ...windows])) {
      this.#choose(window);
      list = await this.list(window);
      if (signal.aborted) return;
      // A reader who sees tabs chooses among them.
      if (list.articles?.length !== 0 || this.#tabs[0]) break;
    }
    const focused = this.#tabs.includes(document.activeElement);
    this.draw(list);
    if (!list.articles) return this.#choose(this.#shown);
    if (this.hidden && !this.#tabs[0]) return;
    this.#show(window, windows);
    // The tabs are new; whoever was on one of them is on it again.
    if (focused) this.querySelector("[aria-selected=true]").focus();
  }

  #show(window, windows) {
    const section = this.firstElementChild;
    const words = WORDS[languageOf(this)];
    const heading = section.querySelector("h2");
    const id = `${heading.id}-panel`;
    this.#tabs = windows.map((value, place) =>
      button(
        "tab",
        value.replace(/h|d|all/, (unit) => words[unit]),
        () => {
          this.setAttribute("window", value);
          // Once more if it was that already, and its list could not be had.
          this.connectedCallback();
        },
        {
          role: "tab",
          id: `${heading.id}-${value}`,
          value,
          "aria-controls": id,
          keydown: (event) => this.#move(event, place),
        },
      ),
    );
    const list = this.hidden ? [el("p", {}, words.nothing)] : section.querySelectorAll("ol, p");
    section.replaceChildren(
      heading,
      el("div.tabs", { role: "tablist", "aria-labelledby": heading.id }, this.#tabs),
      el("div.panel", { role: "tabpanel", id }, ...list),
    );
    this.hidden = false;
    this.#choose((this.#shown = window));
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
