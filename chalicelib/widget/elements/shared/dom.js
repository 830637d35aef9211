// The document, written to as text and nodes only: nothing here ever parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element: `el("p.error")` is a <p class="tribune-error">. A function among the attributes listens to the event
 * of its name; true is an attribute without a value; null and false leave the attribute, or the child, out.
 */
export function el(tag, attributes, ...children) {
  const [name, part] = tag.split(".");
  const made = filled(document.createElement(name), attributes, children);
  if (part) made.className = `tribune-${part}`;
  return made;
}

/** Make a button, which sends no form. */
export function button(part, label, click, attributes) {
  return el(`button.${part}`, { type: "button", click, ...attributes }, label);
}

/** Make an element of a drawing. */
export function svg(tag, attributes, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const name in attributes) {
    const value = attributes[name];
    if (value?.call) made.addEventListener(name, value);
    else if (value != null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

/** An address that a link may lead to, false for any that is not http or https. */
export function webAddress(text) {
  return /^https?:\/\//i.test(text) && text;
}
