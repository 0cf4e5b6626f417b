// The table of the Train page: one row a run, its last numbers and what became of it.

import { drawScheduleCurves } from "../drawing/schedule-curve.ts";
import type { Run } from "../experiment/experiment.ts";
import { byId, make, tell } from "../shell/document.ts";
import type { Report } from "./answer.ts";
import { drawSamples } from "./palette.ts";
import { fittingAnswer, state } from "./state.ts";

function row({ name }: Report, { style, hidden }: Run, index: number): HTMLTableRowElement {
  const sample = make("canvas", { className: "swatch", width: 44, height: 32, "data-style": style });
  const head = make("th", { scope: "row" }, [sample, make("span", {}, name)]);
  const outcome = make("td", {}, make("button", { type: "button", className: "hinted" }));
  const numbers = Array.from({ length: 5 }, () => make("td"));
  return make("tr", { "data-run": index, className: hidden ? "run-hidden" : "" }, [head, outcome, ...numbers]);
}

function put(cell: HTMLElement, text: string): void {
  if (cell.textContent !== text) cell.textContent = text;
}

function fill({ cells }: HTMLTableRowElement, { numbers, spread, outcome, sentence, kind }: Report): void {
  const words = cells[1].querySelector("button")!;
  put(words, outcome);
  words.dataset.hint = sentence;
  cells[1].className = `outcome-${kind}`;
  numbers.forEach((text, k) => put(cells[k + 2], k === 0 && spread ? `${text}\n(${spread})` : text));
}

/** Puts new texts into the rows that stand; builds rows anew only for other runs. */
export function showTable(): void {
  const answer = fittingAnswer();
  if (answer === null) return;
  const { runs, task } = state.experiment;
  const { reports } = answer;
  const body = byId<HTMLTableSectionElement>("train-outcomes");
  const looks = reports.map(({ name }, k) => `${runs[k].style} ${runs[k].hidden} ${name}`).join("\n");
  if (body.dataset.looks !== looks) {
    body.dataset.looks = looks;
    body.replaceChildren(...reports.map((report, k) => row(report, runs[k], k)));
    drawSamples();
  }
  reports.forEach((report, k) => fill(body.rows[k], report));
  drawScheduleCurves(answer.schedules);
  body.closest("table")!.classList.toggle("of-values", state.catalogue.tasks[task]?.classes === 0);
  if (answer.done) tell("train-summary", reports.map(({ name, sentence }) => `${name}: ${sentence}`).join(" "));
}
