// What follows on the Train page once the hand rests: the address.

import type { TrainingExperiment } from "../experiment/experiment.ts";
import { createHistory, type ExperimentHistory } from "../experiment/history.ts";
import { kept } from "../shell/embedding.ts";
import { afterRest } from "../wire/throttle.ts";
import { mounted } from "./history.ts";
import { state, to } from "./state.ts";

const SETTLED = 350; // ms of rest before the address follows

let history: ExperimentHistory<TrainingExperiment> | null = null;

/** A visit of the page begins. */
export function begin(): void {
  const onReturn = (experiment: TrainingExperiment, published?: string | null) =>
    to.replaced(experiment, "return", published);
  history = createHistory({ isHere: mounted, onReturn });
}

/** Follows after a rest. */
const settleSoon = afterRest(settled, SETTLED);

let waitsFor: TrainingExperiment | null = null;

/** The server has answered. While it trains on it answers again and again; the address waits for the first one only. */
export function settle(): void {
  if (waitsFor === state.experiment) return;
  waitsFor = state.experiment;
  settleSoon();
}

function settled(): void {
  waitsFor = null;
  if (mounted() && state.answer !== null && state.good === state.experiment) to.settled();
}

/** The link to what is shown: until the first answer has come, that which led here. */
export const query = (): string => state.query || location.search.slice(1);

/** Writes the experiment into the address. */
export function commit(): void {
  if (state.good !== null) history?.commit(kept(state.query), state.good, state.why, state.published);
}
