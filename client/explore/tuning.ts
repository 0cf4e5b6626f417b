// Tuning on the Explore page: asks for a sweep, takes its best values over, draws it, and lets a reader pick another.

import { type Figure, type Graph, plotly } from "../dash/plotly.ts";
import type { Experiment, Values, WithRuns } from "../experiment/experiment.ts";
import { byId, tell } from "../shell/document.ts";
import { current } from "../shell/theme.ts";
import { ask } from "../wire/ask.ts";
import { visit } from "./asking.ts";
import { changeWhole } from "./changing.ts";
import { state } from "./state.ts";
import { tuningHolds } from "./tuned.ts";

interface TunedRun {
  readonly run: number;
  readonly settings: readonly Values[];
  readonly best: number | null;
  readonly tuned: string;
}

interface Marks {
  x: unknown[];
  y: unknown[];
}

interface Sweep {
  readonly runs: readonly TunedRun[];
  readonly words: string;
  /** All that was tried, as the text of a CSV file. */
  readonly table: string;
  readonly figures: Readonly<Record<string, Figure & { data: Marks[] }>>;
}

/** A run of the sweep, which of its settings is taken, and what is then said of it. */
type Choice = readonly [TunedRun, number, string];

interface Tuning {
  readonly asked: Experiment;
  readonly sweep: Sweep;
  readonly before: Experiment;
}

let tuning: Tuning | null = null;
let busy = false;

const plot = () => document.getElementById("tuning-plot") as Graph | null;

function words(tuned: string): string {
  const [values, criterion] = tuned.split(":");
  return tuned ? `tuned: ${values} values, ${state.catalogue.criteria[criterion]}` : "";
}

/** The list of runs is built by the server only when its structure changes; these lines follow every value. */
export function showTuned(): void {
  for (const row of document.querySelectorAll<HTMLElement>(".run-tuned")) {
    row.textContent = words(state.experiment.runs[Number(row.dataset.run)]?.tuned ?? "");
  }
}

/** Tunes the learning rate of every run shown, or `all` of its numbers, by `criterion`. */
export async function tune(what: string, criterion: string): Promise<void> {
  if (busy || state.good === null) return;
  const asked = state.experiment;
  const here = visit();
  setBusy(true);
  const sweep = await ask<Sweep>("explore/tune", { experiment: asked, criterion, everything: what === "all" });
  busy = false;
  if (here !== visit() || !document.getElementById("tune")) return;
  setBusy(false);
  if (sweep === null) return report("The server does not answer. Nothing was changed.", false);
  if (sweep.problem !== undefined) return report(sweep.problem, false);
  // Whoever moved something meanwhile doesn't want it overwritten.
  if (JSON.stringify(state.experiment) !== JSON.stringify(asked)) {
    return report("The experiment changed meanwhile, so nothing was tuned. Tune again.", false);
  }
  tuning = { asked, sweep, before: state.experiment };
  const choices = sweep.runs.flatMap((row): Choice[] => (row.best === null ? [] : [[row, row.best, row.tuned]]));
  take(choices, "tune");
  report(sweep.words, choices.length > 0);
  offerFile(sweep.runs.length > 0 ? sweep.table : null);
  await draw();
}

function setBusy(now: boolean): void {
  busy = now;
  Object.assign(byId("tune"), { disabled: now, textContent: now ? "Tuning…" : "Tune the runs shown" });
}

function report(sentence: string, undo: boolean): void {
  tell("tuned", sentence);
  byId("tuned-row").hidden = false;
  byId("untune").hidden = !undo;
}

// The link that saves the sweep, as long as it is shown.
function offerFile(table: string | null): void {
  const link = byId<HTMLAnchorElement>("sweep-file");
  if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
  link.href = table === null ? "#" : URL.createObjectURL(new Blob([table], { type: "text/csv" }));
  link.download = `${state.experiment.surface.replace(/[^a-z0-9]+/gi, "-").slice(0, 60)}-sweep.csv`;
  link.hidden = table === null;
}

function take(choices: readonly Choice[], why: string): void {
  const runs = [...state.experiment.runs];
  for (const [{ run, settings }, index, tuned] of choices) runs[run] = { ...runs[run], hypers: settings[index], tuned };
  changeWhole({ ...state.experiment, runs }, why, { structure: true });
}

async function draw(): Promise<void> {
  const place = plot();
  if (tuning === null || place === null) return;
  const { data, layout } = tuning.sweep.figures[current()];
  await plotly().react(place, data, { ...layout, autosize: true }, { displayModeBar: false, responsive: true });
  place.removeAllListeners("plotly_click");
  place.on("plotly_click", ({ points: [point] }) => pick(point.curveNumber, point.pointNumber));
}

// A reader takes another value of the sweep: the marker moves, and the run is no longer said to be tuned.
function pick(curve: number, index: number): void {
  if (tuning === null) return;
  const { sweep, asked } = tuning;
  const row = sweep.runs[curve];
  const run = row && state.experiment.runs[row.run];
  if (!run || run.optimizer !== asked.runs[row.run].optimizer) return;
  take([[row, index, index === row.best ? row.tuned : ""]], `pick ${curve} ${index}`);
  for (const { data } of Object.values(sweep.figures)) {
    Object.assign(data[curve + sweep.runs.length], { x: [data[curve].x[index]], y: [data[curve].y[index]] });
  }
  draw();
}

/** Gives all runs the numbers that they had before. */
export function untune(): void {
  if (tuning === null) return;
  const { runs: old } = tuning.before;
  const runs = state.experiment.runs.map((run, k) => ({ ...run, hypers: old[k].hypers, tuned: old[k].tuned }));
  changeWhole({ ...state.experiment, runs }, "untune", { structure: true });
  close();
}

// The sweep belongs to the experiment it was made for.
function close(): void {
  forgetTuning();
  byId("tuned-row").hidden = true;
  offerFile(null);
  const place = plot();
  if (place !== null) plotly().purge(place);
}

/** Also when the page is opened anew: its panel is empty then. */
export function forgetTuning(): void {
  tuning = null;
}

/** Who is who in a list of runs. */
const order = ({ runs }: WithRuns): string => runs.map(({ optimizer, style }) => `${optimizer} ${style}`).join();

/** Closes the sweep once the experiment is another one. */
export function followTuning(): void {
  showTuned();
  if (tuning === null || plot() === null) return;
  const { asked } = tuning;
  if (order(asked) !== order(state.experiment) || !tuningHolds(asked, state.experiment)) close();
}

/** The colours are others. */
export const restyleTuning = (): unknown => draw();

export function togglePanel(): void {
  const panel = byId("tuning");
  panel.hidden = !panel.hidden;
  byId("tune-switch").setAttribute("aria-expanded", String(!panel.hidden));
}
