// The table and the slider of epochs on the Response page.

import { byId, make } from "../shell/document.ts";
import { throttled } from "../wire/throttle.ts";
import { drawSamples } from "./palette.ts";
import { fillReadings } from "./readings.ts";
import { fittingAnswer, state, to } from "./state.ts";

const TABLE_EVERY = 60; // ms between updates of the table while something is dragged

/** A visit of the page begins: makes a native slider that moves the cursor, for keyboard and finger. */
export function begin(last: number): void {
  const settings = { type: "range", min: 0, max: last, step: 1, value: last, className: "scrub" };
  const input = make("input", { ...settings, "aria-label": "Epoch" });
  input.addEventListener("input", () => to.sought(Number(input.value)));
  byId("response-epoch").replaceChildren(input);
}

/** Shows the numbers at the cursor's epoch. */
export function showReadings(): void {
  const answer = fittingAnswer();
  if (answer === null) return;
  const { experiment, epoch, chosen } = state;
  fillReadings({ runs: experiment.runs, answer, epoch, chosen }, { onChoose: to.chose, onRows: drawSamples });
  const scrub = document.querySelector<HTMLInputElement>("#response-epoch input");
  if (scrub && Number(scrub.value) !== epoch) scrub.value = String(epoch);
}

/** Shows them soon, but not too often. */
export const showReadingsSoon = throttled(showReadings, TABLE_EVERY);
