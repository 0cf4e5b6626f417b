// The page of one experiment in a file of its own: all numbers are in the document, nothing is asked for.

import type { Graph, Grid } from "../dash/plotly.ts";
import type { Under } from "../drawing/geometry.ts";
import { createLossPlot, type LossCurves, type LossPlot } from "../drawing/loss-plot.ts";
import { fillOutcomes } from "../drawing/outcomes.ts";
import { unpack } from "../drawing/paths.ts";
import type { Band } from "../drawing/quartiles.ts";
import type { Scene } from "../drawing/scene.ts";
import { markRow, placeTooltip, showTooltip } from "../drawing/tooltip.ts";
import { withRun } from "../experiment/edit.ts";
import type { Experiment, Point, Run, Values } from "../experiment/experiment.ts";
import type { Hyper } from "../experiment/scales.ts";
import type { Player } from "../player/player.ts";
import { byId } from "../shell/document.ts";
import { listenToHints } from "../shell/hints.ts";
import type { Reals } from "../wire/base64.ts";
import { throttled } from "../wire/throttle.ts";
import {
  read,
  runRow,
  showClock,
  showHidden,
  startPlayer,
  swatches,
  switchTheme,
  theme,
  valueWords,
  watchRows,
} from "./controls.ts";
import { type Data, unpackedGrid } from "./data.ts";
import { createFrame, standInForPlotly } from "./frame.ts";
import { createGround } from "./ground.ts";
import { atFrame, movedRuns, putBack, showOrigin, startedAt, startWords, summaryOf, turned } from "./moving.ts";
import { retoldSymbols, scheduledValues, withScheduled } from "./scheduled.ts";
import { retold, retoldSummary, sharedValues, sharedWords, withShared } from "./shared.ts";
import { createSliders, type Sliders } from "./sliders.ts";
import { createSurface, type Surface } from "./surface.ts";
import { createWalker, type Walker, writable } from "./walking.ts";

const LOSS_MARGIN = { l: 44, r: 12, t: 8, b: 36 };
const EVERY = 60; // ms between two looks of the loss plot while something moves

const data = read<Data>("data");
const exported = read<Experiment>("experiment");
const exactPaths = unpack(data.answer);
const names = data.answer.reports.map((report) => report.name);
const tagline = document.querySelector(".tagline")!;
const subtitle = tagline.textContent;
const palette = () => data.palettes[theme()];

let experiment = exported;
let [paths, reports] = [exactPaths, data.answer.reports];
let walker: Walker | null = null; // if something can be moved
const sliders: (Sliders | null)[] = [];
let sharedSliders: Sliders | null = null;
let highlighted: number | null = null;
let player: Player;
let surface: Surface | null = null;
let lossPlot: LossPlot | null = null; // if it is shown
let curves: LossCurves | null = null;

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
  surface?.plot.draw(scene(paths.points, paths.fan?.points), fresh);
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
  const minimum = under === null && surface?.minimumUnder(event);
  if (minimum) placeTooltip(byId("tooltip"), event, minimum);
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

/** What all runs share can be turned where all of them follow; heights beyond float32 keep their steps. */
const shared = sharedOf();

function sharedOf(): readonly Hyper[] {
  if (data.walking === null || !startMoves()) return [];
  const huge = exactPaths.heights instanceof Float64Array;
  return data.walking.shared.filter(({ key }) => key !== "steps" || !huge);
}

const lossCurves = throttled(() => {
  followLosses();
  drawLosses(true);
}, EVERY);
const follow = atFrame(walkOn);
let walkedAs = exported;

function onTurn(run: number, key: string, value: number): void {
  if (key.includes(".")) moveTo(withScheduled(experiment, run, key, value));
  else moveTo(turned(experiment, exported, data.walking!, run, key, value));
}

function onShared(key: string, value: number): void {
  moveTo(withShared(experiment, key, value));
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
  player.setSteps(paths.steps);
  showOrigin(moved.length > 0, invitation());
  fillTable();
  showSpoken();
  showClock(player.clock);
  surface?.follow();
  drawPaths(true);
  lossCurves();
}

