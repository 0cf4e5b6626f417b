// The factors of a schedule, step by step: see fall_line/experiments/schedules.py.

import type { Schedule } from "../experiment/experiment.ts";

type Values = Readonly<Record<string, number>>;
type Factor = (k: number, steps: number, values: Values) => number;

// From 1 at 0 to 0 at 1, along a cosine.
const falling = (share: number): number => (1 + Math.cos(Math.PI * share)) / 2;

function oneCycle(k: number, steps: number, { start, peak, final }: Values): number {
  const top = peak * steps;
  if (k < top) return start + ((1 - start) * (1 - Math.cos(Math.PI * Math.min(1, k / top)))) / 2;
  return final + (1 - final) * falling(Math.min(1, Math.max(0, (k - top) / (steps - top))));
}

const KINDS: Readonly<Record<string, Factor>> = {
  exponential: (k, steps, { final }) => final ** (k / steps),
  step: (k, _, { drop, every }) => drop ** Math.floor(k / every),
  cosine: (k, steps, { final }) => final + (1 - final) * falling(k / steps),
  warm_up: (k, _, { start, over }) => start + (1 - start) * Math.min(1, k / over),
  one_cycle: oneCycle,
  growing_window: (k, _, { half }) => 1 / (1 + k / half),
};

/** f(0) … f(steps − 1); empty for a constant one, null for a kind that only the server knows. */
export function factors(schedule: Schedule | undefined, steps: number): Float64Array | null {
  if (schedule === undefined || schedule.kind === "constant") return new Float64Array(0);
  const factor = KINDS[schedule.kind];
  if (factor === undefined) return null;
  const values = schedule as unknown as Values;
  return Float64Array.from({ length: steps }, (_, k) => factor(k, steps, values));
}
