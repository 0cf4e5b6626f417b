// A training that goes on with other values from a step on: edits of it as data, as fall_line/experiments/continuing.py
// has it. Runs and experiment hold the values from that step on; `before` and `continued` hold those until then.

import type { Before, Catalogue, Run, TrainingExperiment, Values } from "../experiment/experiment.ts";
import { written } from "../experiment/scales.ts";

const SAME = ["steps", "batch", "batch_schedule"] as const;

/** The step from which other values hold, or null. */
export const turnOf = ({ continued }: TrainingExperiment): number | null => continued?.step ?? null;

const now = ({ hypers, schedules = {} }: Run): Before => ({ hypers, schedules });

/** What goes on begins with the values of before. */
export function goneOn(experiment: TrainingExperiment, step: number, steps: number): TrainingExperiment {
  const { batch, batch_schedule, runs } = experiment;
  const continued = { step, steps: Number(experiment.steps), batch, batch_schedule };
  return { ...experiment, steps, continued, runs: runs.map((run) => ({ ...run, before: now(run) })) };
}

/** As it was before it went on. Runs that have come since keep what they would have begun with. */
export function takenBack(experiment: TrainingExperiment): TrainingExperiment {
  const { continued = {}, runs } = experiment;
  const before = Object.fromEntries(SAME.map((name) => [name, continued[name] ?? experiment[name]]));
  return { ...experiment, ...before, continued: {}, runs: runs.map((run) => ({ ...run, ...run.before, before: {} })) };
}

const missing = ({ before }: Run): boolean => before?.hypers === undefined;

/** A run that has come since, or has another method, has the values that it comes with until the step. */
export function filled(experiment: TrainingExperiment): TrainingExperiment {
  if (turnOf(experiment) === null || !experiment.runs.some(missing)) return experiment;
  const runs = experiment.runs.map((run) => (missing(run) ? { ...run, before: now(run) } : run));
  return { ...experiment, runs };
}

const scheduled = ({ schedules = {} }: Partial<Before>, name: string): string =>
  schedules[name]?.kind.replace("_", " ") ?? "constant";

function ofRun({ before = {}, ...run }: Run, { label, hypers }: Catalogue["optimizers"][string]): string {
  const values: Values = before.hypers ?? run.hypers;
  const others = Object.keys(values).filter((key) => values[key] !== run.hypers[key]);
  const names = Object.keys({ ...before.schedules, ...run.schedules }).sort();
  const changed = names.filter(
    (name) => JSON.stringify(before.schedules?.[name]) !== JSON.stringify(run.schedules?.[name]),
  );
  const told = [
    ...others.map((key) => `${hypers[key]?.symbol || key} ${written(values[key])}`),
    ...changed.map((name) => `${name.replace("_", " ")} ${scheduled(before, name)}`),
  ];
  return told.length > 0 ? `${run.label || label} ${told.join(", ")}` : "";
}

/** What was different before, in a few words for each run and for the batches. */
export function differences(experiment: TrainingExperiment, { optimizers }: Pick<Catalogue, "optimizers">): string[] {
  const { continued = {}, batch, batch_schedule, runs } = experiment;
  const size = continued.batch !== batch ? `batch ${continued.batch === 0 ? "all" : continued.batch}` : "";
  const grew = JSON.stringify(continued.batch_schedule) !== JSON.stringify(batch_schedule);
  const growth = grew ? `growth ${String(continued.batch_schedule?.kind ?? "none").replace("_", " ")}` : "";
  return [...runs.map((run) => ofRun(run, optimizers[run.optimizer])), size, growth].filter(Boolean);
}