function walkAnew(runs: readonly number[]): void {
  if (paths === exactPaths || paths.steps !== experiment.steps)
    [paths, reports] = [writable(exactPaths, experiment.steps), [...data.answer.reports]];
  const told = new Map(runs.map((run) => [run, walker!.into(paths, experiment, run, names[run])]));
  reports = reports.map((report, run) => told.get(run) ?? report);
}

const valuesOf = (run: Run): Values => ({ ...run.hypers, ...scheduledValues(run) });

function wordsOf(k: number): string {
  const { hypers, scheduled } = data.walking!;
  const [before, now] = [exported.runs[k], experiment.runs[k]];
  return valueWords(now, retoldSymbols(data.symbols[k], hypers[k]!, scheduled[k], before, now));
}

function showValues(): void {
  sliders.forEach((one, k) => one?.show(valuesOf(experiment.runs[k]), wordsOf(k)));
  sharedSliders?.show(sharedValues(experiment), sharedWords(experiment, shared));
  surface?.plot.setStart(experiment.start);
}

// The words that name what all runs have in common, and what only readers without the plot are told.
function showSpoken(): void {
  const moved = subtitle.replace(startWords(exported.start, 4), startWords(experiment.start, 4));
  tagline.textContent = retold(moved, shared, exported, experiment);
  const summary = summaryOf(data.answer, reports, exported.start, experiment.start);
  byId("summary").textContent = retoldSummary(summary, exported, experiment);
}

const invitation = (): string =>
  startMoves() ? "Drag the start, or open a run and turn its values." : "Open a run and turn its values.";

function createRow(run: Run, k: number): HTMLLIElement {
  const hypers = data.walking?.hypers[k];
  const turnable = hypers && [...hypers, ...data.walking!.scheduled[k]];
  sliders[k] = turnable ? createSliders(names[k], turnable, (key, value) => onTurn(k, key, value)) : null;
  return runRow(run, k, names[k], data.symbols[k], toggleRun, sliders[k]?.element);
}

function startMoving(): void {
  if (shared.length > 0) {
    sharedSliders = createSliders("all runs", shared, onShared);
    byId("shared").append(sharedSliders.element);
    byId("shared").hidden = false;
  }
  showValues();
  showOrigin(false, invitation());
  byId("put-back").addEventListener("click", () => moveTo(putBack(experiment, exported)));
}

// ---- the whole ----

function onTheme(): void {
  switchTheme();
  surface?.draw();
  swatches(palette());
  drawAll(true);
}

function startSurface(grid: Grid): void {
  const ground = createGround(data.contour, grid, walker, exported);
  surface = createSurface(byId<Graph>("surface-plot"), {
    view: data.view,
    ground: () => ground(experiment),
    palette,
    ...(startMoves() ? { mark: null, onStart } : { mark: experiment.start }),
    onHover,
  });
}

function startLosses(): void {
  const host = byId("loss-plot");
  if (host.closest("[hidden]")) return;
  const frame = createFrame(host, { margin: LOSS_MARGIN, most: 6, lines: true, title: "step" });
  lossPlot = createLossPlot(frame.graph, { onHover });
  new ResizeObserver(frame.draw).observe(host);
}

async function start(): Promise<void> {
  player = startPlayer(paths.steps, () => drawAll(false));
  byId("runs").append(...experiment.runs.map(createRow));
  showRuns();
  standInForPlotly();
  if (data.walking !== null) walker = createWalker(data.walking, exported);
  startSurface(await unpackedGrid(data.contour));
  startLosses();
  followLosses();
  if (walker !== null) startMoving();
  player.seek(experiment.step ?? paths.steps);
  drawAll(true);
  watchRows(highlight);
  listenToHints();
  byId("theme").addEventListener("click", onTheme);
  document.documentElement.dataset.ready = "";
}

document.addEventListener("DOMContentLoaded", start);
