// What is told beside the pointer of the run that is under it, and how its rows stand out.

import { shortly } from "../experiment/scales.ts";
import type { Under } from "./geometry.ts";
import { lossAt, type Paths } from "./paths.ts";

/** Writes the numbers of a point into `tip` and puts it beside the pointer; hides it for null. */
export function showTooltip(
  tip: HTMLElement,
  under: Under | null,
  event: PointerEvent,
  paths: Paths,
  names: readonly string[],
): void {
  tip.hidden = under === null;
  if (under === null) return;
  const { run, step } = under;
  const at = 2 * (run * (paths.steps + 1) + step);
  const [x, y] = [shortly(paths.points[at]), shortly(paths.points[at + 1])];
  placeTooltip(tip, event, `${names[run]}\nstep ${step}   loss ${shortly(lossAt(paths, run, step))}\nx ${x}   y ${y}`);
}

/** Shows `text` beside the pointer. */
export function placeTooltip(tip: HTMLElement, event: PointerEvent, text: string): void {
  tip.hidden = false;
  tip.textContent = text;
  const left = event.clientX + 16 + 200 > innerWidth ? event.clientX - 190 : event.clientX + 16;
  Object.assign(tip.style, { left: `${left}px`, top: `${Math.min(event.clientY + 14, innerHeight - 80)}px` });
}

/** Lets the rows of `run`, and no others, stand out. */
export function markRow(run: number | null): void {
  for (const row of document.querySelectorAll<HTMLElement>("[data-run]")) {
    row.classList.toggle("run-highlight", run !== null && Number(row.dataset.run) === run);
  }
}
