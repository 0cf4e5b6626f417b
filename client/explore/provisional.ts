// Paths that no answer has brought: drawn at once while something moves. At rest the exact answer follows.

import { type Paths, unpack } from "../drawing/paths.ts";
import { afterRest, throttled } from "../wire/throttle.ts";
import { overtake, requestContour, requestPaths } from "./asking.ts";
import { drawMovingContour, hideMovingContour } from "./moving-contour.ts";
import { setSteps, showClock } from "./playing.ts";
import { draw, drawAll, drawLosses, mounted } from "./plots.ts";
import { settle } from "./settling.ts";
import { state, to } from "./state.ts";
import { EVERY, showWaiting } from "./table.ts";

const REST = 100; // ms after the last move until the exact answer is asked for

interface Moved {
  /** The runs that are not as in the last answer. */
  readonly runs: readonly number[];
  /** Whether their losses can be drawn too. */
  readonly losses: boolean;
  readonly fresh: true | "apart";
}

const lossCurves = throttled(() => drawLosses(true), EVERY);
const confirm = afterRest(() => {
  if (mounted() && state.provisional) requestPaths(state.experiment);
}, REST);

/** Draws `paths` in place of those of the last answer. What else is wanted, of the list of runs, waits for the server. */
export function drawProvisional(paths: Paths, { runs, losses, fresh }: Moved): void {
  to.provided(paths, losses);
  overtake();
  setSteps(paths.steps);
  showClock();
  draw(fresh);
  if (losses) lossCurves();
  if (state.wants.contour && !drawMovingContour()) {
    requestContour();
    to.contourServed();
  }
  showWaiting(runs);
  settle();
  confirm();
}

/** More of provisional paths has become ready. */
export function redrawProvisional(paths: Paths, losses: boolean): void {
  to.provided(paths, losses);
  draw(true);
  if (losses) lossCurves();
}

/** Draws the last answer again, if something has moved on from it. */
export function takeBack(): void {
  if (!state.provisional || state.answer === null) return;
  const paths = unpack(state.answer);
  to.takenBack(paths);
  setSteps(paths.steps);
  showClock();
  hideMovingContour();
  requestContour();
  drawAll(true);
  showWaiting();
}
