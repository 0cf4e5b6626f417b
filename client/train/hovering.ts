// What happens under the pointer on the Train page: the run that is meant stands out, and a tip tells its numbers.

import { byId } from "../shell/document.ts";
import type { Under } from "./plot-pointer.ts";
import { tipWords } from "./plot-words.ts";
import { fittingAnswer, state, to } from "./state.ts";

const WIDE = 210; // px of the tip

/** The pointer is over the point `under` of a run, or over none. */
export function hover(under: Under | null, event: PointerEvent): void {
  const tip = byId("train-tip");
  tip.hidden = under === null;
  highlight(under === null ? null : under.run);
  if (under === null) return;
  tip.textContent = told(under);
  const left = event.clientX + 16 + WIDE > innerWidth ? event.clientX - WIDE : event.clientX + 16;
  Object.assign(tip.style, { left: `${left}px`, top: `${Math.min(event.clientY + 14, innerHeight - 110)}px` });
}

function told(under: Under): string {
  const { task, validation } = state.experiment;
  const classes = (state.catalogue.tasks[task]?.classes ?? 0) > 0;
  return tipWords(fittingAnswer()!, under, { classes, validated: Number(validation) > 0 });
}

/** Lets a run stand out, if it is shown. */
export function highlight(wanted: number | null): void {
  const run = wanted !== null && state.experiment.runs[wanted]?.hidden ? null : wanted;
  if (run !== state.highlight) to.highlighted(run);
}
