// The table of a training in a file of its own: what became of each run, and its numbers at the player's step.

import type { Run } from "../experiment/experiment.ts";
import { byId, make } from "../shell/document.ts";
import type { Answer, Report } from "../train/answer.ts";
import { pointAt } from "../train/axes.ts";
import { lossWords, shareWords } from "../train/plot-words.ts";

const COLUMNS = 5; // of numbers

/** One row for each run. */
export function createRows({ reports }: Answer, runs: readonly Run[]): HTMLTableRowElement[] {
  return reports.map(({ name, outcome, sentence, kind }, run) => {
    const sample = make("canvas", { className: "swatch", width: 44, height: 32, "data-style": runs[run].style });
    const head = make("th", { scope: "row" }, [sample, make("span", {}, name)]);
    const words = make("button", { type: "button", className: "hinted", "data-hint": sentence }, outcome);
    const became = make("td", { className: `outcome-${kind}` }, words);
    const numbers = Array.from({ length: COLUMNS }, () => make("td"));
    return make("tr", { "data-run": run }, [head, became, ...numbers]);
  });
}

/** Puts the numbers before the step `time` into the rows: at the end those with which each run ends. */
export function fillRows(answer: Answer, runs: readonly Run[], time: number): void {
  const ended = time >= answer.steps;
  const rows = byId<HTMLTableSectionElement>("train-outcomes").rows;
  answer.reports.forEach((report, run) => {
    const row = rows[run];
    row.classList.toggle("run-hidden", runs[run].hidden);
    const numbers = ended ? ending(report) : numbersAt(answer, run, time);
    numbers.forEach((text, k) => put(row.cells[k + 2], text));
  });
  byId("table-step").textContent = ended ? "at the end" : `at step ${lookedAt(answer, time)}`;
}

function put(cell: HTMLElement, text: string): void {
  if (cell.textContent !== text) cell.textContent = text;
}

const withSpread = (loss: string, spread: string): string => (spread ? `${loss}\n(${spread})` : loss);
const ending = ({ numbers: [loss, ...others], spread }: Report): string[] => [withSpread(loss, spread), ...others];

// The last step up to `time` at which all points were looked at.
const lookedAt = ({ every }: Answer, time: number): number => every * Math.floor(time / every);

/** Loss, validation loss, both accuracies and the least validation loss of a run at `time`, in words. */
export function numbersAt(answer: Answer, run: number, time: number): string[] {
  const seeds = answer.trainings[run];
  const [{ columns }] = seeds;
  const last = answer.reports[run].numbers;
  const at = seeds.map((curve) => pointAt(curve, answer.every, time));
  // What there is none of at the end there is none of before.
  const told = (column: number, words: (value: number) => string) =>
    last[column] === "—" ? "—" : words(columns[column][at[0]]);
  const losses = seeds.map((curve, seed) => curve.columns[0][at[seed]]);
  const spread = losses.length > 1 ? `${lossWords(Math.min(...losses))} to ${lossWords(Math.max(...losses))}` : "";
  return [
    withSpread(lossWords(losses[0]), spread),
    told(1, lossWords),
    told(2, shareWords),
    told(3, shareWords),
    last[4],
  ];
}
