// The numbers of an answer, unpacked for drawing.

import { floats, type Reals, reals } from "../wire/base64.ts";
import { type Band, bandOf } from "./quartiles.ts";

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

/** Paths that may be written over, over another floor: the losses stay. */
export function over(paths: Paths, floor: number | null): Paths {
  const [old, now] = [paths.floor ?? 0, floor ?? 0];
  if (old === now) return { ...paths, floor };
  const lift = (heights: Reals) => heights.forEach((height, k) => (heights[k] = height + (old - now)));
  for (const one of [paths, paths.fan]) {
    if (one === null) continue;
    lift(one.heights);
    for (let k = 0; k < one.heights.length; k++) one.curves[2 * k + 1] = one.heights[k];
  }
  if (paths.band !== null) for (const edge of [paths.band.lower, paths.band.upper]) lift(edge);
  return { ...paths, floor };
}

interface Shape {
  readonly steps: number;
  readonly runs: number;
  readonly seeds: number;
}

/** Whether `paths` have this shape; those of several seeds have all of them. */
export const hasShape = ({ steps, runs, fan }: Paths, shape: Shape): boolean =>
  steps === shape.steps && runs === shape.runs && (fan?.seeds ?? 1) === shape.seeds;

/** Paths of another shape, to be written over: the beginnings of `old` as far as there are any, NaN from there on. */
export function reshaped(old: Paths, shape: Shape): Paths {
  const { steps, runs, seeds } = shape;
  const own = extended(old, old.steps, steps, runs);
  const none = { points: new Float32Array(0), heights: new Float32Array(0) };
  const fan = seeds > 1 ? { seeds, ...extended(none, 0, steps, runs * seeds) } : null;
  const stopped = own.ends.map((end, run) => old.stopped[run] && end < steps);
  const kept = own.ends.map((end, run) => ((old.kept[run] ?? end + 1) <= end ? old.kept[run] : null));
  const band = fan && bandOf(fan.heights, seeds, steps + 1);
  return { ...own, steps, runs, stopped, kept, fan, band, floor: old.floor };
}

function extended(
  { points, heights }: Pick<Polylines, "points" | "heights">,
  far: number,
  steps: number,
  runs: number,
) {
  const [rows, old] = [steps + 1, far + 1];
  const places = new Float32Array(2 * runs * rows).fill(Number.NaN);
  const over = new Float32Array(runs * rows).fill(Number.NaN);
  for (let run = 0; run < Math.min(runs, heights.length / old); run++) {
    const known = Math.min(rows, old);
    places.set(points.subarray(2 * run * old, 2 * (run * old + known)), 2 * run * rows);
    over.set(heights.subarray(run * old, run * old + known), run * rows);
  }
  return polylinesOf(places, over, steps);
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
