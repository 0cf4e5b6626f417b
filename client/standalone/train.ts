// The page of a training in a file of its own: all numbers are in the document, nothing is asked for.

import { markRow, placeTooltip } from "../drawing/tooltip.ts";
import { withRun } from "../experiment/edit.ts";
import type { Palette, TrainingExperiment } from "../experiment/experiment.ts";
import type { Clock, Player } from "../player/player.ts";
import { byId } from "../shell/document.ts";
import { listenToHints } from "../shell/hints.ts";
import { unpacked } from "../train/answer.ts";
import type { Under } from "../train/plot-pointer.ts";
import { tipWords } from "../train/plot-words.ts";
import { read, runRow, showHidden, startPlayer, swatches, switchTheme, theme, watchRows } from "./controls.ts";
import { type Data, unpackedViews } from "./train-data.ts";
import { createHistory, type History } from "./train-history.ts";
import { createRows, fillRows } from "./train-table.ts";
import { createViews, type ShowViews } from "./train-views.ts";

const data = read<Data>("data");
const answer = unpacked(data.answer, null);
const names = answer.reports.map(({ name }) => name);

let experiment = read<TrainingExperiment>("experiment");
let time = answer.steps;
let highlighted: number | null = null;
let history: History;
let showViews: ShowViews;
let player: Player;

const said = { classes: data.classes, validated: Number(experiment.validation) > 0 };
const palette = (): Palette => data.palettes[theme()];

function drawHistory(): void {
  history({ runs: experiment.runs, time, highlight: highlighted, palette: palette(), lineWidth: data.line_width });
}

function drawViews(): void {
  const looks = { palette: palette(), lineWidth: data.line_width };
  showViews({
    runs: experiment.runs,
    names,
    step: time,
    highlight: highlighted,
    seed: Number(experiment.seed),
    ...looks,
  });
}

function draw(): void {
  drawHistory();
  drawViews();
}

// Everything goes where the player's clock stands.
function follow(clock: Clock): void {
  time = clock.time;
  fillRows(answer, experiment.runs, time);
  draw();
}

function hover(under: Under | null, event: PointerEvent): void {
  if (under === null) byId("tooltip").hidden = true;
  else placeTooltip(byId("tooltip"), event, tipWords(answer, under, said));
  highlight(under?.run ?? null);
}

function highlight(wanted: number | null): void {
  const run = wanted !== null && experiment.runs[wanted].hidden ? null : wanted;
  if (run === highlighted) return;
  highlighted = run;
  markRow(run);
  draw();
}

function toggleRun(index: number): void {
  experiment = withRun(experiment, index, { hidden: !experiment.runs[index].hidden });
  highlighted = null;
  markRow(null);
  showHidden(experiment.runs);
  fillRows(answer, experiment.runs, time);
  draw();
}

function onTheme(): void {
  switchTheme();
  swatches(palette());
  draw();
}

function showRuns(): void {
  const { runs } = experiment;
  byId("runs").append(...runs.map((run, k) => runRow(run, k, names[k], data.symbols[k], toggleRun)));
  byId("train-outcomes").append(...createRows(answer, runs));
  showHidden(runs);
  swatches(palette());
}

async function start(): Promise<void> {
  const host = byId("train-plot");
  const onSeek = (step: number) => player.seek(step);
  history = createHistory(
    host,
    { answer, experiment, classes: data.classes },
    { onHover: hover, onSeek, onAxes: drawHistory },
  );
  showViews = createViews(byId("views"), await unpackedViews(data), highlight, drawViews);
  player = startPlayer(answer.steps, follow);
  showRuns();
  player.seek(answer.steps);
  watchRows(highlight);
  listenToHints();
  byId("theme").addEventListener("click", onTheme);
  new ResizeObserver(draw).observe(host);
  document.documentElement.dataset.ready = "";
}

document.addEventListener("DOMContentLoaded", start);
