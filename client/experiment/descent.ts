// What the paths of an experiment depend on: the situation that all its runs share, and each run's method, numbers and
// schedules. Names, colours, order, what is hidden and how it is looked at change no path.

import type { Experiment, Run, Schedule, Values, WithRuns } from "./experiment.ts";

const SHARED = [
  "surface",
  "parameters",
  "start",
  "steps",
  "noise",
  "sigma",
  "batch",
  "seed",
  "seeds",
  "return_best",
] as const;

type Situation = Pick<Experiment, (typeof SHARED)[number]>;

/** Whether no edit lies between two experiments that has touched what all runs share: quick, for what is dragged. */
export const untouched = (one: Situation, other: Situation): boolean => SHARED.every((key) => one[key] === other[key]);

const sorted = (values: Values | Readonly<Record<string, Schedule>>) => Object.entries(values).sort();

// Without noise its numbers mean nothing, and only a minibatch has a size.
function noiseOf({ noise, sigma, batch, seed, seeds }: Situation): readonly unknown[] {
  if (noise === "none" || sigma === 0) return [];
  return [noise, sigma, seed, seeds, noise === "minibatch" ? batch : null];
}

/** The situation as a text: where two experiments have the same, the same run walks the same path in both. */
export function situationOf(experiment: Situation): string {
  const { surface, parameters, start, steps, return_best: best } = experiment;
  return JSON.stringify([surface, sorted(parameters), start, steps, noiseOf(experiment), best]);
}

/** What makes the path of `run` in a situation, as a text. */
export function walkOf({ optimizer, hypers, schedules = {} }: Run): string {
  return JSON.stringify([
    optimizer,
    sorted(hypers),
    sorted(schedules).map(([name, one]) => [name, sorted(one as Values)]),
  ]);
}

/** Whether the runs of the one walk as those of the other do, in whatever order. */
export function sameWalks({ runs: one }: WithRuns, { runs: other }: WithRuns): boolean {
  const walks = (runs: readonly Run[]) => JSON.stringify(runs.map(walkOf).sort());
  return one.length === other.length && walks(one) === walks(other);
}

/** Whether both experiments draw the same paths. */
export const samePaths = (one: Experiment, other: Experiment): boolean =>
  situationOf(one) === situationOf(other) && sameWalks(one, other);
