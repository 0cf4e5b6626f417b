// Where a method finds its η itself, a mark on the run's slider shows the one it chose. The experiment isn't changed.

import { type Hyper, toPosition } from "../../experiment/scales.ts";
import { make } from "../../shell/document.ts";
import type { Chosen } from "./answer.ts";

/** The share of the slider's track at which `value` stands, within its ends. */
export function share(hyper: Hyper, value: number): number {
  const [low, high] = [toPosition(hyper, hyper.low), toPosition(hyper, hyper.high)];
  const at = (toPosition(hyper, Math.min(hyper.high, Math.max(hyper.low, value))) - low) / (high - low);
  return Math.min(1, Math.max(0, at));
}

/** Takes the mark off every slider but that of the row `except`. */
export function clearChosen(except: Element | null = null): void {
  for (const row of document.querySelectorAll(".hyper-chosen")) if (row !== except) unmark(row);
}

function unmark(row: Element): void {
  row.classList.remove("hyper-chosen");
  for (const one of row.querySelectorAll(".chosen-mark, .chosen-words")) one.remove();
}

function sliderOf(run: number, { key }: Chosen): HTMLElement | null {
  return document.getElementById(JSON.stringify({ key, owner: `run-${run}`, type: "slider" }));
}

/** Marks the slider of `run` where the method has chosen. */
export function showChosen(
  run: number,
  chosen: Chosen | null,
  hyperOf: (owner: string, key: string) => Hyper | undefined,
): void {
  const slider = chosen?.key ? sliderOf(run, chosen) : null;
  const row = slider?.closest<HTMLElement>(".hyper") ?? null;
  clearChosen(row);
  if (row === null || slider === null || chosen === null) return;
  const track = slider.querySelector(".mantine-Slider-track") ?? slider;
  const mark =
    row.querySelector<HTMLElement>(".chosen-mark") ?? track.appendChild(make("span", { className: "chosen-mark" }));
  const words = row.querySelector(".chosen-words") ?? row.appendChild(make("span", { className: "chosen-words" }));
  const hyper = hyperOf(`run-${run}`, chosen.key);
  row.classList.add("hyper-chosen");
  mark.hidden = chosen.value === null;
  if (chosen.value !== null && hyper) mark.style.left = `${100 * share(hyper, chosen.value)}%`;
  words.textContent = `η ${chosen.text}, chosen by the line search`;
}
