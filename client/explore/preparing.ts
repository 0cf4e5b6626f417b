// What is made ready when hand or keyboard reach a slider or the plot, so that the first move is drawn at once.

import { runOf } from "../runs/numbers.ts";
import { draw, mounted } from "./plots.ts";
import { reached } from "./reach.ts";
import { state, to } from "./state.ts";
import { prepared } from "./walkable.ts";

/** The runs that move alone go above the others from now on. Says whether that is news. */
export function lift(alone: readonly number[]): boolean {
  const news = String(state.apart) !== String(alone);
  to.lifted(alone);
  return news;
}

// Drawn a few times over, so that the browser has its buffers for the canvases when the hand moves.
function warm(times = 4): void {
  if (times === 0 || !mounted()) return;
  draw(true);
  requestAnimationFrame(() => warm(times - 1));
}

/** Hand or keyboard have reached a slider. */
export function prepareSlider(): void {
  const number = reached();
  if (number === null || !mounted() || state.good === null) return;
  prepared();
  const run = runOf(number.owner);
  const linked = state.experiment.link_learning_rates && number.key === "learning_rate";
  if (lift(run === null || linked ? [] : [run])) warm();
}

function onReached({ target }: Event): void {
  if (target instanceof Element && target.closest(".surface-plot") && mounted() && state.good !== null) prepared();
}

/** Makes ready for the start from now on, once hand or keyboard have reached the plot. */
export function listenToPlot(): void {
  for (const event of ["pointerover", "focusin"]) document.addEventListener(event, onReached);
}
