// The queues by status, each with its count.

import { href } from "./address.js";
import { byId, el, fill } from "./elements.js";
import { count, t } from "./language.js";
import { STATUSES, state } from "./state.js";

/** Draw the tabs; the filter beside the status goes along from one to the other. */
export function drawTabs() {
  const focused = document.activeElement?.dataset?.status;
  const tabs = state.filter.author ? ["all", ...STATUSES] : STATUSES;
  fill(
    byId("tabs"),
    el("ul", {}, tabs.map((status) => el("li", {}, tab(status)))),
  );
  if (focused) byId("tabs").querySelector(`[data-status="${focused}"]`)?.focus();
  const { status } = state.filter;
  byId("heading").textContent = t(`status.${status}`);
  const waiting = status in state.counts ? `(${count(state.counts[status])}) ` : "";
  document.title = `${waiting}${t(`status.${status}`)} – ${t("brand")}`;
}

function tab(status) {
  const current = status === state.filter.status ? "page" : null;
  const n = status in state.counts ? el("span", { class: "count" }, count(state.counts[status])) : null;
  const link = { href: href({ ...state.filter, status }), "data-go": true, "data-status": status };
  return el("a", { ...link, "aria-current": current }, `${t(`status.${status}`)} `, n);
}
