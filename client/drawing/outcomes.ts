// The table under the plot: one row a run, its numbers and what became of it.

import type { Run } from "../experiment/experiment.ts";
import { make } from "../shell/document.ts";

/** What is told of one run: fall_line/explanations/report.py. Losses and lengths are texts already. */
export interface Report {
  readonly name: string;
  readonly final_loss: string;
  readonly best_loss: string;
  /** -1 if there is none. */
  readonly best_step: number;
  readonly steps_to_tolerance: number | null;
  readonly path_length: string;
  /** In few words, as a sentence, and as a class. */
  readonly outcome: string;
  readonly sentence: string;
  readonly kind: string;
  /** The step to whose point the run goes back at its end. */
  readonly kept_step: number | null;
  /** The step from which rounding, or the start's 12th digit, changes the path; `outcome` and `sentence` say so. */
  readonly chaotic_from_step: number | null;
  /** What all seeds say, if there are several: how many, the quartiles of their final losses, how many reached it. */
  readonly seeds?: {
    readonly count: number;
    readonly lower: string;
    readonly upper: string;
    readonly reached: number | null;
  } | null;
}

type Looks = Pick<Run, "style" | "hidden">;

/** What the cells of a report show; a step that doesn't exist is a dash, and what seeds say stands in a second line. */
export function cells(report: Report): string[] {
  const best = report.best_step < 0 ? "—" : `${report.best_loss} at ${report.best_step}`;
  const reached = report.steps_to_tolerance === null ? "—" : String(report.steps_to_tolerance);
  const { final_loss: loss, kept_step: kept, seeds } = report;
  const final = kept === null ? loss : `${loss} kept from step ${kept}`;
  if (!seeds) return [final, best, reached, report.path_length];
  const share = seeds.reached === null ? "" : `\n(${seeds.reached} of ${seeds.count} seeds)`;
  return [`${final}\n(${seeds.lower} to ${seeds.upper})`, best, reached + share, report.path_length];
}

function row(report: Report, run: Looks, index: number): HTMLTableRowElement {
  const sample = make("canvas", { className: "swatch", width: 44, height: 32, "data-style": run.style });
  const head = make("th", { scope: "row" }, [sample, make("span", {}, report.name)]);
  const outcome = make("td", {}, make("button", { type: "button", className: "hinted" }));
  const numbers = Array.from({ length: 4 }, () => make("td"));
  return make("tr", { "data-run": index, className: run.hidden ? "run-hidden" : "" }, [head, outcome, ...numbers]);
}

function look(report: Report, run: Looks): string {
  return `${run.style} ${run.hidden} ${report.name}`;
}

function put(cell: HTMLElement, text: string): void {
  if (cell.textContent !== text) cell.textContent = text;
}

/** Puts new texts into the rows that stand; builds rows anew only for other runs. Says whether it did. */
export function fillOutcomes(
  body: HTMLTableSectionElement,
  reports: readonly Report[],
  runs: readonly Looks[],
): boolean {
  const looks = reports.map((report, index) => look(report, runs[index])).join("\n");
  const fresh = body.dataset.looks !== looks;
  if (fresh) body.replaceChildren(...reports.map((report, index) => row(report, runs[index], index)));
  body.dataset.looks = looks;
  reports.forEach((report, index) => {
    const [, outcome, ...numbers] = body.rows[index].cells;
    const words = outcome.querySelector("button")!;
    put(words, report.outcome);
    outcome.className = `outcome-${report.kind}`;
    words.dataset.hint = report.sentence;
    cells(report).forEach((text, k) => put(numbers[k], text));
  });
  return fresh;
}
