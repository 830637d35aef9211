// The document, written to as text and nodes only: nothing here ever parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** The names of classes that go without our prefix, `bare`: those that the skin of the page knows, if it has one. */
export const skin = { bare: false };

/**
 * Make an element: `el("p.error")` is a <p class="tribune-error">. A function among the attributes listens to the event
 * of its name; true is an attribute without a value; null and false leave the attribute, or the child, out.
 */
export function el(tag, attributes, ...children) {
  return made((name) => document.createElement(name), tag, attributes, children);
}

/** Make an element of a drawing. */
export function svg(tag, attributes, ...children) {
  return made((name) => document.createElementNS(SVG, name), tag, attributes, children);
}

/** Make a button, which sends no form. */
export function button(part, label, click, attributes) {
  return el(`button.${part}`, { type: "button", click, ...attributes }, label);
}

function made(create, tag, attributes, children) {
  const [name, part] = tag.split(".");
  const node = create(name);
  if (part) node.setAttribute("class", part.match(skin.bare) ? part : `tribune-${part}`);
  for (const name in attributes) {
    const value = attributes[name];
    if (value?.call) node.addEventListener(name, value);
    else if (value != null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter(Boolean));
  return node;
}

/** An address that a link may lead to, false for any that is not http or https. */
export function webAddress(text) {
  return /^https?:/i.test(text) && text;
}
