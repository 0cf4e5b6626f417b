// The history: losses and accuracies of all runs over steps or epochs. One canvas holds axes and curves; a second, which
// is drawn at every frame of the player, holds the cursor.

import { type LossRange, steady } from "../drawing/loss-axis.ts";
import { make, tell } from "../shell/document.ts";
import { redrawing, type Standing } from "./apart.ts";
import { lossHeights } from "./axes.ts";
import { hover } from "./hovering.ts";
import { palette } from "./palette.ts";
import { seek, time } from "./playing.ts";
import { drawApart, drawCursor, drawHistory } from "./plot-drawing.ts";
import { listenToPointer } from "./plot-pointer.ts";
import { lookWords } from "./plot-words.ts";
import { type Scene, type Stage, shownCurves, staged } from "./scene.ts";
import { side } from "./smoothing.ts";
import { turnOf } from "./stages.ts";
import { fittingAnswer, state } from "./state.ts";

let host: HTMLElement | null = null;
let layers: readonly HTMLCanvasElement[] = [];
let stage: Stage | null = null;
let standing: LossRange | null = null;
let taskOfStanding = "";
let drawn: Standing | null = null;

function layer(name: string): HTMLCanvasElement {
  return make("canvas", { className: `train-layer train-${name}`, "aria-hidden": "true" });
}

/** A visit of the page begins: the history is drawn in `place`. */
export function begin(place: HTMLElement): void {
  host = place;
  stage = standing = drawn = null;
  layers = [layer("lines"), layer("apart"), layer("cursor")];
  place.replaceChildren(...layers);
  listenToPointer(place, () => stage, { onHover: hover, onSeek: seek });
  new ResizeObserver(() => place.isConnected && drawAll()).observe(place);
}

/** Whether the page stands in the document. */
export const mounted = (): boolean => host?.isConnected ?? false;

function scene(): Scene | null {
  const answer = fittingAnswer();
  if (answer === null) return null;
  const { experiment, catalogue, highlight, lossAxis, along, smooth: wished } = state;
  const wanted = lossHeights(shownCurves(answer, experiment.runs), lossAxis === "log");
  if (taskOfStanding !== experiment.task) standing = null;
  taskOfStanding = experiment.task;
  standing = steady(standing, wanted);
  const smooth = wished ? side(answer.epochs.length) : 0;
  tell("train-plot-text", lookWords(experiment, smooth * answer.every, wanted.cut));
  const classes = (catalogue.tasks[experiment.task]?.classes ?? 0) > 0;
  const { runs } = experiment;
  const turn = turnOf(experiment);
  return {
    answer,
    runs,
    classes,
    heights: standing,
    by: along,
    smooth,
    time: time(),
    highlight,
    turn,
    palette: palette(),
  };
}

// While one run is dragged only its own curves are drawn.
function drawLines(stage: Stage): void {
  const { answer } = stage.scene;
  const look = lookOf(stage);
  const { others, apart } = redrawing(drawn, look, answer.trainings);
  if (others) drawHistory(layers[0], stage, apart);
  if (others || apart !== null) drawApart(layers[1], stage, apart);
  drawn = { look, curves: answer.trainings, apart };
}

// All that is drawn depends on, but for the curves.
function lookOf({ scene, width, height, panels }: Stage): string {
  const { runs, answer, by, smooth, time, highlight, palette } = scene;
  const { steps, every, epochs_key } = answer;
  const place = [width, height, window.devicePixelRatio, ...panels.map(({ range, log }) => [range, log])];
  const shown = runs.map(({ style, hidden }) => [style, hidden]);
  return JSON.stringify([place, shown, steps, every, epochs_key, by, smooth, time, highlight, palette]);
}

/** Draws what isn't drawn yet. */
export function drawAll(): void {
  const next = host !== null && host.clientHeight > 0 ? scene() : null;
  if (next === null) return;
  stage = staged(next, host!.clientWidth, host!.clientHeight);
  drawLines(stage);
  drawCursor(layers[2], stage);
  performance.mark("fallline:drawn");
}
