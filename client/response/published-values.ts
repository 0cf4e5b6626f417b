// The buttons in an unfolded run that set its method's published values.

import * as edit from "../experiment/edit.ts";
import type { Values } from "../experiment/experiment.ts";
import { runsMended } from "../runs/refused.ts";
import { mounted } from "./drawing.ts";
import { numbers } from "./numbers.ts";
import { state, to } from "./state.ts";

const BUTTON = ".published-values button";

// What a button stands for: its run's index, and the values of all hyperparameters.
function meant(button: HTMLElement): { index: number; hypers: Values } {
  const { method, place } = button.dataset;
  const index = Number(button.closest<HTMLElement>(".run")!.dataset.run);
  return { index, hypers: state.catalogue.settings[method!][Number(place)] };
}

/** Whether all values of the one are those of the other. */
export const same = (one: Values, other: Values): boolean =>
  Object.entries(one).every(([key, value]) => other[key] === value);

/** Presses in the buttons whose values the runs have. */
export function markPublished(): void {
  const { runs } = state.experiment;
  for (const button of document.querySelectorAll<HTMLElement>(BUTTON)) {
    const { index, hypers } = meant(button);
    button.setAttribute("aria-pressed", String(Boolean(runs[index]) && same(hypers, runs[index].hypers)));
  }
}

function onClick({ target }: MouseEvent): void {
  const button = target instanceof Element ? target.closest<HTMLElement>(BUTTON) : null;
  if (!button || !mounted()) return;
  const { index, hypers } = meant(button);
  to.changed(edit.withRun(state.experiment, index, { hypers: { ...hypers } }), `published values ${index}`);
  runsMended(index);
  for (const key of Object.keys(hypers)) numbers.syncNumber(`run-${index}`, key);
  markPublished();
}

/** Hears of clicks on such buttons. */
export function listenToPublishedValues(): void {
  document.addEventListener("click", onClick);
}
