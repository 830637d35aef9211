// Our classes are WordPress's names behind a prefix. In its skin they lose it, so that a theme's style sheet applies;
// what WordPress does not know keeps it, and our own styles.

import { skin } from "../shared/dom.js";

const KNOWN_TO_WORDPRESS = /^(comment|avatar|fn|reply|children|required|form-submit|submit|no-comments)/;

/** Wear the skin of a name, on all that is drawn from now on. */
export function wear(name) {
  skin.bare = name === "wordpress" && KNOWN_TO_WORDPRESS;
}
