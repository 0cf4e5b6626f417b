// What is moved is walked here: paths, losses and what is told of them, by the programs that stand in the document.

import type { Report } from "../drawing/outcomes.ts";
import { copied, type Paths, renew } from "../drawing/paths.ts";
import { bandOf } from "../drawing/quartiles.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Hyper } from "../experiment/scales.ts";
import { tabled } from "../walking/number-text.ts";
import { type Ground, goingBack, type Minimum, outcomeOf, pathLength } from "../walking/outcome.ts";
import {
  type Conditions,
  landscapeOf,
  type RuleProgram,
  type SurfaceProgram,
  type Walk,
  walk,
} from "../walking/walk.ts";
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

interface Walked extends Walk {
  /** The last step at which it is finite. */
  readonly end: number;
  /** To which step's point it goes back, or null. */
  readonly kept: number | null;
  readonly final: number;
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

  function seedsOf({ runs, start, steps, return_best: best }: Experiment, run: number): Walked[] {
    const { optimizer, hypers } = runs[run];
    const values = data.hypers[run]!.map(({ key }) => Number(hypers[key]));
    return seeds.map((seed) => {
      const conditions: Conditions = { ...noise, ...seed, rates: rates[run], windows: windows[run] };
      const question = { start, steps, hypers: values, parameters, conditions };
      return walked(walk(surface, rules[optimizer], question), best);
    });
  }

  return {
    into(paths, experiment, run, named) {
      const fan = seedsOf(experiment, run);
      const shown = median(fan);
      put(paths, run, shown, fan);
      return report(named, shown, fan, ground, experiment.tolerance);
    },
  };
}

function walked({ points, losses }: Walk, best: boolean): Walked {
  const bad = losses.findIndex(
    (loss, k) => !(Number.isFinite(loss) && Number.isFinite(points[2 * k]) && Number.isFinite(points[2 * k + 1])),
  );
  const end = bad < 0 ? losses.length - 1 : bad - 1;
  const kept = best && end >= 0 ? lowest(losses, end) : null;
  return { points, losses, end, kept, final: losses[kept ?? losses.length - 1] };
}

function lowest(losses: Float64Array, end: number): number {
  let best = 0;
  for (let k = 1; k <= end; k += 1) if (losses[k] < losses[best]) best = k;
  return best;
}

// What is not finite counts as the greatest.
const height = ({ final }: Walked): number => (Number.isFinite(final) ? final : Infinity);

function byFinal(fan: readonly Walked[]): Walked[] {
  return [...fan].sort((a, b) => (height(a) === height(b) ? 0 : height(a) - height(b)));
}

const median = (fan: readonly Walked[]): Walked => byFinal(fan)[Math.floor((fan.length - 1) / 2)];

function put(paths: Paths, run: number, shown: Walked, fan: readonly Walked[]): void {
  const { steps } = paths;
  const [rows, floor] = [steps + 1, paths.floor ?? 0];
  const heights = fan.map(({ losses }) => losses.map((loss) => loss - floor));
  paths.points.set(shown.points, 2 * run * rows);
  paths.heights.set(heights[fan.indexOf(shown)], run * rows);
  renew(paths, run, steps);
  paths.stopped[run] = shown.end < steps;
  paths.kept[run] = shown.kept;
  for (let seed = 0; paths.fan !== null && seed < paths.fan.seeds; seed += 1) {
    const place = run * paths.fan.seeds + seed;
    paths.fan.points.set(fan[seed].points, 2 * place * rows);
    paths.fan.heights.set(heights[seed], place * rows);
    renew(paths.fan, place, steps);
  }
  if (paths.band === null) return;
  const band = bandOf(Float64Array.from(heights.flatMap((row) => [...row])), fan.length, rows);
  paths.band.lower.set(band.lower, run * rows);
  paths.band.upper.set(band.upper, run * rows);
}

// ---- what is told, as by fall_line/explanations/report.py ----

function report(name: string, shown: Walked, fan: readonly Walked[], ground: Ground, tolerance: number): Report {
  const { points, losses, end, kept, final } = shown;
  const best = end >= 0 ? lowest(losses, end) : -1;
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
