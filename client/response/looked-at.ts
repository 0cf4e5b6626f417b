// What of a response experiment is looked at: the chosen run and the epochs shown. Pure functions.

import type { ResponseExperiment } from "../experiment/experiment.ts";
import type { Epochs } from "./axes.ts";

type WithChosen = Pick<ResponseExperiment, "runs" | "chosen">;

/** `after` with the run chosen that was chosen in `before`, wherever it has been moved to. */
export function following<Made extends WithChosen>(before: WithChosen, after: Made): Made {
  if (before.runs === after.runs) return after;
  const place = after.runs.indexOf(before.runs[before.chosen - 1]);
  const chosen = place < 0 ? Math.min(after.chosen, after.runs.length) : place + 1;
  return chosen === after.chosen ? after : { ...after, chosen };
}

/** A window as the experiment keeps it: hundredths of an epoch, none beyond the ends, or null for all of them. */
export function epochsOf([low, high]: Epochs, last: number): Epochs | null {
  if (low <= 0 && high >= last) return null;
  return [Math.max(0, Math.floor(100 * low) / 100), Math.min(last, Math.ceil(100 * high) / 100)];
}

/** The window that an experiment keeps as `epochs`. */
export const windowOf = (epochs: Epochs | null, last: number): Epochs => epochs ?? [0, last];
