// What the history draws, and the place of everything in it.

import type { LossRange } from "../drawing/loss-axis.ts";
import type { Palette, Run } from "../experiment/experiment.ts";
import type { Answer } from "./answer.ts";
import { accuracyRange, along, stepAt } from "./axes.ts";
import type { Curve } from "./curves.ts";
import type { Along } from "./look.ts";
import { smoothed } from "./smoothing.ts";

export const LEFT = 56; // pixels beside the panels
export const RIGHT = 16;
const TITLE = 22; // pixels above each panel for its title
const FOOT = 26; // pixels under the last panel for the steps
const LOSS_SHARE = 0.62; // of the height, where there is an accuracy

export interface Scene {
  readonly answer: Answer;
  readonly runs: readonly Run[];
  /** Whether classes are learned, so that there is an accuracy. */
  readonly classes: boolean;
  readonly heights: LossRange;
  readonly by: Along;
  /** Over how many points to either side curves are smoothed; 0 for raw ones. */
  readonly smooth: number;
  /** The step at which the player stands, with its fraction. */
  readonly time: number;
  readonly highlight: number | null;
  /** The step from which other values hold, or null. */
  readonly turn: number | null;
  readonly palette: Palette;
  readonly lineWidth?: number;
}

/** A curve of a panel. */
export interface Line {
  readonly run: number;
  readonly style: number;
  readonly curve: Curve;
  readonly values: Float32Array;
  readonly validation: boolean;
  /** Of the first seed; the others are a fan around it. */
  readonly first: boolean;
}

export interface Panel {
  readonly title: string;
  readonly top: number;
  readonly height: number;
  readonly log: boolean;
  readonly range: readonly [number, number];
  readonly lines: readonly Line[];
  /** The pixel of a value. */
  y(value: number): number;
}

/** A scene in a plot of a certain size. */
export interface Stage {
  readonly scene: Scene;
  readonly width: number;
  readonly height: number;
  readonly panels: readonly Panel[];
  /** The pixel of a step. */
  x(step: number): number;
  /** The step at a pixel, with its fraction. */
  step(x: number): number;
  /** The greatest place along the axis. */
  readonly end: number;
}

// The topmost last.
function order(runs: readonly Run[], top: number | null): number[] {
  const shown = runs.map((run, k) => (run.hidden ? -1 : k)).filter((k) => k >= 0);
  return top === null || !shown.includes(top) ? shown : [...shown.filter((k) => k !== top), top];
}

/** The curves of the runs that are shown. */
export const shownCurves = (answer: Answer, runs: readonly Run[]): Curve[] =>
  order(runs, null).flatMap((run) => answer.trainings[run] ?? []);

function lines({ answer, runs, highlight, smooth }: Scene, column: number): Line[] {
  const drawn = (values: Float32Array) => (smooth > 0 ? smoothed(values, smooth) : values);
  return order(runs, highlight).flatMap((run) =>
    [...answer.trainings[run]].reverse().flatMap((curve, k, all) =>
      [1, 0].map((validation) => ({
        run,
        style: runs[run].style,
        curve,
        values: drawn(curve.columns[column + validation]),
        validation: validation === 1,
        first: k === all.length - 1,
      })),
    ),
  );
}

function panel(scene: Scene, column: number, title: string, range: LossRange, top: number, height: number): Panel {
  const [low, high] = range.range;
  const place = range.log ? (value: number) => Math.log10(Math.max(value, 1e-300)) : (value: number) => value;
  return {
    title,
    top,
    height,
    ...range,
    lines: lines(scene, column),
    y: (value) => top + height - ((place(value) - low) / (high - low)) * height,
  };
}

function panels(scene: Scene, height: number): Panel[] {
  const { classes, answer, runs, heights } = scene;
  const room = Math.max(20, height - FOOT - TITLE * (classes ? 2 : 1));
  const high = classes ? room * LOSS_SHARE : room;
  const loss = panel(scene, 0, "Loss", heights, TITLE, high);
  if (!classes) return [loss];
  const range = { log: false, range: accuracyRange(shownCurves(answer, runs)) };
  return [loss, panel(scene, 2, "Accuracy", range, 2 * TITLE + high, room - high)];
}

/** A plot whose size is measured once a drawing: asking the page at every point of a curve would take longer. */
export function staged(scene: Scene, width: number, height: number): Stage {
  const { answer, by } = scene;
  const wide = Math.max(1, width - LEFT - RIGHT);
  const end = Math.max(along(answer, by, answer.steps), 1e-9);
  return {
    scene,
    width,
    height,
    panels: panels(scene, height),
    end,
    x: (step) => LEFT + (along(answer, by, step) / end) * wide,
    step: (x) => {
      const place = Math.min(1, Math.max(0, (x - LEFT) / wide)) * end;
      return Math.min(answer.steps, stepAt(answer, by, place));
    },
  };
}
