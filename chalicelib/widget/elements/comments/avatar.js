// A portrait drawn from the public name's seed: the same for the same name, and no request.

import { svg } from "../shared/dom.js";

/** The drawing: of fifteen squares and their mirror images those that the seed's bits tell, in its hue. */
export function avatar({ avatar: seed }) {
  const bits = parseInt(seed.slice(0, 8), 16);
  let d = "";
  for (let at = 0; at < 15; at++) {
    const x = at % 3;
    const y = (at - x) / 3;
    if ((bits >> at) & 1) d += `M${x} ${y}h1v1h-1zM${4 - x} ${y}h1v1h-1z`;
  }
  return svg(
    "svg.avatar",
    { viewBox: "-1 -1 7 7", width: 40, height: 40, "aria-hidden": "true" },
    svg("path", { d, fill: `hsl(${bits % 360} 55% 50%)` }),
  );
}
