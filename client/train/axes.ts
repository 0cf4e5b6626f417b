// The axes of the history: what the loss axis shows, and where steps and epochs lie. Pure functions.

import type { LossRange } from "../drawing/loss-axis.ts";
import type { Answer } from "./answer.ts";
import type { Curve } from "./curves.ts";
import type { Along } from "./look.ts";

const [LOSS, VALIDATION] = [0, 1];
const LEAST = 1e-12; // losses below are drawn at the foot of a logarithmic axis
const ABOVE = { log: 10, linear: 1.5 }; // times the first loss, above which curves leave the plot

export interface Heights extends LossRange {
  /** Whether curves leave the plot at its top. */
  readonly cut: boolean;
}

// All losses that can be drawn, and the greatest of the first ones.
function extremes(curves: readonly Curve[]): { low: number; positive: number; high: number; first: number } {
  let [low, positive, high, first] = [Infinity, Infinity, -Infinity, 0];
  for (const { columns } of curves) {
    for (const column of [columns[LOSS], columns[VALIDATION]]) {
      if (Number.isFinite(column[0])) first = Math.max(first, column[0]);
      for (const value of column) {
        if (!Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
        if (value > LEAST) positive = Math.min(positive, value);
      }
    }
  }
  return { low, positive, high, first };
}

/** What the loss axis shows of `curves`; a run that flies off doesn't press the others flat. */
export function lossHeights(curves: readonly Curve[], wanted: LossRange["log"]): Heights {
  const { low, positive, high, first } = extremes(curves);
  if (low > high) return { log: false, range: [0, 1], cut: false };
  const log = wanted && positive < Infinity;
  const top = Math.min(high, first > 0 ? first * (log ? ABOVE.log : ABOVE.linear) : high);
  const cut = high > top;
  if (log) return { log, range: [halfDown(positive), Math.max(halfUp(top), halfDown(positive) + 0.5)], cut };
  const step = 10 ** Math.floor(Math.log10(top || 1)) / 2;
  return { log, range: [Math.min(0, low), Math.ceil(top / step + 0.1) * step], cut };
}

// The logarithm, down or up to half a decade, so that a drag seldom moves the axis.
const halfDown = (value: number): number => Math.floor(2 * Math.log10(value) - 0.1) / 2;
const halfUp = (value: number): number => Math.ceil(2 * Math.log10(value) + 0.1) / 2;

/** What the accuracy axis shows: down to where the worst curve is, in tenths, up to 1. */
export function accuracyRange(curves: readonly Curve[]): readonly [number, number] {
  let low = 0.95;
  for (const { columns } of curves)
    for (const column of columns.slice(2)) for (const value of column) if (value < low) low = value;
  return [Math.floor(low * 10 - 0.1) / 10, 1];
}

/** The step of the point `k` of a curve. */
export const stepOf = ({ points, last }: Pick<Curve, "points" | "last">, every: number, k: number): number =>
  k === points - 1 ? last : k * every;

/** The last point that a curve has at `time`, or -1. */
export function pointAt(curve: Pick<Curve, "points" | "last">, every: number, time: number): number {
  if (curve.points === 0) return -1;
  return time >= curve.last ? curve.points - 1 : Math.min(curve.points - 1, Math.floor(time / every));
}

/** How often all points of the data have been seen before `step`. */
export function epochAt({ epochs, every, steps }: Pick<Answer, "epochs" | "every" | "steps">, step: number): number {
  const k = Math.min(Math.floor(step / every), epochs.length - 1);
  const next = Math.min(k + 1, epochs.length - 1);
  const width = Math.min(every, steps - k * every);
  return width > 0 ? epochs[k] + ((epochs[next] - epochs[k]) * (step - k * every)) / width : epochs[k];
}

/** Where `step` lies along the axis. */
export const along = (answer: Answer, by: Along, step: number): number =>
  by === "epochs" ? epochAt(answer, step) : step;

/** The step that lies at `place` along the axis. */
export function stepAt(answer: Answer, by: Along, place: number): number {
  if (by === "steps") return place;
  let [low, high] = [0, answer.steps];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (epochAt(answer, middle) <= place) low = middle;
    else high = middle;
  }
  return low;
}
