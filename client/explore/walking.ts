// The start is dragged without asking: the page walks the runs itself, by the programs that the server has translated.

import { inside } from "../drawing/geometry.ts";
import { copied, type Paths, renew } from "../drawing/paths.ts";
import type { Experiment, Run } from "../experiment/experiment.ts";
import { ruleProgram, surfaceProgram } from "../walking/programs.ts";
import { type Question, type RuleProgram, type SurfaceProgram, walk } from "../walking/walk.ts";
import { isInspecting } from "./inspector/inspector.ts";
import { mounted } from "./plots.ts";
import { drawProvisional } from "./provisional.ts";
import { state, surface } from "./state.ts";

const MOST = 100_000; // steps of all runs that are walked within a frame

interface Programs {
  readonly surface: SurfaceProgram;
  readonly rules: readonly RuleProgram[];
}

// Noise and schedules are still the server's.
const plain = ({ noise, sigma, runs }: Experiment): boolean =>
  (noise === "none" || sigma === 0) &&
  runs.every(({ schedules }) => Object.values(schedules ?? {}).every(({ kind }) => kind === "constant"));

// What isn't is refused by the server, in a sentence.
const allowed = ({ start, view }: Experiment): boolean =>
  start.every((coordinate) => typeof coordinate === "number") &&
  [view, surface().domain].some((box) => box !== null && inside(box, start));

function programs({ surface: key, runs }: Experiment): Programs | null {
  const [landscape, rules] = [surfaceProgram(key), runs.map(({ optimizer }) => ruleProgram(optimizer))];
  const known = rules.filter((rule) => rule !== null);
  return landscape === null || known.length < runs.length ? null : { surface: landscape, rules: known };
}

function onReached({ target }: Event): void {
  if (target instanceof Element && target.closest(".surface-plot, .hyper-slider") && mounted() && state.good !== null)
    prepared();
}

/** Fetches the programs that are lacking once hand or keyboard have reached the plot or a slider. */
export function listenToPlot(): void {
  for (const reached of ["pointerover", "focusin"]) document.addEventListener(reached, onReached);
}

/** Whether the page can walk the runs of the experiment itself. */
export const prepared = (): boolean => plain(state.experiment) && programs(state.experiment) !== null;

/** Draws the runs from the start that the hand has moved. Says whether it did. */
export function drawWalked(): boolean {
  const { experiment, paths, good } = state;
  if (good === null || paths === null || paths.fan !== null || isInspecting() || !plain(experiment)) return false;
  if (!allowed(experiment)) return false;
  const { runs, steps } = experiment;
  if (paths.steps !== steps || paths.runs !== runs.length || steps * runs.length > MOST) return false;
  const known = programs(experiment);
  if (known === null) return false;
  const moved = state.provisional ? paths : copied(paths);
  for (const place of runs.keys()) walkInto(moved, place, experiment, known);
  drawProvisional(moved, { runs: [...runs.keys()], losses: true, fresh: true });
  return true;
}

function walkInto(paths: Paths, place: number, experiment: Experiment, { surface: landscape, rules }: Programs): void {
  const { steps, return_best: best } = experiment;
  const { points, losses } = walk(landscape, rules[place], question(experiment, experiment.runs[place]));
  paths.points.set(points, 2 * place * (steps + 1));
  paths.heights.set(
    losses.map((loss) => loss - (paths.floor ?? 0)),
    place * (steps + 1),
  );
  renew(paths, place, steps);
  const end = lastFinite(points, losses);
  paths.stopped[place] = end < steps;
  paths.kept[place] = best && end >= 0 ? lowest(losses.subarray(0, end + 1)) : null;
}

function question({ parameters, start, steps }: Experiment, { optimizer, hypers }: Run): Question {
  return {
    start,
    steps,
    hypers: Object.keys(state.catalogue.optimizers[optimizer].hypers).map((key) => Number(hypers[key])),
    parameters: Object.keys(surface().parameters).map((key) => Number(parameters[key])),
    conditions: null,
  };
}

function lastFinite(points: Float64Array, losses: Float64Array): number {
  const bad = losses.findIndex(
    (loss, k) => !Number.isFinite(loss) || !Number.isFinite(points[2 * k]) || !Number.isFinite(points[2 * k + 1]),
  );
  return bad < 0 ? losses.length - 1 : bad - 1;
}

const lowest = (losses: Float64Array): number => losses.reduce((best, loss, k) => (loss < losses[best] ? k : best), 0);
