// Every element of the page is made here. Texts become text nodes: nothing in this page ever parses HTML.

/** An element with attributes (true is an empty one, null and false none), listeners (functions) and children. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...present(children));
  return made;
}

/** Put children in place of those an element has; what is null or false is left out. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/** A button that says what it does; `properties` as those of an element. */
export function button(text, properties = {}) {
  return el("button", { type: "button", ...properties }, text);
}

/** A control under its label. */
export function labelled(text, control, hint) {
  control.id ||= `field-${++labelled.count}`;
  const described = hint && el("small", { id: `${control.id}-hint` }, hint);
  if (described) control.setAttribute("aria-describedby", described.id);
  return el("p", { class: "field" }, el("label", { for: control.id }, text), control, described);
}
labelled.count = 0;

/** A check box or a radio button, with what it stands for. */
export function tick(type, properties, ...words) {
  return el("label", { class: "box" }, el("input", { type, ...properties }), el("span", {}, words));
}

/** A choice of values: `options` are pairs of a value and its text. */
export function choice(options, chosen, properties = {}) {
  const made = options.map(([value, text]) => el("option", { value, selected: value === chosen }, text));
  return el("select", properties, made);
}

/** A link that opens beside this page, or the bare text where the address is none of the web's. */
export function outside(url, text) {
  if (!/^https?:\/\//i.test(url ?? "")) return el("span", { dir: "auto" }, text);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, text);
}

export const byId = (id) => document.getElementById(id);

function present(children) {
  return children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false);
}
