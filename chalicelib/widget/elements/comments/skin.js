// Our classes are WordPress's names behind a prefix. In its skin they lose it, so that a theme's style sheet applies;
// what WordPress does not know keeps it, and our own styles.

const KNOWN_TO_WORDPRESS = /tribune-(?=comment|avatar|fn|reply|children|required|form-submit|submit|no-comments)/;

/** Dress what was drawn, and all that is in it, in the skin that an element wears. Gives it back. */
export function dressed(host, drawn) {
  if (host.getAttribute("skin") === "wordpress") {
    for (const part of [drawn, ...drawn.querySelectorAll("[class]")]) {
      part.setAttribute("class", (part.getAttribute("class") ?? "").replace(KNOWN_TO_WORDPRESS, ""));
    }
  }
  return drawn;
}
