// What is moved is walked here: paths, losses and what is told of them, by the programs that stand in the document.

import type { Report } from "../drawing/outcomes.ts";
import { copied, lowest, type Paths, reshaped } from "../drawing/paths.ts";
import { byFinal, median, type Walked, walked, writeRun } from "../drawing/walked.ts";
import type { Box, Experiment, Schedule } from "../experiment/experiment.ts";
import type { Hyper } from "../experiment/scales.ts";
import { type LossAt, lossGrid } from "../walking/loss-grid.ts";
import { tabled } from "../walking/number-text.ts";
import {
  chaoticFrom,
  type Ground,
  goingBack,
  type Minimum,
  type Outcome,
  outcomeOf,
  pathLength,
} from "../walking/outcome.ts";
import { factors } from "../walking/schedules.ts";
import { partingStep, ROUNDINGS, startBeside } from "../walking/sensitivity.ts";
import { type Conditions, landscapeOf, type RuleProgram, type SurfaceProgram, walk } from "../walking/walk.ts";
import { bytes, doubles } from "../wire/base64.ts";

const SLOPE_POINTS = 61;

interface Programs {
  readonly surface: SurfaceProgram;
  readonly rules: Readonly<Record<string, RuleProgram>>;
}

/** What fall_line/exports/_standalone/walking.py writes. Arrays are in base64, one after the other; "" is none. */
export interface WalkingData {
  /** The numbers of each run, or null if it can't be walked. */
  readonly hypers: readonly (readonly Hyper[] | null)[];
  /** The numbers of each run's schedules, with keys as `learning_rate.final`. */
  readonly scheduled: readonly (readonly Hyper[])[];
  /** The steps, σ and parameters of the surface that can be turned. */
  readonly shared: readonly Hyper[];
  /** The surface's parameters in its order. */
  readonly parameters: readonly string[];
  readonly domain: Box;
  readonly rates: readonly string[];
  readonly windows: readonly string[];
  /** Normals and ranks of each seed. */
  readonly noise: {
    readonly amounts: readonly [number, number];
    readonly normals: readonly string[];
    readonly shifts: readonly number[];
    readonly ranks: readonly string[];
    readonly batch: number;
  };
  readonly minima: readonly Minimum[];
  readonly frame: Ground["frame"];
  readonly diagonal: number;
}

export interface Walker {
  /** J of the experiment's surface, without noise. */
  loss(experiment: Experiment): LossAt;
  /** Walks `run` of the experiment, writes it into `paths` and tells of it as of the run `named`. */
  into(paths: Paths, experiment: Experiment, run: number, named: string): Report;
}

/** Paths of so many steps whose numbers may be written over, quartiles too: a copy, where the steps are the same. */
export function writable(paths: Paths, steps = paths.steps): Paths {
  if (steps !== paths.steps) return reshaped(paths, { steps, runs: paths.runs, seeds: paths.fan?.seeds ?? 1 });
  const band = paths.band && { lower: paths.band.lower.slice(), upper: paths.band.upper.slice() };
  return { ...copied(paths), band };
}

/** Walks from what was `exported`, with its tables as long as they are those that are wanted. */
export function createWalker(data: WalkingData, exported: Experiment): Walker {
  const { surface, rules } = (globalThis as unknown as { fallLinePrograms: Programs }).fallLinePrograms;
  const { noise } = data;
  const seeds = noise.normals.map((normals, seed) => ({ normals: doubles(normals), ranks: bytes(noise.ranks[seed]) }));
  const tables = exported.runs.map(({ schedules }, run) => ({
    rates: { of: schedules?.learning_rate, factors: doubles(data.rates[run]) },
    windows: { of: schedules?.momentum, factors: doubles(data.windows[run]) },
  }));
  const parametersOf = ({ parameters }: Experiment) => data.parameters.map((key) => Number(parameters[key]));
  let known: { readonly of: string; readonly ground: Ground } | null = null;

  function groundOf(experiment: Experiment): Ground {
    const parameters = parametersOf(experiment);
    const of = String(parameters);
    if (known?.of !== of) {
      const steepness = typicalSlope((x, y) => surface.loss(x, y, parameters), data.domain, data.diagonal);
      known = { of, ground: { ...data, steepness, landscape: landscapeOf(surface, parameters, noise.shifts) } };
    }
    return known.ground;
  }

  function conditionsOf({ runs, steps, sigma }: Experiment, run: number, seed: number): Conditions {
    const [additive, multiplicative] = noise.amounts.map((amount) => (amount === 0 ? 0 : sigma));
    return {
      ...noise,
      ...seeds[seed],
      amounts: [additive, multiplicative],
      rates: tableOf(tables[run].rates, runs[run].schedules?.learning_rate, steps),
      windows: tableOf(tables[run].windows, runs[run].schedules?.momentum, steps),
    };
  }

  function seedsOf(experiment: Experiment, run: number) {
    const { runs, start, steps, return_best: best } = experiment;
    const { optimizer, hypers } = runs[run];
    const values = data.hypers[run]!.map(({ key }) => Number(hypers[key]));
    const parameters = parametersOf(experiment);
    const from = (seed: number, place = start, roundings?: typeof ROUNDINGS) => {
      const conditions = conditionsOf(experiment, run, seed);
      const question = { start: place, steps, hypers: values, parameters, conditions, roundings };
      return walked(walk(surface, rules[optimizer], question), best);
    };
    const fan = seeds.map((_, seed) => from(seed));
    return { fan, twins: (seed: number) => from(seed, startBeside(start, data.diagonal), ROUNDINGS) };
  }

  return {
    loss: (experiment) => groundOf(experiment).landscape.loss,
    into(paths, experiment, run, named) {
      const { fan, twins } = seedsOf(experiment, run);
      writeRun(paths, run, fan);
      const told = report(named, fan, groundOf(experiment), experiment.tolerance);
      const shown = fan.indexOf(median(fan));
      return chaotic(told, parting(fan[shown], twins(shown), data.diagonal));
    },
  };
}

