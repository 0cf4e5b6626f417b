// What the plots of the Explore page draw, put together from its state.

import type { Band } from "../drawing/quartiles.ts";
import type { Scene } from "../drawing/scene.ts";
import type { Palette } from "../experiment/experiment.ts";
import { current } from "../shell/theme.ts";
import type { Reals } from "../wire/base64.ts";
import { time } from "./playing.ts";
import { state } from "./state.ts";

/** The colours of the theme. */
export const palette = (): Palette => state.catalogue.palettes[current()];

/** The runs to draw, the topmost last. */
export function order(): number[] {
  const runs = state.paths?.runs ?? 0;
  const shown = state.experiment.runs.map((run, k) => (run.hidden ? -1 : k)).filter((k) => k >= 0 && k < runs);
  const top = state.highlight;
  return top === null || !shown.includes(top) ? shown : [...shown.filter((k) => k !== top), top];
}

const MOVING = 20_000; // pieces of all paths that a frame has time for

/** `polylines` are those of the runs, `fan` those of the seeds drawn, `band` the quartiles if losses are drawn. */
export function scene(polylines: Reals, fan: Reals | null | undefined, band: Band | null = null): Scene {
  const { experiment, highlight } = state;
  const paths = state.paths!;
  return {
    polylines,
    fan: fan && paths.fan ? { polylines: fan, seeds: paths.fan.seeds, ends: paths.fan.ends } : null,
    band,
    kept: paths.kept,
    most: state.provisional ? MOVING : undefined,
    steps: paths.steps,
    time: time(),
    ends: paths.ends,
    stopped: paths.stopped,
    styles: experiment.runs.map((run) => run.style),
    order: order(),
    highlight,
    apart: highlight === null ? state.apart : [],
    palette: palette(),
  };
}
