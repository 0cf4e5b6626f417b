// What the page needs to walk the runs of an experiment itself: programs, random numbers, and values that are numbers.

import { inside } from "../drawing/geometry.ts";
import type { Experiment, Run } from "../experiment/experiment.ts";
import type { Hyper } from "../experiment/scales.ts";
import { isLight, isStill, type NoiseTable, noiseOf, noiseTable, walked } from "../walking/noise.ts";
import { ruleProgram, surfaceProgram } from "../walking/programs.ts";
import { factors } from "../walking/schedules.ts";
import { type BegunWalk, begin, type Landscape, type RuleProgram, type SurfaceProgram } from "../walking/walk.ts";
import { landscapeIn, parametersOf } from "./ground.ts";
import { GREATEST_SEED } from "./noise.ts";
import { state } from "./state.ts";

const SEED = { low: 0, high: GREATEST_SEED, whole: true };
const MOST_DRAWN = 200_000; // points of the paths of all seeds: of more the server draws some
const ROWS = ["learning_rate", "momentum"] as const;

/** An experiment whose runs the page can walk. */
export interface Walkable {
  readonly experiment: Experiment;
  /** How many seeds each run has. */
  readonly seeds: number;
  /** J, without noise. */
  readonly landscape: Landscape;
  /** Begins the run of this index, with the seed of this index. */
  begin(run: number, seed: number): BegunWalk;
}

interface Tables {
  readonly rates: Float64Array;
  readonly windows: Float64Array;
}

interface Needs {
  readonly surface: SurfaceProgram;
  readonly rules: readonly RuleProgram[];
  readonly noise: NoiseTable | null;
}

// What isn't finite, or lies beyond what is allowed, is refused by the server in a sentence.
const within = (value: number | string, { low, high, whole }: Pick<Hyper, "low" | "high" | "whole">): boolean =>
  typeof value === "number" && value >= low && value <= high && (!whole || Number.isInteger(value));

const allWithin = (values: Experiment["parameters"], hypers: Readonly<Record<string, Hyper>>): boolean =>
  Object.entries(hypers).every(([key, hyper]) => within(values[key], hyper));

function allowed(experiment: Experiment): boolean {
  const { start, view, surface, parameters, runs, seed } = experiment;
  const { surfaces, optimizers, numbers, schedules } = state.catalogue;
  const landscape = surfaces[surface];
  return (
    landscape !== undefined &&
    start.every((coordinate) => typeof coordinate === "number") &&
    [view, landscape.domain].some((box) => box !== null && inside(box, start)) &&
    allWithin(parameters, landscape.parameters) &&
    within(seed, SEED) &&
    Object.entries(numbers).every(([key, hyper]) => within(experiment[key as "steps"], hyper)) &&
    runs.every(({ optimizer, hypers }) => allWithin(hypers, optimizers[optimizer].hypers)) &&
    runs.every((run) =>
      Object.values(run.schedules ?? {}).every((one) => allWithin(one as never, schedules[one.kind] ?? {})),
    )
  );
}

function needs({ surface: key, runs, ...noise }: Experiment): Needs | null {
  const [surface, rules] = [surfaceProgram(key), runs.map(({ optimizer }) => ruleProgram(optimizer))];
  const table = isStill(noise) ? null : noiseTable(noise, noise.steps);
  const known = rules.filter((rule) => rule !== null);
  if (surface === null || known.length < runs.length) return null;
  return table === null && !isStill(noise) ? null : { surface, rules: known, noise: table };
}

/** Asks for what is lacking but for many random numbers: that is worth it only for who moves something. */
export function prepareAhead(): void {
  const { experiment } = state;
  if (allowed(experiment)) needs(isLight(experiment, experiment.steps) ? experiment : { ...experiment, noise: "none" });
}

/** Asks for what is lacking, and says whether all is there. */
export const prepared = (): boolean => allowed(state.experiment) && needs(state.experiment) !== null;

function tablesOf({ schedules }: Run, steps: number): Tables | null {
  const [rates, windows] = ROWS.map((name) => factors(schedules?.[name], steps));
  return rates === null || windows === null ? null : { rates, windows };
}

/** The experiment if the page can walk it, or null: what is lacking is asked for. */
export function walkable(experiment: Experiment): Walkable | null {
  const { runs, steps } = experiment;
  const seeds = walked(experiment);
  if (!allowed(experiment) || (seeds > 1 && seeds * runs.length * (steps + 1) > MOST_DRAWN)) return null;
  const [known, landscape] = [needs(experiment), landscapeIn(experiment)];
  const tables = runs.map((run) => tablesOf(run, steps));
  if (known === null || landscape === null || tables.includes(null)) return null;
  const whole = tables.filter((table) => table !== null);
  return { experiment, seeds, landscape, begin: (run, seed) => begun(experiment, known, whole[run], run, seed) };
}

function begun(experiment: Experiment, known: Needs, tables: Tables, run: number, seed: number): BegunWalk {
  const { start, steps, runs } = experiment;
  const { optimizer, hypers } = runs[run];
  return begin(known.surface, known.rules[run], {
    start,
    steps,
    hypers: Object.keys(state.catalogue.optimizers[optimizer].hypers).map((key) => Number(hypers[key])),
    parameters: parametersOf(experiment),
    conditions: { ...tables, ...noiseOf(experiment, known.noise, seed) },
  });
}
