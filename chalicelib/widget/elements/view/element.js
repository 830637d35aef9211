// <tribune-view article="42">: counts a view of the article, and shows nothing.

import { TribuneElement } from "../shared/element.js";
import { countView } from "../shared/view.js";

/** Counts a view. */
export class View extends TribuneElement {
  static observedAttributes = ["article"];

  start() {
    countView(this, this.getAttribute("article"));
  }
}
