// What follows on the Train page once the hand rests: the address, with what is looked at.

import type { TrainingExperiment } from "../experiment/experiment.ts";
import { createHistory, type ExperimentHistory } from "../experiment/history.ts";
import { kept } from "../shell/embedding.ts";
import { keep } from "../shell/pages.ts";
import { afterRest } from "../wire/throttle.ts";
import { mounted } from "./history.ts";
import { lookFields } from "./look.ts";
import { atEnd, time } from "./playing.ts";
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

/** A link's query with what is looked at. */
export const withLook = (query: string): string => `${query}${lookFields(state, atEnd() ? null : Math.floor(time()))}`;

/** The link to what is shown: until the first answer has come, that which led here. */
export const query = (): string => (state.query ? withLook(state.query) : location.search.slice(1));

/** Writes the experiment into the address. */
export function commit(): void {
  if (state.good !== null) history?.commit(kept(query()), state.good, state.why, state.published);
}

/** Something else is looked at: the address follows once the hand rests, as no entry of its own. */
export const followLook = afterRest(() => {
  if (!mounted() || state.query === "" || waitsFor !== null || state.good !== state.experiment) return;
  history?.follow(kept(query()));
  keep("Train", query(), state.published);
}, SETTLED);
