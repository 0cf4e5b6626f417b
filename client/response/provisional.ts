// Answers that the server has not given: while something moves, the page draws at once what it has computed by itself. At
// rest the exact answer follows.

import { sameWalks } from "../experiment/descent.ts";
import type { ResponseExperiment } from "../experiment/experiment.ts";
import { afterRest } from "../wire/throttle.ts";
import { answered } from "./answering.ts";
import { overtake, request } from "./asking.ts";
import { mounted } from "./drawing.ts";
import { state, to } from "./state.ts";

const REST = 100; // ms after the last move until the exact answer is asked for

const confirm = afterRest(() => {
  if (mounted() && state.provisional) request();
}, REST);

const sameMethods = ({ runs: one }: ResponseExperiment, { runs: other }: ResponseExperiment): boolean =>
  one.length === other.length && one.every(({ optimizer }, k) => optimizer === other[k].optimizer);

// Whether numbers alone have moved since the last answer, so that the page knows what is asked.
function moved({ experiment, good, provisional, structure }: typeof state): boolean {
  if (good === null || structure || good.signal !== experiment.signal || !sameMethods(good, experiment)) return false;
  return provisional || good.drawn !== experiment.drawn || !sameWalks(good, experiment);
}

/** Draws what the runs answer now that the hand has moved something. Says whether it did. */
export function drawAnswered(): boolean {
  const { experiment, answer } = state;
  if (answer === null || !moved(state)) return false;
  const found = answered(experiment, experiment.drawn ?? answer.signal, answer);
  if (found === null) return false;
  overtake();
  to.provided(found);
  confirm();
  return true;
}
