// What the Response plot draws, and the place of everything in it.

import type { Palette, ResponseExperiment, Run } from "../experiment/experiment.ts";
import type { Reals } from "../wire/base64.ts";
import type { Answer } from "./answer.ts";
import { type Epochs, type Place, panels, type Range, roundRange } from "./axes.ts";

export const LEFT = 52; // pixels beside the panels
export const RIGHT = 14;

interface Shown {
  readonly experiment: ResponseExperiment;
  readonly answer: Answer;
  /** The index of the run whose memory is shown. */
  readonly chosen: number;
  /** Where the cursor stands. */
  readonly epoch: number;
  readonly window: Epochs;
  readonly highlight: number | null;
  /** How far a drawn signal reaches from zero. */
  readonly reach: number;
  readonly palette: Palette;
  readonly lineWidth?: number;
}

export interface Scene
  extends Pick<Answer, "signal" | "updates" | "memory" | "names" | "epochs">,
    Omit<Shown, "experiment" | "answer"> {
  readonly styles: readonly number[];
  /** Whether the signal is drawn by hand. */
  readonly drawing: boolean;
  /** The runs to draw, the topmost last. */
  readonly order: readonly number[];
}

export interface Curve {
  readonly values: Reals;
  /** Null for the signal. */
  readonly run: number | null;
  readonly style: number;
}

export interface Panel extends Place {
  readonly title: string;
  readonly range: Range;
  readonly curves: readonly Curve[];
  /** The pixel of a value. */
  y(value: number): number;
}

/** From epochs to pixels and back. */
export interface Across {
  /** Between the panels' sides, in pixels. */
  readonly width: number;
  x(epoch: number): number;
  epoch(x: number): number;
}

/** A scene in a plot of a certain size. */
export interface Stage {
  readonly scene: Scene;
  readonly width: number;
  readonly height: number;
  readonly panels: readonly Panel[];
  readonly across: Across;
}

function order(runs: readonly Run[], top: number | null): number[] {
  const shown = runs.map((run, k) => (run.hidden ? -1 : k)).filter((k) => k >= 0);
  return top === null || !shown.includes(top) ? shown : [...shown.filter((k) => k !== top), top];
}

/** The scene of an experiment with its answer. */
export function sceneOf({ experiment, answer, ...looks }: Shown): Scene {
  const { signal, updates, memory, names, epochs } = answer;
  const styles = experiment.runs.map((run) => run.style);
  const drawing = experiment.signal === "drawn";
  const shown = order(experiment.runs, looks.highlight);
  return { signal, updates, memory, names, epochs, styles, drawing, order: shown, ...looks };
}

/** A plot whose size is measured once a drawing: asking the page at every point of a curve would take longer. */
export function staged(scene: Scene, width: number, height: number): Stage {
  return { scene, width, height, panels: arranged(scene, height), across: across(scene.window, width) };
}

function across([low, high]: Epochs, whole: number): Across {
  const width = Math.max(1, whole - LEFT - RIGHT);
  return {
    width,
    x: (epoch) => LEFT + ((epoch - low) / (high - low)) * width,
    epoch: (x) => low + ((x - LEFT) / width) * (high - low),
  };
}

function arranged(scene: Scene, height: number): Panel[] {
  const places = panels(height, scene.memory[scene.chosen].values.length);
  return places.map((place, k) => {
    const filled = { ...place, ...content(scene, k) };
    const [low, high] = filled.range;
    return { ...filled, y: (value) => place.top + ((high - value) / (high - low)) * place.height };
  });
}

type Content = Pick<Panel, "title" | "range" | "curves">;

function content(scene: Scene, panel: number): Content {
  if (panel === 0) return signalOf(scene);
  return panel === 1 ? updatesOf(scene) : memoryOf(scene, panel - 2);
}

function signalOf({ signal, drawing, reach }: Scene): Content {
  const range: Range = drawing ? [-reach, reach] : roundRange(signal);
  return { title: "Gradient g", range, curves: [{ values: signal, run: null, style: 0 }] };
}

function updatesOf({ order, updates, styles }: Scene): Content {
  const curves = order.map((run) => ({ values: updates[run], run, style: styles[run] }));
  const range = roundRange(curves.flatMap(({ values }) => [...values]));
  return { title: "−Update of each run", range, curves };
}

function memoryOf({ memory, chosen, names, styles }: Scene, accumulator: number): Content {
  const { symbols, values } = memory[chosen];
  const curve = { values: values[accumulator], run: chosen, style: styles[chosen] };
  const title = `${symbols[accumulator]}, memory of ${names[chosen]}`;
  return { title, range: roundRange(curve.values), curves: [curve] };
}
