// What follows once the hand rests: the address, the summary, and what Dash has not heard of yet.

import type { Experiment } from "../experiment/experiment.ts";
import { createHistory, type ExperimentHistory } from "../experiment/history.ts";
import { byId } from "../shell/document.ts";
import { kept } from "../shell/embedding.ts";
import { afterRest } from "../wire/throttle.ts";
import { idle } from "./asking.ts";
import { moved } from "./moved.ts";
import { atEnd, time } from "./playing.ts";
import { mounted } from "./plots.ts";
import { state, to } from "./state.ts";

const SETTLED = 350; // ms of rest

let history: ExperimentHistory<Experiment> | null = null;

/** A visit of the page begins; `onReturn` is given the experiment to which the reader has gone back. */
export function begin(onReturn: (experiment: Experiment, published?: string | null) => void): void {
  history = createHistory({ isHere: mounted, onReturn });
}

/** Follows after a rest. */
export const settle = afterRest(settled, SETTLED);

function settled(): void {
  const { answer, good, provisional, why, published } = state;
  if (!idle() || answer === null || good === null || provisional || !mounted()) return;
  byId("summary").textContent = answer.summary;
  history?.commit(kept(answer.query), good, why, published);
  moved.settle();
  to.settled(answer.query);
}

/** The link's query, which holds the whole experiment, and the step if the player stands before the end. */
export function query(): string {
  const step = atEnd() ? "" : `&step=${Math.floor(time())}`;
  return `${state.query}${step}`;
}
