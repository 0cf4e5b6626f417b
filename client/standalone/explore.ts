// The page of one experiment in a file of its own: all numbers are in the document, nothing is asked for.

import { type Graph, type Grid, plotly } from "../dash/plotly.ts";
import { fitted, type Under } from "../drawing/geometry.ts";
import { createLossPlot, type LossCurves, type LossPlot } from "../drawing/loss-plot.ts";
import { fillOutcomes } from "../drawing/outcomes.ts";
import { unpack } from "../drawing/paths.ts";
import type { Band } from "../drawing/quartiles.ts";
import type { Scene } from "../drawing/scene.ts";
import { createSurfacePlot, type SurfacePlot } from "../drawing/surface-plot.ts";
import { markRow, showTooltip } from "../drawing/tooltip.ts";
import { withRun } from "../experiment/edit.ts";
import type { Box, Experiment, Point, Run } from "../experiment/experiment.ts";
import type { Player } from "../player/player.ts";
import { byId } from "../shell/document.ts";
import { listenToHints } from "../shell/hints.ts";
import type { Reals } from "../wire/base64.ts";
import { afterRest, throttled } from "../wire/throttle.ts";
import {
  read,
  runRow,
  showHidden,
  startPlayer,
  swatches,
  switchTheme,
  theme,
  valueWords,
  watchRows,
} from "./controls.ts";
import { type Data, unpackedGrid } from "./data.ts";
import { atFrame, movedRuns, putBack, showOrigin, startedAt, startWords, summaryOf, turned } from "./moving.ts";
import { createSliders, type Sliders } from "./sliders.ts";
import { createWalker, type Walker, type WalkingData, writable } from "./walking.ts";

const RESTED = 150; // ms after which a plot follows a new size
const EVERY = 60; // ms between two looks of the loss plot while something moves

const data = read<Data>("data");
const exported = read<Experiment>("experiment");
const exactPaths = unpack(data.answer);
const names = data.answer.reports.map((report) => report.name);
const tagline = document.querySelector(".tagline")!;
const subtitle = tagline.textContent;
const palette = () => data.palettes[theme()];

let grid: Grid;
let experiment = exported;
let [paths, reports] = [exactPaths, data.answer.reports];
let walker: Walker | null = null; // if something can be moved
const sliders: (Sliders | null)[] = [];
let highlighted: number | null = null;
let zoomed = false; // whether the reader has chosen what is in view
let player: Player;
let surfacePlot: SurfacePlot | null = null;
let lossPlot: LossPlot | null = null; // if it is shown
let curves: LossCurves | null = null;

// ---- the surface ----

function startMark(): object {
  const [x, y] = experiment.start;
  const { ink } = palette();
  const marker = { symbol: "circle-open", size: 17, color: ink, line: { width: 2.5, color: ink } };
  return { type: "scatter", x: [x], y: [y], mode: "markers", marker, hoverinfo: "skip", showlegend: false };
}

function shownBox(graph: Graph): Box {
  if (zoomed && surfacePlot !== null) return surfacePlot.visible();
  const { l, r, t, b } = data.figures[theme()].layout.margin;
  const [width, height] = [graph.clientWidth - l - r, graph.clientHeight - t - b];
  return fitted(data.view, Math.max(50, width), Math.max(50, height));
}

// The contour in the present theme; the grid stands in the document once for both.
function drawSurface(): Promise<unknown> {
  const graph = byId<Graph>("surface-plot");
  const {
    data: [contour, minima],
    layout,
  } = data.figures[theme()];
  const [xLow, xHigh, yLow, yHigh] = shownBox(graph);
  const xaxis = { ...layout.xaxis, range: [xLow, xHigh] };
  const yaxis = { ...layout.yaxis, range: [yLow, yHigh] };
  const home = { name: "home", title: "The whole view", icon: plotly().Icons.home, click: goHome };
  const config = {
    scrollZoom: true,
    responsive: true,
    displaylogo: false,
    doubleClick: false,
    modeBarButtons: [["zoomIn2d", "zoomOut2d", home]],
  };
  const traces = [{ ...contour, ...grid }, minima, ...(startMoves() ? [] : [startMark()])];
  return plotly().react(graph, traces, { ...layout, xaxis, yaxis }, config);
}

function goHome(): void {
  zoomed = false;
  drawSurface();
}

function onView(view: Box | null): void {
  if (view === null) goHome();
  else zoomed = true;
}

// ---- paths and losses ----

function order(): number[] {
  const shown = experiment.runs.map((run, k) => (run.hidden ? -1 : k)).filter((k) => k >= 0);
  const top = highlighted;
  return top === null ? shown : [...shown.filter((k) => k !== top), top];
}

function scene(polylines: Reals, fan: Reals | null | undefined, band: Band | null = null): Scene {
  const { steps, ends, stopped, kept } = paths;
  return {
    polylines,
    fan: fan && paths.fan && { polylines: fan, seeds: paths.fan.seeds, ends: paths.fan.ends },
    band,
    kept,
    steps,
    time: player.clock.time,
    ends,
    stopped,
    styles: experiment.runs.map((run) => run.style),
    order: order(),
    highlight: highlighted,
    palette: palette(),
    lineWidth: data.line_width,
  };
}

function drawAll(fresh: boolean): void {
  drawPaths(fresh);
  drawLosses(fresh);
}

function drawPaths(fresh: boolean): void {
  surfacePlot?.draw(scene(paths.points, paths.fan?.points), fresh);
}

