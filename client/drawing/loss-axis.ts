// The axis of the loss curves: what it can show, and whether it can be logarithmic.

import type { Experiment } from "../experiment/experiment.ts";
import { shortly } from "../experiment/scales.ts";
import type { Reals } from "../wire/base64.ts";
import type { Paths } from "./paths.ts";

type Wanted = Experiment["loss_axis"];
type Range = readonly [number, number];

export interface LossRange {
  readonly log: boolean;
  readonly range: Range;
}

const LEAST = 1e-16;

/** The range of the loss axis for the runs in `order`. */
export function lossRange(paths: Paths, order: readonly number[], wanted: Wanted): LossRange {
  let [low, high, positive] = [Infinity, -Infinity, Infinity];
  for (const [heights, path, end] of shownHeights(paths, order)) {
    for (let k = 0; k <= end; k++) {
      const value = heights[path * (paths.steps + 1) + k];
      low = Math.min(low, value);
      high = Math.max(high, value);
      if (value > LEAST) positive = Math.min(positive, value);
    }
  }
  for (const height of bandHeights(paths, order)) {
    low = Math.min(low, height);
    high = Math.max(high, height);
  }
  if (low > high) return { log: false, range: [0, 1] };
  const log = wanted === "log" && (paths.floor !== null || low > 0) && positive < Infinity;
  if (log) return { log, range: [Math.floor(Math.log10(positive)), Math.ceil(Math.log10(high) + 0.05)] };
  const floor = paths.floor ?? 0;
  return { log, range: rounded(low + floor, high + floor) };
}

// All curves that are drawn: those of the runs, or with a fan those of all seeds, the runs' among them.
function shownHeights({ heights, ends, fan }: Paths, order: readonly number[]): [Reals, number, number][] {
  if (!fan) return order.map((run) => [heights, run, ends[run]]);
  const paths = order.flatMap((run) => Array.from({ length: fan.seeds }, (_, seed) => run * fan.seeds + seed));
  return paths.map((path) => [fan.heights, path, fan.ends[path]]);
}

// Where not all seeds are drawn, the band may reach further than they do.
function bandHeights({ band, steps }: Paths, order: readonly number[]): number[] {
  if (!band) return [];
  const of = (run: number) => [run * (steps + 1), (run + 1) * (steps + 1)] as const;
  const both = order.flatMap((run) => [...band.lower.subarray(...of(run)), ...band.upper.subarray(...of(run))]);
  return both.filter(Number.isFinite);
}

/** The `standing` range as long as it shows all of `wanted` without leaving half of itself empty, else `wanted`. */
export function steady(standing: LossRange | null, wanted: LossRange): LossRange {
  if (standing === null || standing.log !== wanted.log) return wanted;
  const [low, high] = standing.range;
  const fits = low <= wanted.range[0] && high >= wanted.range[1];
  return fits && wanted.range[1] - wanted.range[0] >= (high - low) / 2 ? standing : wanted;
}

// A range a little wider than low … high whose ends are round, so that a drag seldom moves the axis.
function rounded(low: number, high: number): Range {
  const step = 10 ** Math.floor(Math.log10(high - low || 1)) / 2;
  return [Math.floor(low / step) * step, Math.ceil(high / step + 0.1) * step];
}

/** What the axis shows, in words, or in few: a logarithm needs heights above the lowest known loss. */
export function caption(log: boolean, floor: number | null, wanted: Wanted, few = false): string {
  if (log && floor) return few ? `above ${shortly(floor)}` : `above the lowest known, ${shortly(floor)}`;
  return wanted === "log" && !log ? "linear: it is not positive everywhere" : "";
}

/** What Plotly is asked for. */
export function axes(steps: number, { log, range }: LossRange): Record<string, unknown> {
  return {
    "xaxis.range": [0, steps],
    "yaxis.type": log ? "log" : "linear",
    "yaxis.range": range,
    // Said, for Plotly would keep the distance of ticks that it was given before.
    "yaxis.tickmode": log ? "linear" : "auto",
    "yaxis.dtick": log ? decades(range) : null,
  };
}

// A whole number of decades between ticks, so that a small plot isn't crowded.
function decades([low, high]: Range): number {
  return Math.max(1, Math.ceil((high - low) / 5));
}
