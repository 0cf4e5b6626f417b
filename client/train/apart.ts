// Which curves of the history must be drawn again: while one run is dragged it has a canvas of its own. Pure functions.

import type { Curve } from "./curves.ts";

/** What stands on the canvases. */
export interface Standing {
  /** All that axes and curves depend on besides the curves themselves. */
  readonly look: string;
  /** Of each run, those of each seed. */
  readonly curves: readonly (readonly Curve[])[];
  /** The run that is on the canvas above the others, or null. */
  readonly apart: number | null;
}

export interface Redrawing {
  /** Whether axes and all other runs are drawn again. */
  readonly others: boolean;
  readonly apart: number | null;
}

const same = (one: readonly Curve[], other: readonly Curve[]): boolean =>
  one.length === other.length && one.every((curve, k) => curve === other[k]);

/** What is drawn again where `before` stands: of curves that are the same objects nothing. */
export function redrawing(before: Standing | null, look: string, curves: Standing["curves"]): Redrawing {
  if (before === null || before.look !== look || before.curves.length !== curves.length)
    return { others: true, apart: null };
  const moved = curves.flatMap((seeds, run) => (same(seeds, before.curves[run]) ? [] : [run]));
  if (moved.every((run) => run === before.apart)) return { others: false, apart: before.apart };
  return { others: true, apart: moved.length === 1 ? moved[0] : null };
}
