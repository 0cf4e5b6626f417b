// The one way to change the experiment of the Explore page.

import type { Experiment } from "../experiment/experiment.ts";
import type { RunsEdit } from "../runs/page.ts";
import { type Change, state, to } from "./state.ts";
import { believe, honest } from "./tuned.ts";

/** Changes the experiment to `next`, whose runs are said to be tuned only as long as that is true. */
export function change(next: Experiment, why: string, wants: Change = {}): void {
  to.changed(state.opened ? honest(next) : next, why, wants);
}

/** Changes the experiment to one that comes with everything that is said of it. */
export function changeWhole(next: Experiment, why: string, wants: Change = {}): void {
  believe(next);
  to.changed(next, why, wants);
}

/** Changes the runs alone. */
export function changeRuns(edit: RunsEdit, why: string, wants: Change = {}): void {
  change(edit(state.experiment), why, wants);
}
