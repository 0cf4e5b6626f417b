// Tuning on the Explore page: asks for a sweep, takes its best values over, draws it, and lets a reader pick another.

import { type Figure, type Graph, plotly } from "../dash/plotly.ts";
import { walkOf } from "../experiment/descent.ts";
import type { Experiment, Run, Values } from "../experiment/experiment.ts";
import { runsMended } from "../runs/refused.ts";
import { byId, tell } from "../shell/document.ts";
import { current } from "../shell/theme.ts";
import { ask } from "../wire/ask.ts";
import { visit } from "./asking.ts";
import { changeWhole } from "./changing.ts";
import { state } from "./state.ts";
import { tuningSituation } from "./tuned.ts";

interface TunedRun {
  readonly run: number;
  readonly settings: readonly Values[];
  readonly best: number | null;
  readonly tuned: string;
  name: string;
}

interface Marks {
  name?: string;
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
  if (sweep === null) return fail("The server does not answer. Nothing was changed.");
  if (sweep.problem !== undefined) return fail(sweep.problem);
  // Whoever changed a path meanwhile doesn't want it overwritten.
  if (!sameSituation(asked, sweep) || sweep.runs.some(({ run }) => !walksAsBefore(asked, run))) {
    return fail("The experiment changed meanwhile, so nothing was tuned. Tune again.");
  }
  tuning = { asked, sweep };
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

const sameSituation = (asked: Experiment, { runs }: Sweep): boolean =>
  runs.every(({ tuned }) => tuningSituation(asked, tuned) === tuningSituation(state.experiment, tuned));

function walksAsBefore(asked: Experiment, index: number): boolean {
  const place = placeOf(asked, index);
  return place !== null && walkOf(asked.runs[index]) === walkOf(state.experiment.runs[place]);
}

// Where a run of `asked` stands by now: the one of its method and style, which may have another name and place.
function placeOf(asked: Experiment, index: number): number | null {
  const one = asked.runs[index];
  const same = ({ optimizer, style }: Run) => optimizer === one.optimizer && style === one.style;
  const before = asked.runs.slice(0, index).filter(same).length;
  const places = [...state.experiment.runs.keys()].filter((k) => same(state.experiment.runs[k]));
  return places[before] ?? null;
}

function report(sentence: string, undo: boolean): void {
  tell("tuned", sentence);
  byId("tuned-row").hidden = false;
  byId("tuning-plot").hidden = tuning === null;
  byId("untune").hidden = !undo;
}

function fail(sentence: string): void {
  forgetTuning();
  offerFile(null);
  report(sentence, false);
}

// The link that saves the sweep.
function offerFile(table: string | null): void {
  const link = byId<HTMLAnchorElement>("sweep-file");
  if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
  link.href = table === null ? "#" : URL.createObjectURL(new Blob([table], { type: "text/csv" }));
  link.download = `${state.experiment.surface.replace(/[^a-z0-9]+/gi, "-").slice(0, 60)}-sweep.csv`;
  link.hidden = table === null;
}

function take(choices: readonly Choice[], why: string): void {
  const runs = [...state.experiment.runs];
  for (const [{ run, settings }, index, tuned] of choices) {
    const place = placeOf(tuning!.asked, run)!;
    runs[place] = { ...runs[place], hypers: settings[index], tuned };
  }
  runsMended();
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
  if (!row || placeOf(asked, row.run) === null) return;
  take([[row, index, index === row.best ? row.tuned : ""]], `pick ${curve} ${index}`);
  for (const { data } of Object.values(sweep.figures)) {
    Object.assign(data[curve + sweep.runs.length], { x: [data[curve].x[index]], y: [data[curve].y[index]] });
  }
  draw();
}

/** Gives all runs that were tuned the numbers that they had before. */
export function untune(): void {
  if (tuning === null) return;
  const { asked, sweep } = tuning;
  const runs = [...state.experiment.runs];
  for (const { run } of sweep.runs) {
    const place = placeOf(asked, run);
    const { hypers, tuned } = asked.runs[run];
    if (place !== null) runs[place] = { ...runs[place], hypers, tuned };
  }
  runsMended();
  changeWhole({ ...state.experiment, runs }, "untune", { structure: true });
  show(false);
  forgetTuning();
}

function show(shown: boolean): void {
  byId("tuned-row").hidden = !shown;
  byId("tuning-plot").hidden = !shown;
  byId("sweep-file").hidden = !shown || tuning === null || tuning.sweep.runs.length === 0;
}

/** Also when the page is opened anew: its panel is empty then. */
export function forgetTuning(): void {
  tuning = null;
}

/** Shows the sweep as long as the experiment is one that it was made for. */
export function followTuning(): void {
  showTuned();
  if (tuning === null || plot() === null) return;
  const { asked, sweep } = tuning;
  const fits = sameSituation(asked, sweep) && sweep.runs.every(({ run }) => placeOf(asked, run) !== null);
  if (fits) rename(tuning);
  show(fits);
}

// A run may have got another name since.
function rename({ asked, sweep }: Tuning): void {
  const names = state.answer?.reports.map(({ name }) => name) ?? [];
  const others = sweep.runs.filter((row) => row.name !== names[placeOf(asked, row.run)!]);
  for (const row of others) {
    row.name = names[placeOf(asked, row.run)!];
    for (const { data } of Object.values(sweep.figures)) data[sweep.runs.indexOf(row)].name = escaped(row.name);
  }
  if (others.length > 0) draw();
}

// Plotly reads names as markup.
const escaped = (name: string): string => name.replace(/[&<>%$]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The colours are others. */
export const restyleTuning = (): unknown => draw();

export function togglePanel(): void {
  const panel = byId("tuning");
  panel.hidden = !panel.hidden;
  byId("tune-switch").setAttribute("aria-expanded", String(!panel.hidden));
}