interface Table {
  readonly of: Schedule | undefined;
  readonly factors: Float64Array;
}

// An empty one is of a constant, whatever the steps.
function tableOf(exported: Table, wanted: Schedule | undefined, steps: number): Float64Array {
  const same = JSON.stringify(exported.of) === JSON.stringify(wanted);
  return same && [0, steps].includes(exported.factors.length) ? exported.factors : factors(wanted, steps)!;
}

// Of fall_line/explanations/outcome.py.
function typicalSlope(loss: LossAt, [xLow, xHigh, yLow, yHigh]: Box, diagonal: number): number {
  const evenly = (low: number, high: number) =>
    Float64Array.from({ length: SLOPE_POINTS }, (_, k) => low + (k * (high - low)) / (SLOPE_POINTS - 1));
  const losses = lossGrid(loss, evenly(xLow, xHigh), evenly(yLow, yHigh)).filter(Number.isFinite).sort();
  const last = losses.length - 1;
  return last < 0 ? 0 : ((losses[last >> 1] + losses[(last + 1) >> 1]) / 2 - losses[0]) / diagonal;
}

// ---- what is told, as by fall_line/explanations/report.py ----

const parting = (run: Walked, twin: Walked, diagonal: number): number | null =>
  partingStep(run.points, twin.points, Math.min(run.end, twin.end), diagonal);

function chaotic(told: Report, step: number | null): Report {
  if (step === null) return told;
  const { short, sentence } = chaoticFrom(
    { kind: told.kind as Outcome["kind"], short: told.outcome, sentence: told.sentence },
    step,
  );
  return { ...told, outcome: short, sentence, chaotic_from_step: step };
}

function report(name: string, fan: readonly Walked[], ground: Ground, tolerance: number): Report {
  const shown = median(fan);
  const { points, losses, end, kept, final } = shown;
  const best = end >= 0 ? lowest(losses.subarray(0, end + 1)) : -1;
  const plain = outcomeOf(ground, points, end);
  const { kind, short, sentence } = kept === null ? plain : goingBack(plain, points, kept);
  const steps = (one: Walked) => stepsToTolerance(one, ground.minima, tolerance);
  return {
    name,
    final_loss: tabled(final),
    best_loss: tabled(end >= 0 ? losses[best] : Number.NaN),
    best_step: best,
    steps_to_tolerance: steps(shown),
    path_length: tabled(pathLength(points, end)),
    outcome: short,
    sentence,
    kind,
    kept_step: kept,
    chaotic_from_step: null,
    seeds:
      fan.length > 1
        ? spread(fan, ground.minima.length > 0 ? fan.filter((one) => steps(one) !== null).length : null)
        : null,
  };
}

function stepsToTolerance({ losses, end }: Walked, minima: readonly Minimum[], tolerance: number): number | null {
  if (minima.length === 0) return null;
  const there = losses.subarray(0, end + 1).findIndex((loss) => loss <= minima[0][2] + tolerance);
  return there < 0 ? null : there;
}

function spread(fan: readonly Walked[], reached: number | null): Report["seeds"] {
  const [finals, last] = [byFinal(fan).map(({ final }) => tabled(final)), fan.length - 1];
  return { count: fan.length, lower: finals[Math.floor(last / 4)], upper: finals[Math.ceil((3 * last) / 4)], reached };
}
