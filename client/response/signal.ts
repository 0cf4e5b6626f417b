// The signal of the Response page: which one is chosen, and what is told of it.

import { byId, tell } from "../shell/document.ts";
import { kept } from "./drawn-signal.ts";
import { state } from "./state.ts";

const HAND =
  "Draw over the gradient with mouse or finger, from −2 to 2. With the keyboard: arrows move the epoch and its value.";

/** Tells how the signal is made. */
export function tellSignal(): void {
  const { experiment, catalogue } = state;
  const { signal } = experiment;
  byId("response-flat").hidden = signal !== "drawn";
  const listed = catalogue.signals[signal];
  const made = listed ? `g(k) = ${listed.formula}` : ""; // a typed one stands in its field
  tell("response-signal-text", signal === "drawn" ? HAND : made);
}

/** What stands before the first stroke: the drawing of before, or the signal that was shown. */
export function firstDrawing(): readonly number[] {
  const { drawn, answer, catalogue } = state;
  if (drawn) return drawn;
  const { reach, epochs } = catalogue;
  return Array.from({ length: epochs }, (_, k) => kept(answer ? answer.signal[k] : 0, reach));
}
