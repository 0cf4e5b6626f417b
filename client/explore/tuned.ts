// Whether runs may still be said to be tuned.

import type { Experiment, Run } from "../experiment/experiment.ts";

// What a tuning holds for: with anything else the values are still good ones, but no longer tuned ones.
const HOLDS_FOR = [
  "surface",
  "parameters",
  "start",
  "steps",
  "noise",
  "sigma",
  "batch",
  "seed",
  "seeds",
  "tolerance",
  "return_best",
] as const;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether values that are tuned for `before` are so for `after`. */
export function tuningHolds(before: Experiment, after: Experiment): boolean {
  return HOLDS_FOR.every((key) => same(before[key], after[key]));
}

const untuned = (run: Run): Run => (run.tuned ? { ...run, tuned: "" } : run);

/** `next` without the claims to be tuned that no longer hold once `before` gives way to it. */
export function honest(before: Experiment, next: Experiment): Experiment {
  if (!next.runs.some((run) => run.tuned)) return next;
  if (!tuningHolds(before, next)) return { ...next, runs: next.runs.map(untuned) };
  return { ...next, runs: next.runs.map((run, k) => (moved(before, run, k) ? untuned(run) : run)) };
}

function moved(before: Experiment, run: Run, k: number): boolean {
  const old = before.runs[k];
  if (!run.tuned || before.runs.includes(run) || !old || old.optimizer !== run.optimizer) return false;
  return !same(old.hypers, run.hypers) || !same(old.schedules, run.schedules);
}
