// A sign before a link's name, for the eye alone: strokes of our own on a square of 24, no network's drawing.

import { svg } from "../shared/dom.js";

const STROKES = {
  bluesky: "M8 3v17 M8 13a4 4 0 1 1 0 4",
  email: "M3 6h18v12H3z M3 7l9 7 9-7",
  facebook: "M16 4h-1a4 4 0 0 0-4 4v13 M7 12h8",
  instagram: "M4 4h16v16H4z M8.5 12a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0 M17 7h.1",
  linkedin: "M6 10v9 M6 5h.1 M11 19v-9 M11 14a4 4 0 0 1 8 0v5",
  rss: "M5 19h.1 M5 12a7 7 0 0 1 7 7 M5 5a14 14 0 0 1 14 14",
  telegram: "M3 12 21 4l-4 16-6-5z M11 15l10-11",
  threads: "M16 12a4 4 0 1 0-8 0a4 4 0 1 0 8 0c0 5 4 5 4 0a8 8 0 1 0-4 7",
  tiktok: "M13 4v11a4 4 0 1 1-4-4 M13 4a5 5 0 0 0 5 5",
  whatsapp: "M4 20l1.5-5a8 8 0 1 1 3.5 3.5z",
  x: "M5 4l14 16 M19 4 5 20",
  youtube: "M3 6h18v12H3z M10 9.5v5l5-2.5z",
};
const LINK = "M9 15l6-6 M10 6l2-2a4 4 0 0 1 6 6l-2 2 M14 18l-2 2a4 4 0 0 1-6-6l2-2";

/** The sign of a network, or of a link where it is none that we know. */
export function glyph(name) {
  const path = svg("path", { d: STROKES[name] ?? LINK });
  return svg("svg.glyph", { viewBox: "0 0 24 24", "aria-hidden": "true" }, path);
}
