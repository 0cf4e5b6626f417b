// Edits of an experiment: pure functions from one experiment to the next. The server decides what is allowed.

import type { Experiment, Hypers, Point, Run, Schedule, Values, WithRuns } from "./experiment.ts";
import type { Hyper } from "./scales.ts";

const MAX_RUNS = 16;

type Range = Pick<Hyper, "low" | "high">;

/** One run with `change`. */
export function withRun<Made extends WithRuns>(experiment: Made, index: number, change: Partial<Run>): Made {
  const runs = experiment.runs.map((run, k) => (k === index ? { ...run, ...change } : run));
  return { ...experiment, runs };
}

/** One hyperparameter of one run. */
export function setHyper<Made extends WithRuns>(
  experiment: Made,
  index: number,
  key: string,
  value: number | string,
): Made {
  const hypers = { ...experiment.runs[index].hypers, [key]: value };
  return withRun(experiment, index, { hypers });
}

/** One parameter of the surface. */
export function setParameter(experiment: Experiment, key: string, value: number | string): Experiment {
  return { ...experiment, parameters: { ...experiment.parameters, [key]: value } };
}

/**
 * The learning rates that result when run `index` moves from its rate in `base` to `value` and all others follow by
 * the same factor, each held within its own range.
 */
export function linkedRates(
  experiment: WithRuns,
  base: readonly number[],
  index: number,
  value: number,
  ranges: readonly Range[],
): number[] {
  if (value === base[index]) return [...base];
  const factor = value / base[index];
  return experiment.runs.map((_, k) => {
    const { low, high } = ranges[k];
    const rate = Number((base[k] * factor).toPrecision(3));
    return k === index ? value : Math.min(high, Math.max(low, rate));
  });
}

function freeStyle(runs: readonly Run[]): number {
  const taken = new Set(runs.map((run) => run.style));
  for (let style = 0; style < MAX_RUNS; style++) if (!taken.has(style)) return style;
  return 0;
}

/** A new run at the end. */
export function addRun<Made extends WithRuns>(experiment: Made, optimizer: string, hypers: Values): Made {
  const run = { optimizer, hypers: { ...hypers }, label: "", hidden: false, style: freeStyle(experiment.runs) };
  return { ...experiment, runs: [...experiment.runs, run] };
}

/** A copy of a run, right behind it. */
export function duplicate<Made extends WithRuns>(experiment: Made, index: number): Made {
  const { runs } = experiment;
  const copy = { ...runs[index], hypers: { ...runs[index].hypers }, style: freeStyle(runs) };
  return { ...experiment, runs: runs.toSpliced(index + 1, 0, copy) };
}

/** Without one run. */
export function remove<Made extends WithRuns>(experiment: Made, index: number): Made {
  return { ...experiment, runs: experiment.runs.filter((_, k) => k !== index) };
}

/** One run `by` places further down, or up. */
export function move<Made extends WithRuns>(experiment: Made, index: number, by: number): Made {
  const runs = [...experiment.runs];
  const [run] = runs.splice(index, 1);
  runs.splice(index + by, 0, run);
  return { ...experiment, runs };
}

const FOLLOWS: Readonly<Record<string, string>> = { learning_rate: "rate", momentum: "window" };

// Those of the schedules that a method with these ranges has a use for.
function stillScheduled(schedules: Readonly<Record<string, Schedule>>, ranges: Hypers): Record<string, Schedule> {
  const kinds: string[] = Object.values(ranges).map((hyper) => hyper.schedulable);
  return Object.fromEntries(Object.entries(schedules).filter(([name]) => kinds.includes(FOLLOWS[name])));
}

/**
 * Another method in the same place: its own defaults, but the learning rate is kept where it is allowed, and so are
 * the schedules.
 */
export function changeMethod<Made extends WithRuns>(
  experiment: Made,
  index: number,
  optimizer: string,
  hypers: Values,
  ranges: Hypers,
): Made {
  const run = experiment.runs[index];
  const kept = run.hypers.learning_rate;
  const { low, high } = ranges.learning_rate;
  const allowed = typeof kept === "number" && kept >= low && kept <= high;
  const learning_rate = allowed ? kept : hypers.learning_rate;
  const schedules = stillScheduled(run.schedules ?? {}, ranges);
  const untuned = run.tuned ? { tuned: "" } : {};
  // What a method had before it went on means nothing to another.
  const alone = run.before ? { before: {} } : {};
  return withRun(experiment, index, {
    optimizer,
    hypers: { ...hypers, learning_rate },
    schedules,
    ...untuned,
    ...alone,
  });
}

/** Another surface: its own start, parameters and view; everything about the runs stays. */
export function changeSurface(experiment: Experiment, surface: string, parameters: Values, start: Point): Experiment {
  return { ...experiment, surface, parameters: { ...parameters }, start: [...start], view: null };
}
