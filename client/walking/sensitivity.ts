// Whether a run is chaotic: a twin starts next to it and rounds otherwise. The Python twin, which says why, is fall_line/trajectories/sensitivity.py.

type Place = readonly [number, number];

const APART = 1e-12; // of the domain's diagonal
const ASIDE: Place = [APART * Math.cos(1), APART * Math.sin(1)];
const SEEN = 1e-3; // of the domain's diagonal
const NUMBERS = 4; // how many of them the twin lies away at least

const ROUNDED = 2 ** -51; // how far a twin's look is off, as a part of its coordinates

/** By what a twin's coordinates are multiplied where it looks, at even and at odd steps. */
export const ROUNDINGS: readonly [Place, Place] = [
  [1, 1],
  [1 + ROUNDED, 1 - ROUNDED],
];

// The distance from `value` to the next number.
const spacing = (value: number): number => 2 ** (Math.floor(Math.log2(Math.max(Math.abs(value), 2 ** -1022))) - 52);

/** Where the twin of a run from `start` starts. */
export function startBeside(start: Place, diagonal: number): Place {
  const beside = (value: number, aside: number) => value + Math.max(diagonal * aside, NUMBERS * spacing(value));
  return [beside(start[0], ASIDE[0]), beside(start[1], ASIDE[1])];
}

/** The first step at which the run of `points` and its twin's are apart, both being finite up to `end`, or null. */
export function partingStep(points: Float64Array, twin: Float64Array, end: number, diagonal: number): number | null {
  let [left, right, low, high] = [points[0], points[0], points[1], points[1]];
  for (let k = 0; k <= end; k += 1) {
    const [x, y] = [points[2 * k], points[2 * k + 1]];
    [left, right, low, high] = [Math.min(left, x), Math.max(right, x), Math.min(low, y), Math.max(high, y)];
    const gap = Math.hypot(twin[2 * k] - x, twin[2 * k + 1] - y);
    if (gap > SEEN * Math.max(diagonal, Math.hypot(right - left, high - low))) return k;
  }
  return null;
}
