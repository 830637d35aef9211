// A page view, counted once for a page and article however many elements and scripts of ours are in it.

import { hear } from "./service.js";

/**
 * Count a view of the article, once somebody sees the page: neither while it is prerendered nor in a tab behind.
 *
 * `query` may ask for a list in the same answer. Resolves with the answer, with nothing where another element has counted
 * the view or nothing was heard: a page never waits for it, and never says that it failed.
 */
export async function countView(host, article, query = "") {
  // All scripts of ours know this set; no id in the page can name it, as it could a property of the window.
  const counted = (HTMLElement.tribuneViews ??= new Set([null, ""]));
  if (counted.has(article)) return;
  counted.add(article);
  if (document.hidden) await new Promise((seen) => addEventListener("visibilitychange", seen));
  return hear(host, `articles/${encodeURIComponent(article)}/views${query}`, {
    method: "POST",
    keepalive: true,
  }).catch(() => 0);
}
