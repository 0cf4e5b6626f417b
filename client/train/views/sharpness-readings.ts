// Gradient and sharpness in numbers and words.

import { shortly } from "../../experiment/scales.ts";
import type { Series, Sharpness, SharpRun } from "./sharpness-answer.ts";
import { type SharpnessScene, type Stage, shownRuns } from "./sharpness-stage.ts";

const REACH = 20; // pixels

/** What is read: a run before one of the steps at which it was looked at. */
export interface Read {
  readonly run: number;
  readonly step: number;
}

/** What is told of a run before a step; undefined where it isn't known. */
export interface Told {
  readonly step: number;
  readonly norm?: number;
  readonly sharpness?: number;
  readonly limit?: number;
}

const valueAt = ({ steps, values }: Series, step: number): number | undefined => values[steps.indexOf(step)];

/** The last point of a series before `step` or at it, or the first one; -1 without any. */
export function lastBefore({ steps }: Series, step: number): number {
  let at = Math.min(0, steps.length - 1);
  while (at + 1 < steps.length && steps[at + 1] <= step) at += 1;
  return at;
}

/** The step of a series that is nearest to `step`, or null without any. */
export function nearestStep({ steps }: Series, step: number): number | null {
  let best: number | null = null;
  for (const one of steps) if (best === null || Math.abs(one - step) < Math.abs(best - step)) best = one;
  return best;
}

/** What is known of a run before one of its steps. */
export const toldAt = ({ norms, sharpness, limits }: SharpRun, step: number): Told => ({
  step,
  norm: valueAt(norms, step),
  sharpness: valueAt(sharpness, step),
  limit: limits === null ? undefined : valueAt(limits, step),
});

/** What is told beside the step at which the player stands: at the nearest one at which all is known. */
export function toldNear(run: SharpRun, step: number): Told | null {
  const near = nearestStep(run.sharpness.steps.length > 0 ? run.sharpness : run.norms, step);
  return near === null ? null : toldAt(run, near);
}

/** A value as a table has it. */
export const short = (value: number | undefined): string =>
  value === undefined ? "" : shortly(Number(value.toPrecision(3)));

/** The numbers of what is read. */
export function readingOf({ sharpness, names }: SharpnessScene, { run, step }: Read): string {
  const found = sharpness.runs[run];
  if (!found) return "";
  const { norm, sharpness: bend, limit } = toldAt(found, step);
  const told = [
    norm === undefined ? "" : `‖∇J‖ ${short(norm)}`,
    bend === undefined ? "" : `λmax ${short(bend)}`,
    limit === undefined ? "" : `limit ${found.formula} = ${short(limit)}`,
  ];
  return `${names[run]}, step ${step}: ${told.filter(Boolean).join(", ")}`;
}

/** The point of a curve near a pixel. */
export function under(stage: Stage, x: number, y: number): Read | null {
  const panel = stage.panels.find(({ top, height }) => y >= top - 4 && y <= top + height + 4);
  let best: Read | null = null;
  let least = REACH;
  for (const { run, series } of panel?.lines ?? []) {
    const step = nearestStep(series, stage.step(x));
    if (step === null) continue;
    const height = panel!.y(valueAt(series, step)!);
    const away = Math.abs(height - y);
    if (away <= least) [best, least] = [{ run, step }, away];
  }
  return best;
}

/** The place that the arrow keys lead to: along the looks of a run, and from run to run. */
export function stepped(scene: SharpnessScene, from: Read | null, across: number, down: number): Read | null {
  const shown = shownRuns({ ...scene, highlight: null });
  if (shown.length === 0) return null;
  const place = from === null ? 0 : Math.max(0, shown.indexOf(from.run));
  const run = shown[Math.min(shown.length - 1, Math.max(0, place + (from === null ? 0 : down)))];
  const { norms, sharpness } = scene.sharpness.runs[run]!;
  const series = sharpness.steps.length > 0 ? sharpness : norms;
  const near = nearestStep(series, from?.step ?? scene.step);
  if (near === null) return null;
  const at = series.steps.indexOf(near) + (from === null ? 0 : across);
  return { run, step: series.steps[Math.min(series.steps.length - 1, Math.max(0, at))] };
}

// Which methods bear what: those with the same formula together.
function limitWords({ sharpness, names, ...scene }: SharpnessScene): string {
  const shown = shownRuns({ sharpness, names, ...scene, highlight: null });
  const formulas = new Map<string, string[]>();
  for (const run of shown) {
    const formula = sharpness.runs[run]!.formula;
    if (formula !== null) formulas.set(formula, [...new Set([...(formulas.get(formula) ?? []), names[run]])]);
  }
  return [...formulas].map(([formula, of]) => `${formula} for ${of.join(", ")}`).join("; ");
}

/** What is seen, for who meets it for the first time. */
export function sharpnessWords(scene: SharpnessScene): string {
  if (!scene.sharpness.whole)
    return (
      "The gradient of the loss of all points. Its sharpness λmax is told only where each step sees all points: what " +
      "minibatches bear is another matter. Let the batch be “all” to see it."
    );
  const limits = limitWords(scene);
  const what = "Sharpness λmax is the greatest eigenvalue of the Hessian: how sharply the loss bends. ";
  if (limits === "") return `${what}No limit for it is known of these methods; gradient descent has 2/η.`;
  return (
    `${what}Where it passes the dashed limit (${limits}), the method on a parabola would swing up and leave; a network ` +
    "often stays about there, at the edge of stability."
  );
}

/** Whether no limit is known of a run's method. */
export const withoutLimit = ({ whole }: Sharpness, { formula }: SharpRun): boolean => whole && formula === null;
