// Where the runs of the Explore page start, and what its plot shows.

import { including, inside } from "../drawing/geometry.ts";
import { roundedCoordinate } from "../drawing/handle.ts";
import type { Box, Point } from "../experiment/experiment.ts";
import { change } from "./changing.ts";
import { writeStart } from "./numbers.ts";
import { visible } from "./plots.ts";
import { state, surface, to } from "./state.ts";

/** The reader moves the start. */
export function setStart(start: Point): void {
  const { experiment } = state;
  const seen = [experiment.view, surface().domain].some((box) => box !== null && inside(box, start));
  // A wide plot shows more than the domain: what is seen there becomes the view, in which a start may lie.
  const beside = !seen && inside(visible(), start);
  change({ ...experiment, start, view: beside ? rounded(visible()) : experiment.view }, "start");
  writeStart(start);
}

/** The reader zooms or pans. Without a view the domain is shown, and as much more as shows the start too. */
export function setView(view: Box | null): void {
  const { domain } = surface();
  const { start } = state.experiment;
  to.zoomed(view === null ? null : rounded(view));
  const held = view === null ? whole(domain, start) : holding(view, domain, start);
  change({ ...state.experiment, view: held === null ? null : rounded(held) }, "view", { contour: true });
}

const whole = (domain: Box, start: Point): Box | null => (inside(domain, start) ? null : including(domain, start));

const holding = (view: Box, domain: Box, start: Point): Box =>
  inside(domain, start) || inside(view, start) ? view : including(view, start);

// As fine as the screen shows it.
function rounded([xLow, xHigh, yLow, yHigh]: Box): Box {
  const fine = (edge: number) => roundedCoordinate(edge, xHigh - xLow);
  return [fine(xLow), fine(xHigh), fine(yLow), fine(yHigh)];
}
