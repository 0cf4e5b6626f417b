// What is moved is walked here: paths, losses and what is told of them, by the programs that stand in the document.

import type { Report } from "../drawing/outcomes.ts";
import { copied, lowest, type Paths } from "../drawing/paths.ts";
import { byFinal, median, type Walked, walked, writeRun } from "../drawing/walked.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Hyper } from "../experiment/scales.ts";
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
import { partingStep, ROUNDINGS, startBeside } from "../walking/sensitivity.ts";
import { type Conditions, landscapeOf, type RuleProgram, type SurfaceProgram, walk } from "../walking/walk.ts";
import { bytes } from "../wire/base64.ts";

interface Programs {
  readonly surface: SurfaceProgram;
  readonly rules: Readonly<Record<string, RuleProgram>>;
}

/** What fall_line/exports/_standalone/walking.py writes. Arrays are in base64, one after the other; "" is none. */
export interface WalkingData {
  /** The numbers of each run, or null if it can't be walked. */
  readonly hypers: readonly (readonly Hyper[] | null)[];
  readonly parameters: readonly number[];
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
  readonly steepness: number;
}

export interface Walker {
  /** Walks `run` of the experiment, writes it into `paths` and tells of it as of the run `named`. */
  into(paths: Paths, experiment: Experiment, run: number, named: string): Report;
}

const doubles = (base64: string): Float64Array => new Float64Array(bytes(base64).buffer);

/** A copy of paths whose numbers may be written over, quartiles too. */
export function writable(paths: Paths): Paths {
  const band = paths.band && { lower: paths.band.lower.slice(), upper: paths.band.upper.slice() };
  return { ...copied(paths), band };
}

export function createWalker(data: WalkingData): Walker {
  const { surface, rules } = (globalThis as unknown as { fallLinePrograms: Programs }).fallLinePrograms;
  const { parameters, noise } = data;
  const ground: Ground = { ...data, landscape: landscapeOf(surface, parameters, noise.shifts) };
  const seeds = noise.normals.map((normals, seed) => ({ normals: doubles(normals), ranks: bytes(noise.ranks[seed]) }));
  const [rates, windows] = [data.rates.map(doubles), data.windows.map(doubles)];

  function seedsOf({ runs, start, steps, return_best: best }: Experiment, run: number) {
    const { optimizer, hypers } = runs[run];
    const values = data.hypers[run]!.map(({ key }) => Number(hypers[key]));
    const from = (seed: number, place = start, roundings?: typeof ROUNDINGS) => {
      const conditions: Conditions = { ...noise, ...seeds[seed], rates: rates[run], windows: windows[run] };
      const question = { start: place, steps, hypers: values, parameters, conditions, roundings };
      return walked(walk(surface, rules[optimizer], question), best);
    };
    const fan = seeds.map((_, seed) => from(seed));
    return { fan, twins: (seed: number) => from(seed, startBeside(start, data.diagonal), ROUNDINGS) };
  }

  return {
    into(paths, experiment, run, named) {
      const { fan, twins } = seedsOf(experiment, run);
      writeRun(paths, run, fan);
      const told = report(named, fan, ground, experiment.tolerance);
      const shown = fan.indexOf(median(fan));
      return chaotic(told, parting(fan[shown], twins(shown), data.diagonal));
    },
  };
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
