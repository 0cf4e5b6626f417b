// The numbers of the runs on the Response page.

import { createNumbers } from "../runs/numbers.ts";
import type { ChangeOptions, RunsEdit } from "../runs/page.ts";
import { moved } from "./moved.ts";
import { state, to } from "./state.ts";

/** Changes the runs alone. */
export function changeRuns(edit: RunsEdit, why: string, options: ChangeOptions = {}): void {
  to.changed(edit(state.experiment), why, options);
}

/** No learning rates are linked here. */
const linkFrom = (): void => {};

export const numbers = createNumbers({ state, moved, linkFrom, changeRuns });
