// What the plots of gradient and sharpness show, and the place of everything in them.

import type { LossRange } from "../../drawing/loss-axis.ts";
import type { Palette, Run } from "../../experiment/experiment.ts";
import type { Answer } from "../answer.ts";
import { along, stepAt } from "../axes.ts";
import type { Along } from "../look.ts";
import type { Series, Sharpness } from "./sharpness-answer.ts";

export const LEFT = 52; // pixels beside the plots
export const RIGHT = 10;
const TITLE = 22; // pixels above each plot
const FOOT = 24; // pixels below the last one
const SHARE = 0.42; // of the height that the gradient has
const DECADES = 12; // that a plot shows at most
const ABOVE = 1000; // times the greatest first value, above which curves leave the plot
const APART = 100; // times the greatest λmax that is shown, above which a limit is not

/** What is shown of what. */
export interface SharpnessScene {
  readonly sharpness: Sharpness;
  readonly runs: readonly Run[];
  readonly names: readonly string[];
  readonly palette: Palette;
  /** The last answer about the history, which knows where epochs lie. */
  readonly answer: Answer;
  readonly by: Along;
  /** The step at which the player stands, with its fraction. */
  readonly step: number;
  readonly highlight: number | null;
  /** Whether it is told of trainings that are no more. */
  readonly stale: boolean;
}

/** What one run has in a plot. */
interface Line {
  readonly run: number;
  readonly series: Series;
  readonly limits: Series | null;
}

export interface Panel extends LossRange {
  readonly title: string;
  readonly sharp: boolean;
  readonly top: number;
  readonly height: number;
  readonly lines: readonly Line[];
  /** The pixel of a value. */
  y(value: number): number;
}

export interface Stage {
  readonly scene: SharpnessScene;
  readonly width: number;
  readonly height: number;
  readonly panels: readonly Panel[];
  /** The greatest place along the axis. */
  readonly end: number;
  /** The pixel of a step. */
  x(step: number): number;
  /** The step at a pixel, with its fraction. */
  step(x: number): number;
}

const good = (value: number): boolean => Number.isFinite(value) && value > 0;

/** The range of a logarithmic axis for `lines`; a run that flies off doesn't press the others flat. */
export function rangeOf(lines: readonly Pick<Line, "series" | "limits">[]): LossRange["range"] {
  const values = lines.flatMap(({ series }) => [...series.values].filter(good));
  if (values.length === 0) return [0, 1];
  const first = Math.max(...lines.map(({ series }) => series.values.find(good) ?? 0));
  const top = Math.min(Math.max(...values), ABOVE * first);
  const all = lines.flatMap(({ limits }) => [...(limits?.values ?? [])]);
  const limits = all.filter((limit) => good(limit) && limit <= APART * top);
  const high = Math.max(top, ...limits);
  const low = Math.max(Math.min(...values, ...limits), high / 10 ** DECADES);
  return [Math.log10(low) - 0.1, Math.log10(high) + 0.1];
}

/** The runs that are shown, the one that stands out last. */
export function shownRuns({ runs, sharpness, highlight }: SharpnessScene): number[] {
  const shown = runs.flatMap((run, k) => (run.hidden || !sharpness.runs[k] ? [] : [k]));
  return [...shown.filter((run) => run !== highlight), ...shown.filter((run) => run === highlight)];
}

function panel(scene: SharpnessScene, sharp: boolean, top: number, height: number): Panel {
  const lines = shownRuns(scene).map((run) => {
    const { norms, sharpness, limits } = scene.sharpness.runs[run]!;
    return { run, series: sharp ? sharpness : norms, limits: sharp ? limits : null };
  });
  const [low, high] = rangeOf(lines);
  return {
    title: sharp ? "Sharpness, λmax; dashed: the method’s limit" : "Norm of the gradient, ‖∇J‖",
    sharp,
    top,
    height,
    log: true,
    range: [low, high],
    lines,
    y: (value) => top + height - ((Math.log10(Math.max(value, 1e-300)) - low) / (high - low)) * height,
  };
}

function panels(scene: SharpnessScene, height: number): Panel[] {
  const { whole } = scene.sharpness;
  const room = Math.max(20, height - FOOT - TITLE * (whole ? 2 : 1));
  if (!whole) return [panel(scene, false, TITLE, room)];
  const high = room * SHARE;
  return [panel(scene, false, TITLE, high), panel(scene, true, 2 * TITLE + high, room - high)];
}

/** The plots in their place. */
export function staged(scene: SharpnessScene, width: number, height: number): Stage {
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
    step(x) {
      const place = Math.min(1, Math.max(0, (x - LEFT) / wide)) * end;
      return Math.min(answer.steps, stepAt(answer, by, place));
    },
  };
}
