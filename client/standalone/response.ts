// The page of answers to a signal in a file of its own: all numbers are in the document, nothing is asked for.

import { withRun } from "../experiment/edit.ts";
import type { Palette, ResponseExperiment } from "../experiment/experiment.ts";
import type { Clock, Player } from "../player/player.ts";
import { type SentAnswer, unpacked } from "../response/answer.ts";
import { type Epochs, zoomed } from "../response/axes.ts";
import { windowOf } from "../response/looked-at.ts";
import { createResponsePlot, type ResponsePlot } from "../response/plot.ts";
import { fillReadings } from "../response/readings.ts";
import { sceneOf } from "../response/scene.ts";
import { byId } from "../shell/document.ts";
import type { Theme } from "../shell/theme.ts";
import {
  read,
  runRow,
  type Symbols,
  showHidden,
  startPlayer,
  swatches,
  switchTheme,
  theme,
  watchRows,
} from "./controls.ts";

/** What fall_line/exports/_standalone/response.py writes. */
interface Data {
  readonly answer: SentAnswer;
  readonly reach: number;
  readonly palettes: Readonly<Record<Theme, Palette>>;
  readonly symbols: readonly Symbols[];
  readonly line_width: number;
}

const data = read<Data>("data");
const answer = unpacked(data.answer);
const last = answer.epochs - 1;
const palette = () => data.palettes[theme()];

let experiment = read<ResponseExperiment>("experiment");
let chosen = experiment.chosen - 1;
let epoch = last;
let shown = windowOf(experiment.epochs, last);
let highlighted: number | null = null;
let plot: ResponsePlot;
let player: Player;

function draw(): void {
  const { reach, line_width: lineWidth } = data;
  const looks = { reach, lineWidth, palette: palette() };
  plot.draw(sceneOf({ experiment, answer, chosen, epoch, window: shown, highlight: highlighted, ...looks }));
}

const drawSwatches = () => swatches(palette());

function showReadings(): void {
  const read = { runs: experiment.runs, answer, epoch, chosen };
  fillReadings(read, { onChoose: choose, onRows: drawSwatches });
}

// The cursor goes where the player's clock stands.
function follow(clock: Clock): void {
  epoch = Math.floor(clock.time);
  plot.moveCursor(epoch);
  showReadings();
}

function onHover(under: number, run: number | null): void {
  if (under !== epoch && !player.clock.playing) player.seek(under);
  highlight(run);
}

function highlight(wanted: number | null): void {
  const run = wanted !== null && experiment.runs[wanted].hidden ? null : wanted;
  if (run === highlighted) return;
  highlighted = run;
  draw();
}

function choose(run: number): void {
  chosen = run;
  draw();
  showReadings();
}

function onWindow(window: Epochs): void {
  shown = window;
  draw();
}

function toggleRun(index: number): void {
  experiment = withRun(experiment, index, { hidden: !experiment.runs[index].hidden });
  highlighted = null;
  showHidden(experiment.runs);
  showReadings();
  draw();
}

function onTheme(): void {
  switchTheme();
  drawSwatches();
  draw();
}

function connectZoom(): void {
  const about = () => Math.min(shown[1], Math.max(shown[0], epoch));
  byId("zoom-in").addEventListener("click", () => onWindow(zoomed(shown, 0.5, about(), last)));
  byId("zoom-out").addEventListener("click", () => onWindow(zoomed(shown, 2, about(), last)));
  byId("all-epochs").addEventListener("click", () => onWindow([0, last]));
}

function start(): void {
  const host = byId("response-plot");
  plot = createResponsePlot(host, { onHover, onChoose: choose, onWindow });
  player = startPlayer(last, follow);
  const rows = experiment.runs.map((run, k) => runRow(run, k, answer.names[k], data.symbols[k], toggleRun));
  byId("runs").append(...rows);
  showHidden(experiment.runs);
  draw();
  player.seek(last);
  drawSwatches();
  connectZoom();
  watchRows(highlight);
  byId("theme").addEventListener("click", onTheme);
  new ResizeObserver(draw).observe(host);
  document.documentElement.dataset.ready = "";
}

document.addEventListener("DOMContentLoaded", start);
