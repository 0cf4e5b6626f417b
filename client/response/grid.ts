// Many small plots: every method at its defaults on this signal; these runs, or one, on every signal. A click opens one.

import { shortly } from "../experiment/scales.ts";
import { make } from "../shell/document.ts";
import { ask } from "../wire/ask.ts";
import { type Answer, type SentAnswer, unpacked } from "./answer.ts";
import { answered } from "./answering.ts";
import { drawCell } from "./cell-drawing.ts";
import { type Cell, experiments, extremes } from "./cells.ts";
import { palette } from "./palette.ts";
import { state, to } from "./state.ts";

const LANES = 2;

interface ShownCell extends Cell {
  experiment: Cell["experiment"];
  opens: Cell["opens"];
  readonly button: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
  /** Tells how far the answers reach. */
  readonly peak: HTMLElement;
  answer: Answer | null;
}

interface Grid {
  /** Asks anew if what is shown has changed. */
  refresh(): void;
  /** Draws what the page itself can answer now that something moves. */
  move(): void;
  draw(): void;
}

let grid: Grid | null = null;

/** A visit of the page begins: the small plots stand in `host`. */
export function begin(host: HTMLElement): void {
  grid = createGrid(host);
}

export const refreshGrid = (): void => grid?.refresh();
export const moveGrid = (): void => grid?.move();
export const drawGrid = (): void => grid?.draw();

function createCell({ title, experiment, opens }: Cell): ShownCell {
  const peak = make("span", { className: "response-peak" }, "…");
  const canvas = make("canvas", { "aria-hidden": "true" });
  const inside = [make("span", {}, title), peak, canvas];
  const button = make("button", { type: "button", className: "response-cell", title }, inside);
  const cell: ShownCell = { title, experiment, opens, button, canvas, peak, answer: null };
  button.addEventListener("click", () => to.replaced(cell.opens, "open small plot"));
  return cell;
}

function drawOne({ answer, canvas, peak, experiment: { runs } }: ShownCell): void {
  if (answer === null) return;
  const [low, high] = extremes(answer.updates.filter((_, k) => !runs[k].hidden));
  peak.textContent = `${shortly(Number(low.toPrecision(2)))} … ${shortly(Number(high.toPrecision(2)))}`;
  drawCell(canvas, answer, runs, palette());
}

function moveOne(cell: ShownCell, { experiment, opens }: Cell): void {
  const { signal, runs } = cell.experiment;
  if (signal !== experiment.signal || runs.length !== experiment.runs.length) return;
  const found = cell.answer && answered(experiment, cell.answer.signal, cell.answer);
  if (found === null) return;
  Object.assign(cell, { experiment, opens, answer: found });
  drawOne(cell);
}

const keyOf = (wanted: readonly Cell[]): string =>
  JSON.stringify(wanted.map(({ experiment: { signal, drawn, runs } }) => [signal, drawn, runs]));

function createGrid(host: HTMLElement): Grid {
  let cells: readonly ShownCell[] = [];
  let asked = "";
  let visit = 0;

  function build(wanted: readonly Cell[]): void {
    cells = wanted.map(createCell);
    host.replaceChildren(...cells.map(({ button }) => button));
  }

  async function askFor(queue: ShownCell[], mine: number): Promise<void> {
    for (let cell = queue.shift(); cell && mine === visit && host.isConnected; cell = queue.shift()) {
      const answer = await ask<SentAnswer>("response/answers", cell.experiment);
      if (mine !== visit || answer === null || answer.problem !== undefined) return;
      cell.answer = unpacked(answer);
      drawOne(cell);
    }
  }

  function draw(): void {
    if (!host.hidden) cells.forEach(drawOne);
  }

  function move(): void {
    const wanted = experiments(state.experiment.view, state.experiment, state.catalogue);
    if (keyOf(wanted) === keyOf(cells) || wanted.length !== cells.length) return;
    asked = "";
    visit += 1; // what is under way is old already
    cells.forEach((cell, k) => moveOne(cell, wanted[k]));
  }

  function refresh(): void {
    const { good, catalogue, experiment } = state;
    if (experiment.view === "curves" || good === null) return;
    const wanted = experiments(experiment.view, good, catalogue);
    if (keyOf(wanted) === asked) {
      cells.forEach((cell, k) => (cell.opens = wanted[k].opens));
      return draw();
    }
    asked = keyOf(wanted);
    visit += 1;
    if (keyOf(cells) !== asked) build(wanted);
    const queue = [...cells];
    for (let lane = 0; lane < LANES; lane++) askFor(queue, visit);
  }

  new ResizeObserver(draw).observe(host);
  return { refresh, move, draw };
}
