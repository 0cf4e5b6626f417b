// The numbers of an answer, unpacked for drawing.

import { floats, type Reals, reals } from "../wire/base64.ts";
import type { Band } from "./quartiles.ts";

/** What an answer holds of paths: fall_line/explanations/answer.py. Arrays are float32 in base64, heights float64 if need be. */
export interface PathsAnswer {
  readonly steps: number;
  readonly points: string;
  readonly heights: string;
  /** The loss over which heights are, or null where they are losses. */
  readonly floor: number | null;
  /** The last finite step of each run. */
  readonly ends: readonly number[];
  readonly fan: { readonly seeds: number; readonly points: string; readonly heights: string } | null;
  /** The quartiles of the heights of all seeds, or null where there is one. */
  readonly band: { readonly lower: string; readonly upper: string } | null;
  /** To which step's point each run goes back at its end, or null. */
  readonly reports: readonly { readonly kept_step: number | null }[];
}

/** Polylines: points (x, y) over the surface, curves (step, height) in the loss plot. */
interface Polylines {
  readonly points: Float32Array;
  readonly heights: Reals;
  readonly curves: Reals;
  /** The last step that can be drawn; -1 if there is none. */
  readonly ends: number[];
}

/** The paths of the seeds that are drawn: those of the first run, then those of the next. */
export interface Fan extends Polylines {
  readonly seeds: number;
}

/** The paths of all runs, one after the other. */
export interface Paths extends Polylines {
  readonly steps: number;
  readonly runs: number;
  /** Whether a run stopped being finite. */
  readonly stopped: boolean[];
  readonly kept: (number | null)[];
  readonly fan: Fan | null;
  readonly band: Band | null;
  readonly floor: number | null;
}

/** The last step up to which a run's point and loss are finite; -1 if there is none. */
export function lastFinite(polyline: Reals, heights: Reals, run: number, steps: number): number {
  for (let k = 0; k <= steps; k++) {
    const at = 2 * (run * (steps + 1) + k);
    const finite = Number.isFinite(polyline[at]) && Number.isFinite(polyline[at + 1]);
    if (!finite || !Number.isFinite(heights[run * (steps + 1) + k])) return k - 1;
  }
  return steps;
}

function curvesOf(heights: Reals, steps: number): Reals {
  const curves =
    heights instanceof Float64Array ? new Float64Array(2 * heights.length) : new Float32Array(2 * heights.length);
  for (let k = 0; k < heights.length; k++) {
    curves[2 * k] = k % (steps + 1);
    curves[2 * k + 1] = heights[k];
  }
  return curves;
}

function endsOf(points: Float32Array, heights: Reals, steps: number): number[] {
  return Array.from({ length: heights.length / (steps + 1) }, (_, run) => lastFinite(points, heights, run, steps));
}

function polylinesOf(points: Float32Array, heights: Reals, steps: number): Polylines {
  return { points, heights, curves: curvesOf(heights, steps), ends: endsOf(points, heights, steps) };
}

function read({ points, heights }: Pick<PathsAnswer, "points" | "heights">, steps: number): Polylines {
  const places = floats(points);
  return polylinesOf(places, reals(heights, places.length / 2), steps);
}

/** The paths of an answer. */
export function unpack({ steps, points, heights, floor, ends, fan, band, reports }: PathsAnswer): Paths {
  const polylines = read({ points, heights }, steps);
  const count = polylines.heights.length;
  return {
    ...polylines,
    steps,
    runs: polylines.ends.length,
    // A run may outgrow the screen's float32 long before it stops being finite; only the server knows of the latter.
    stopped: ends.map((end) => end < steps),
    kept: reports.map((report) => report.kept_step),
    fan: fan && { seeds: fan.seeds, ...read(fan, steps) },
    band: band && { lower: reals(band.lower, count), upper: reals(band.upper, count) },
    floor,
  };
}

/** A copy whose numbers may be written over. */
export function copied(paths: Paths): Paths {
  const fan = paths.fan && { ...paths.fan, ...copies(paths.fan) };
  return { ...paths, ...copies(paths), stopped: [...paths.stopped], kept: [...paths.kept], fan };
}

function copies({ points, heights, curves, ends }: Polylines): Polylines {
  return { points: points.slice(), heights: heights.slice(), curves: curves.slice(), ends: [...ends] };
}

/** Brings curves and ends of `run` up to its points and heights, of a single path or of all seeds of a fan. */
export function renew(paths: Polylines, run: number, steps: number): void {
  const rows = steps + 1;
  for (let k = run * rows; k < (run + 1) * rows; k++) paths.curves[2 * k + 1] = paths.heights[k];
  paths.ends[run] = lastFinite(paths.points, paths.heights, run, steps);
}

type Long = Pick<Paths, "steps" | "runs" | "points" | "heights" | "ends">;

/** The first `steps` of `long` paths, as if no more had been walked. With `best` each run goes back to its best point. */
export function beginning(
  long: Long,
  steps: number,
  { floor, best }: { readonly floor: number | null; readonly best: boolean },
): Paths {
  const [rows, far] = [steps + 1, long.steps + 1];
  const [points, heights] = [new Float32Array(2 * long.runs * rows), new Float32Array(long.runs * rows)];
  for (let run = 0; run < long.runs; run++) {
    points.set(long.points.subarray(2 * run * far, 2 * (run * far + rows)), 2 * run * rows);
    heights.set(long.heights.subarray(run * far, run * far + rows), run * rows);
  }
  const polylines = polylinesOf(points, heights, steps);
  const kept = polylines.ends.map((end, run) =>
    best && end >= 0 ? lowest(heights.subarray(run * rows, run * rows + end + 1)) : null,
  );
  const stopped = long.ends.map((end) => end < steps);
  return { ...polylines, steps, runs: long.runs, stopped, kept, fan: null, band: null, floor };
}

/** The first step with the least height. */
export function lowest(heights: Reals): number {
  let best = 0;
  for (let k = 1; k < heights.length; k++) if (heights[k] < heights[best]) best = k;
  return best;
}

/** The loss of a run at a step, whatever its height is over. */
export function lossAt(paths: Paths, run: number, step: number): number {
  return paths.heights[run * (paths.steps + 1) + step] + (paths.floor ?? 0);
}
