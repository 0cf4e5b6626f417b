// The step inspector's table and legend, and its chips of runs.

import type { Run } from "../../experiment/experiment.ts";
import { shortly } from "../../experiment/scales.ts";
import { make } from "../../shell/document.ts";
import type { Kind, NumberGroup, NumberRow } from "./answer.ts";
import type { ArrowScene } from "./arrows.ts";

const AHEAD = "to the point ahead";

function cell({ text, after }: NumberRow, place: number): HTMLTableCellElement {
  const before = make("span", { textContent: text[place] });
  const parts = after ? [before, make("span", { className: "after", textContent: `→ ${after[place]}` })] : [before];
  const made = make("td", {}, parts);
  if (text.length !== 2) made.colSpan = 2;
  return made;
}

function tableRow(row: NumberRow): HTMLTableRowElement {
  const name = make("span", { className: "symbol-name", "aria-hidden": "true" }, row.name);
  const head = make("th", { scope: "row", title: row.hint }, [row.symbol, ...(row.name ? [name] : [])]);
  if (row.key) head.dataset.key = row.key;
  if (row.text.length <= 2) return make("tr", {}, [head, ...row.text.map((_, place) => cell(row, place))]);
  const list = { ...row, text: [row.text.join("  ")], after: row.after && [row.after.join("  ")] };
  return make("tr", {}, [head, cell(list, 0)]);
}

// Numbers that stand alone, such as hyperparameters, share a line.
function inline(rows: readonly NumberRow[]): HTMLTableRowElement {
  const item = ({ symbol, name, hint, text }: NumberRow) =>
    make("span", { className: "inline-number", title: hint }, [
      make("span", { className: "symbol-name" }, `${name} `),
      `${symbol} ${text[0]}`,
    ]);
  return make("tr", {}, [make("td", { colSpan: 3, className: "inline-numbers" }, rows.map(item))]);
}

function groupRows({ title, rows }: NumberGroup): HTMLTableRowElement[] {
  const head = make("tr", { className: "group" }, [make("th", { colSpan: 3, scope: "colgroup", textContent: title })]);
  const alone = rows.every((row) => row.text.length === 1 && !row.after);
  return [head, ...(alone && rows.length > 1 ? [inline(rows)] : rows.map(tableRow))];
}

/** Fills `body` with all numbers of the step. */
export function showNumbers(body: HTMLElement, groups: readonly NumberGroup[]): void {
  body.replaceChildren(...groups.flatMap(groupRows));
}

const NAMES: Readonly<Record<Kind, string>> = {
  gradient: "downhill, minus the gradient",
  asked: "downhill, as the rule was told it ahead",
  memory: "memory of directions",
  update: "the update",
  square: "",
};

function item(className: string, text: string, note: string): HTMLLIElement {
  return make("li", {}, [
    make("span", { className, "aria-hidden": "true" }),
    make("span", { textContent: text }),
    make("span", { className: "legend-note", textContent: note }),
  ]);
}

/** Each kind of arrow once, with the factor by which it is drawn longer than it is. */
export function showLegend(list: HTMLElement, scene: ArrowScene): void {
  const seen = new Map<string, HTMLLIElement>();
  for (const { key, kind, symbol, group } of scene.arrows) {
    const once = kind === "asked" ? "asked" : key;
    const noisy = kind === "asked" && !scene.looks.length;
    const note = noisy ? "downhill with the noise of this step" : NAMES[kind];
    const text = `${symbol} ×${shortly(scene.factors[group])}`;
    if (!seen.has(once)) seen.set(once, item(`arrow-key key-${kind}`, text, note));
  }
  const ahead = scene.looks.length ? [item("arrow-key key-dashed", AHEAD, "")] : [];
  const squares = scene.squares.map(({ symbol, group }, place) => {
    const side = 14 / scene.factors[group];
    const where = place % 2 ? "x at the left, y below" : "x beside the point, y above";
    return item("square-key", `${symbol}: this square is ${shortly(side * side)}`, `memory of sizes; ${where}`);
  });
  list.replaceChildren(...seen.values(), ...ahead, ...squares);
}

/** One chip a run; built anew only when names, styles or their number change. Says whether it was. */
export function showChips(
  group: HTMLElement,
  runs: readonly Run[],
  names: readonly string[],
  chosen: number,
  onChoose: (run: number) => void,
): boolean {
  const wanted = JSON.stringify(runs.map((run, k) => [run.style, names[k]]));
  const anew = group.dataset.runs !== wanted;
  if (anew) {
    group.dataset.runs = wanted;
    group.replaceChildren(...runs.map((run, k) => chip(run, names[k], () => onChoose(k))));
  }
  press(group, chosen);
  return anew;
}

/** Presses the chip of the run `chosen` in. */
export function press(group: HTMLElement, chosen: number): void {
  [...group.children].forEach((one, k) => one.setAttribute("aria-pressed", String(k === chosen)));
}

function chip(run: Run, name: string, onChoose: () => void): HTMLButtonElement {
  const swatch = make("canvas", { width: 44, height: 32, className: "swatch", "data-style": run.style });
  const label = make("span", { textContent: name });
  const button = make("button", { type: "button", className: "run-chip", title: name }, [swatch, label]);
  button.addEventListener("click", onChoose);
  return button;
}
