// Sheets on the Explore page: the paths for every stop of a slider are fetched when hand or keyboard reach it, so that
// a drag is drawn without asking. At rest the exact answer follows, with all numbers and words.

import type { Box, Experiment } from "../experiment/experiment.ts";
import { type Hyper, stops } from "../experiment/scales.ts";
import type { NumberId } from "../runs/page.ts";
import { askPieces } from "../wire/ask.ts";
import { createSheets, type SheetEntry, type Sheets } from "../wire/sheets.ts";
import { isInspecting } from "./inspector/inspector.ts";
import { moved } from "./moved.ts";
import { numbers } from "./numbers.ts";
import { draw, mounted, visible } from "./plots.ts";
import { drawProvisional } from "./provisional.ts";
import { byKeyboard, reached } from "./reach.ts";
import { beginning, forgetLongest, movedTo } from "./sheet-paths.ts";
import { state, to } from "./state.ts";
import { AT_MOST, sheetOf, type Vary, type WhichSheet } from "./which-sheet.ts";

const NEAR = 8; // stops on either side that come first, then every eighth, and so on
const BUSY = 2000; // ms without a question after the server has refused one or failed

/** What the server is asked for a sheet. */
interface Question {
  readonly experiment: Experiment;
  readonly view: Box;
  readonly vary: Vary;
}

let sheets: Sheets<Question> | null = null;
let quiet = 0; // no question before
let from: number | string | null = null; // the value from which the arrow keys step

/** A visit of the page begins. */
export function begin(): void {
  sheets?.forget();
  forgetLongest();
  sheets = createSheets({ fetchSheet });
}

async function fetchSheet(
  question: Question,
  signal: AbortSignal,
  onBytes: (bytes: Uint8Array) => void,
): Promise<boolean> {
  const end = await askPieces("explore/sheet", question, signal, onBytes);
  if (end === "refused" || (end === "broken" && !signal.aborted)) {
    quiet = performance.now() + BUSY;
    setTimeout(want, BUSY + 1);
  }
  return end === "whole" || end === "unusable";
}

/** What is fetched and kept: whether a sheet is under way, how many there are and how large. */
export const facts = (): { busy: boolean; sheets: number; bytes: number } => ({
  busy: sheets?.busy() ?? false,
  ...sheets!.facts(),
});

// ---- asking ----

/** Another slider is reached. */
export function leaveSlider(): void {
  from = null;
}

/** Asks for the sheet of the slider that hand or keyboard have reached, if it isn't there. */
export function want(): void {
  const number = reached();
  if (number === null || !mounted() || state.good === null || performance.now() < quiet) return;
  if (saving() || isInspecting()) return;
  const hyper = numbers.hyperOf(number.owner, number.key);
  const sheet = sheetOf(state.experiment, number);
  if (hyper === undefined || sheet === null) return;
  if (lift(sheet)) ready();
  // While it is moved a slider keeps its own place; at rest it is put where its value, rounded, belongs.
  if (from === null || moved.none()) from = sheet.value;
  const { experiment } = state;
  const view = visible();
  const values = sheet.value === AT_MOST ? [AT_MOST] : stopsOf(hyper, Number(sheet.value));
  sheets!.want(sheet.name, values, (missing) => ({ experiment, view, vary: sheet.vary(missing as number[]) }));
}

// Whether the reader has told the browser to save data.
const saving = (): boolean => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData ?? false;

// The nearest stops first, then those that halve the gaps.
function stopsOf(hyper: Hyper, value: number): number[] {
  const all = stops(hyper, byKeyboard() ? Number(from) : undefined);
  const here = all.findIndex((stop) => stop >= value);
  const turn = (k: number) => (Math.abs(k - here) <= NEAR ? 0 : [8, 4, 2, 1].findIndex((gap) => k % gap === 0) + 1);
  const turns = all.map((stop, k): [number, number] => [turn(k), stop]);
  return turns.sort(([a], [b]) => a - b).map(([, stop]) => stop);
}

// ---- drawing ----

// Drawn a few times over, so that the browser has its buffers for the canvases when the hand moves.
function ready(times = 4): void {
  if (times === 0 || !mounted()) return;
  draw(true);
  requestAnimationFrame(() => ready(times - 1));
}

// The run that moves alone goes above the others. Says whether that is news.
function lift({ alone }: WhichSheet): boolean {
  const news = String(state.apart) !== String(alone);
  to.lifted(alone);
  return news;
}

// The sheet's entry that can draw the experiment.
function entryFor(sheet: WhichSheet, number: NumberId): SheetEntry | null {
  const entry = sheets?.find(sheet.name) ?? null;
  if (!entry?.blocks.has(sheet.value) || entry.header === null || state.good === null) return null;
  if (sheetOf(state.good, number)?.name !== sheet.name) return null;
  if (state.paths?.heights instanceof Float64Array) return null; // a sheet has losses as float32
  return sheet.losses && entry.header.floor !== state.paths?.floor ? null : entry;
}

// What is typed may be no number that the server can use.
function within({ owner, key }: NumberId): boolean {
  const [hyper, value] = [numbers.hyperOf(owner, key), numbers.numberOf(owner, key)];
  if (hyper === undefined || typeof value !== "number" || (hyper.whole && !Number.isInteger(value))) return false;
  return value >= hyper.low && value <= hyper.high;
}

/** Draws what `number` has moved, if its sheet is there. Says whether it did. */
export function drawMoved(number: NumberId): boolean {
  if (state.good === null || state.paths === null || isInspecting() || !within(number)) return false;
  const sheet = sheetOf(state.experiment, number);
  const entry = sheet && entryFor(sheet, number);
  if (!sheet || !entry?.header) return false;
  const long = sheet.value === AT_MOST;
  const paths = long ? beginning(entry, state.experiment.steps) : movedTo(entry, entry.header, sheet.value);
  const fresh = lift(sheet) || sheet.alone.length === 0 ? true : "apart";
  drawProvisional(paths, { runs: entry.header.runs, losses: sheet.losses, fresh });
  return true;
}
