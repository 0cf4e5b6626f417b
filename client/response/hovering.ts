// What happens under the pointer on the Response page: the cursor follows, and the run that is meant stands out.

import { state, to } from "./state.ts";

/** The pointer is over an epoch, and over the curve of a run or none. */
export function hover(epoch: number, run: number | null): void {
  if (epoch !== state.epoch) to.sought(epoch);
  highlight(run);
}

/** Lets a run stand out, if it is shown. */
export function highlight(wanted: number | null): void {
  const run = wanted !== null && state.experiment.runs[wanted]?.hidden ? null : wanted;
  if (run !== state.highlight) to.highlighted(run);
}
