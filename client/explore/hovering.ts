// What happens under the pointer on the Explore page: the run that is meant stands out, and a tip tells its numbers.

import type { Under } from "../drawing/geometry.ts";
import { markRow, showTooltip } from "../drawing/tooltip.ts";
import { byId } from "../shell/document.ts";
import { inspectHovered } from "./inspector/inspector.ts";
import { drawAll } from "./plots.ts";
import { state, to } from "./state.ts";

/** The pointer is over the point `under` of a run, or over none. */
export function hover(under: Under | null, event: PointerEvent): void {
  // Numbers are told of exact paths only, see walking.ts.
  const found = state.provisional ? null : under;
  const names = state.answer?.reports.map(({ name }) => name) ?? [];
  if (state.paths !== null) showTooltip(byId("tooltip"), found, event, state.paths, names);
  highlight(found === null ? null : found.run);
  inspectHovered(found);
}

/** Lets a run stand out, if it is shown. */
export function highlight(wanted: number | null): void {
  const run = wanted !== null && state.experiment.runs[wanted]?.hidden ? null : wanted;
  if (run === state.highlight) return;
  to.highlighted(run);
  markRow(run);
  drawAll(true);
}
