// The table under the Response plot: what every run answers at the cursor's epoch, and what it remembers.

import type { Run } from "../experiment/experiment.ts";
import { shortly } from "../experiment/scales.ts";
import { make, tell } from "../shell/document.ts";
import type { Answer } from "./answer.ts";

interface Shown {
  readonly runs: readonly Run[];
  readonly answer: Pick<Answer, "names" | "signal" | "updates" | "memory">;
  readonly epoch: number;
  /** The index of the run whose memory is shown in the plot. */
  readonly chosen: number;
}

interface Actions {
  readonly onChoose: (run: number) => void;
  /** The rows were built anew. */
  readonly onRows: () => void;
}

interface Accumulators {
  readonly symbols: readonly string[];
  readonly values: readonly ArrayLike<number>[];
}

/** A run's accumulators at an epoch: `v = 0.5   E = 0.25`. */
export function remembered({ symbols, values }: Accumulators, epoch: number): string {
  if (symbols.length === 0) return "none";
  return symbols.map((symbol, k) => `${symbol} = ${shortly(values[k][epoch])}`).join("   ");
}

function chooser({ style }: Run, name: string, choose: () => void): HTMLElement {
  const swatch = make("canvas", { className: "swatch", width: 44, height: 32, "data-style": style });
  const title = "Show its memory in the plot";
  const named = [swatch, make("span", {}, name)];
  const button = make("button", { type: "button", className: "reading-name", title }, named);
  button.addEventListener("click", choose);
  return button;
}

function row(run: Run, name: string, index: number, onChoose: Actions["onChoose"]): HTMLElement {
  const choose = () => onChoose(index);
  const made = make("tr", { "data-run": index, className: run.hidden ? "run-hidden" : "" });
  made.append(make("th", { scope: "row" }, chooser(run, name, choose)), make("td", { className: "reading-update" }));
  made.append(make("td", { className: "reading-memory" }));
  made.addEventListener("click", ({ target }) => (target as Element).closest("button") || choose());
  return made;
}

function looks(runs: readonly Run[], { names }: Pick<Answer, "names">): string {
  return runs.map((run, k) => `${run.style} ${run.hidden} ${names[k]}`).join("\n");
}

// The focus stays in the row where it was.
function build(body: HTMLTableSectionElement, { runs, answer }: Shown, { onChoose, onRows }: Actions): void {
  const focus = document.activeElement;
  const focused = focus !== null && body.contains(focus) ? focus.closest("tr")!.rowIndex - 1 : null;
  body.replaceChildren(...runs.map((run, k) => row(run, answer.names[k], k, onChoose)));
  body.dataset.looks = looks(runs, answer);
  onRows();
  if (focused !== null) body.rows[focused]?.querySelector("button")?.focus();
}

function fill(row: HTMLTableRowElement, update: string, memory: string, chosen: boolean): void {
  row.querySelector(".reading-update")!.textContent = update;
  row.querySelector(".reading-memory")!.textContent = memory;
  row.querySelector("button")!.setAttribute("aria-pressed", String(chosen));
  row.classList.toggle("run-chosen", chosen);
}

/** Puts new texts into the rows that stand; builds rows anew only for other runs. */
export function fillReadings(shown: Shown, actions: Actions): void {
  const { runs, answer, epoch, chosen } = shown;
  const body = document.getElementById("response-readings") as HTMLTableSectionElement | null;
  if (!body) return;
  if (body.rows.length !== runs.length || body.dataset.looks !== looks(runs, answer)) build(body, shown, actions);
  tell("response-epoch-text", `Epoch ${epoch}   g = ${shortly(answer.signal[epoch])}`);
  for (const [k, row] of [...body.rows].entries()) {
    fill(row, shortly(answer.updates[k][epoch]), remembered(answer.memory[k], epoch), k === chosen);
  }
}