function drawLosses(fresh: boolean): void {
  if (curves !== null) lossPlot?.draw(scene(curves.polylines, curves.fan, curves.band), fresh);
}

function followLosses(): void {
  if (lossPlot === null) return;
  curves = lossPlot.setPaths(paths, order(), experiment.loss_axis);
  const seeds = curves.band && data.answer.noise.losses;
  byId("loss-caption").textContent = [curves.caption, seeds].filter(Boolean).join(", ");
}

// ---- under the pointer ----

function onHover(under: Under | null, event: PointerEvent): void {
  showTooltip(byId("tooltip"), under, event, paths, names);
  highlight(under === null ? null : under.run);
}

function highlight(wanted: number | null): void {
  const run = wanted !== null && experiment.runs[wanted]?.hidden ? null : wanted;
  if (run === highlighted) return;
  highlighted = run;
  markRow(run);
  drawAll(true);
}

// ---- the list of runs and the table ----

function fillTable(): boolean {
  return fillOutcomes(byId<HTMLTableSectionElement>("outcomes-body"), reports, experiment.runs);
}

function showRuns(): void {
  showHidden(experiment.runs);
  fillTable();
  swatches(palette());
}

function toggleRun(index: number): void {
  experiment = withRun(experiment, index, { hidden: !experiment.runs[index].hidden });
  highlight(null);
  showRuns();
  followLosses();
  drawAll(true);
}

// ---- what is moved ----

const startMoves = (): boolean => data.walking?.hypers.every((hypers) => hypers !== null) ?? false;

const lossCurves = throttled(() => {
  followLosses();
  drawLosses(true);
}, EVERY);
const follow = atFrame(walkOn);
let walkedAs = exported;

function onTurn(run: number, key: string, value: number): void {
  moveTo(turned(experiment, exported, data.walking!, run, key, value));
}

function onStart(point: Point): void {
  moveTo(startedAt(experiment, point, data.walking!.frame));
}

function moveTo(next: Experiment): void {
  experiment = next;
  showValues();
  follow();
}

// Where everything stands as exported, the exported numbers do.
function walkOn(): void {
  const moved = movedRuns(exported, experiment);
  const changed = movedRuns(walkedAs, experiment);
  walkedAs = experiment;
  if (moved.length === 0) [paths, reports] = [exactPaths, data.answer.reports];
  else walkAnew(changed);
  showOrigin(moved.length > 0, invitation());
  fillTable();
  showSpoken();
  drawPaths(true);
  lossCurves();
}

function walkAnew(runs: readonly number[]): void {
  if (paths === exactPaths) [paths, reports] = [writable(exactPaths), [...data.answer.reports]];
  const told = new Map(runs.map((run) => [run, walker!.into(paths, experiment, run, names[run])]));
  reports = reports.map((report, run) => told.get(run) ?? report);
}

function showValues(): void {
  sliders.forEach((one, k) => one?.show(experiment.runs[k].hypers, valueWords(experiment.runs[k], data.symbols[k])));
  surfacePlot?.setStart(experiment.start);
}

// The words that name the start, and what only readers without the plot are told.
function showSpoken(): void {
  tagline.textContent = subtitle.replace(startWords(exported.start, 4), startWords(experiment.start, 4));
  byId("summary").textContent = summaryOf(data.answer, reports, exported.start, experiment.start);
}

const invitation = (): string =>
  startMoves() ? "Drag the start, or open a run and turn its values." : "Open a run and turn its values.";

function createRow(run: Run, k: number): HTMLLIElement {
  const hypers = data.walking?.hypers[k];
  sliders[k] = hypers ? createSliders(names[k], hypers, (key, value) => onTurn(k, key, value)) : null;
  return runRow(run, k, names[k], data.symbols[k], toggleRun, sliders[k]?.element);
}

function startMoving(walking: WalkingData): void {
  walker = createWalker(walking);
  showValues();
  showOrigin(false, invitation());
  byId("put-back").addEventListener("click", () => moveTo(putBack(experiment, exported)));
}

// ---- the whole ----

function onTheme(): void {
  switchTheme();
  drawSurface();
  swatches(palette());
  drawAll(true);
}

async function startSurface(): Promise<void> {
  const graph = byId<Graph>("surface-plot");
  await drawSurface();
  surfacePlot = createSurfacePlot(graph, byId("readout"), {
    ...(startMoves() ? { onStart, onlyHandle: true } : {}),
    onView,
    onHover,
  });
  new ResizeObserver(afterRest(drawSurface, RESTED)).observe(graph);
}

async function startLosses(): Promise<void> {
  const graph = byId<Graph>("loss-plot");
  if (graph.closest("[hidden]")) return;
  await plotly().newPlot(graph, data.losses.data, data.losses.layout, { displayModeBar: false, responsive: true });
  lossPlot = createLossPlot(graph, { onHover });
}

async function start(): Promise<void> {
  player = startPlayer(paths.steps, () => drawAll(false));
  byId("runs").append(...experiment.runs.map(createRow));
  showRuns();
  grid = await unpackedGrid(data.grid);
  await startSurface();
  await startLosses();
  followLosses();
  if (data.walking !== null) startMoving(data.walking);
  player.seek(experiment.step ?? paths.steps);
  drawAll(true);
  watchRows(highlight);
  listenToHints();
  byId("theme").addEventListener("click", onTheme);
  document.documentElement.dataset.ready = "";
}

document.addEventListener("DOMContentLoaded", start);
