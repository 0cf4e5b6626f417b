// What follows on the Response page once the hand rests: the address, and the epochs in the experiment.

import type { ResponseExperiment } from "../experiment/experiment.ts";
import { createHistory, type ExperimentHistory } from "../experiment/history.ts";
import { kept } from "../shell/embedding.ts";
import { afterRest } from "../wire/throttle.ts";
import { idle } from "./asking.ts";
import { mounted } from "./drawing.ts";
import { epochsOf } from "./looked-at.ts";
import { state, to } from "./state.ts";

const SETTLED = 350; // ms of rest before the address follows
const ZOOMED = 200; // ms of rest before the experiment follows a zoom

let history: ExperimentHistory<ResponseExperiment> | null = null;

/** A visit of the page begins. */
export function begin(): void {
  const onReturn = (experiment: ResponseExperiment, published?: string | null) =>
    to.replaced(experiment, "return", published);
  history = createHistory({ isHere: mounted, onReturn });
}

/** Follows after a rest. */
export const settle = afterRest(settled, SETTLED);

function settled(): void {
  if (mounted() && idle() && state.answer !== null && !state.provisional) to.settled();
}

/** Writes the experiment into the address. */
export function commit(): void {
  if (state.good !== null) history?.commit(kept(state.query), state.good, state.why, state.published);
}

/** Keeps the window in the experiment, after a rest. */
export const keepWindow = afterRest(keepWindowNow, ZOOMED);

function keepWindowNow(): void {
  if (!mounted()) return;
  const { experiment, window, catalogue } = state;
  const epochs = epochsOf(window, catalogue.epochs - 1);
  if (JSON.stringify(epochs) !== JSON.stringify(experiment.epochs)) to.changed({ ...experiment, epochs }, "zoom");
}
