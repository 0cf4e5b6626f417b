// Runs that the page has walked, put into the paths that are drawn: see fall_line/trajectories/run.py for the median.

import type { Reals } from "../wire/base64.ts";
import { lastFinite, lowest, type Paths, renew } from "./paths.ts";
import { bandOf } from "./quartiles.ts";

interface Walk {
  readonly points: Float64Array;
  readonly losses: Float64Array;
}

/** The walk of one seed. */
export interface Walked extends Walk {
  /** The last step at which it is finite. */
  readonly end: number;
  /** To which step's point it goes back, or null. */
  readonly kept: number | null;
  readonly final: number;
}

/** What is known of a walk; with `best` it goes back to its best point. */
export function walked({ points, losses }: Walk, best: boolean): Walked {
  const last = losses.length - 1;
  const end = lastFinite(points, losses, 0, last);
  const kept = best && end >= 0 ? lowest(losses.subarray(0, end + 1)) : null;
  return { points, losses, end, kept, final: losses[kept ?? last] };
}

// What is not finite counts as the greatest.
const height = ({ final }: Walked): number => (Number.isFinite(final) ? final : Infinity);

/** The walks of all seeds in the order of their final losses. */
export function byFinal(fan: readonly Walked[]): Walked[] {
  return [...fan].sort((a, b) => (height(a) === height(b) ? 0 : height(a) - height(b)));
}

/** The walk with the median of the final losses, of an even number the lower one in the middle. */
export const median = (fan: readonly Walked[]): Walked => byFinal(fan)[Math.floor((fan.length - 1) / 2)];

/** Writes `run`, walked with all its seeds, into paths that draw all seeds or the first of them. */
export function writeRun(paths: Paths, run: number, fan: readonly Walked[]): void {
  const shown = median(fan);
  const heights = fan.map(({ losses }) => (paths.floor === null ? losses : over(losses, paths.floor)));
  put(paths, run, shown.points, heights[fan.indexOf(shown)]);
  paths.stopped[run] = shown.end < paths.steps;
  paths.kept[run] = shown.kept;
  for (let seed = 0; paths.fan !== null && seed < paths.fan.seeds; seed += 1) {
    put(paths.fan, run * paths.fan.seeds + seed, fan[seed].points, heights[seed]);
  }
  if (paths.band !== null) writeBand(paths, run, heights);
}

const over = (losses: Float64Array, floor: number): Float64Array => losses.map((loss) => loss - floor);

function put(into: Parameters<typeof renew>[0], place: number, points: Reals, heights: Reals): void {
  const rows = heights.length;
  into.points.set(points, 2 * place * rows);
  into.heights.set(heights, place * rows);
  renew(into, place, rows - 1);
}

function writeBand({ band, steps }: Paths, run: number, heights: readonly Float64Array[]): void {
  const rows = steps + 1;
  const all = new Float64Array(heights.length * rows);
  heights.forEach((row, seed) => all.set(row, seed * rows));
  const { lower, upper } = bandOf(all, heights.length, rows);
  band!.lower.set(lower, run * rows);
  band!.upper.set(upper, run * rows);
}
