// What every element of ours is: light DOM, started when it is in the page, and started again when an attribute changes.

/** An element that `start(signal)`s when it is connected; `signal` aborts when it leaves or starts again. */
export class TribuneElement extends HTMLElement {
  #life;

  connectedCallback() {
    this.disconnectedCallback();
    const { signal } = (this.#life = new AbortController());
    // A microtask later, whoever makes the element has given it all its attributes.
    queueMicrotask(() => signal.aborted || this.start(signal));
  }

  attributeChangedCallback(name, before, after) {
    if (this.#life && before !== after) this.connectedCallback();
  }

  disconnectedCallback() {
    this.#life = this.#life?.abort();
  }
}

/** Define an element once, however many of our scripts a page has; its styles come along. */
export function define(name, type, ...styles) {
  if (customElements.get(name)) return;
  document.adoptedStyleSheets.push(...styles);
  customElements.define(name, type);
}
