// The quartiles of all seeds' losses.

import type { Reals } from "../wire/base64.ts";
/** Heights of the lower and the upper quartile, all runs one after the other. */
export interface Band {
  readonly lower: Reals;
  readonly upper: Reals;
}

/** The quartiles of `heights`, `seeds` paths with `rows` heights each for every run: see seed_statistics.py. */
export function bandOf(heights: Reals, seeds: number, rows: number): Band {
  const count = heights.length / seeds;
  const [lower, upper] = [new Float32Array(count), new Float32Array(count)];
  const [low, high] = [Math.floor((seeds - 1) / 4), Math.ceil((3 * (seeds - 1)) / 4)];
  const column = new Float32Array(seeds);
  for (let at = 0; at < count; at++) {
    const first = Math.floor(at / rows) * seeds * rows + (at % rows);
    for (let seed = 0; seed < seeds; seed++) column[seed] = greatest(heights[first + seed * rows]);
    column.sort();
    lower[at] = column[low];
    upper[at] = column[high];
  }
  return { lower, upper };
}

// What is not finite counts as the greatest.
const greatest = (height: number): number => (Number.isFinite(height) ? height : Infinity);
