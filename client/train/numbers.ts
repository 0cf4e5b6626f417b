// The numbers of the Train page: those of the runs and their schedules, and those that all runs share.

import { drawScheduleCurves } from "../drawing/schedule-curve.ts";
import { createNumbers, type Numbers, type OtherNumbers } from "../runs/numbers.ts";
import type { ChangeOptions, RunsEdit } from "../runs/page.ts";
import { withSchedules } from "../runs/schedules.ts";
import { moved } from "./moved.ts";
import { filled } from "./stages.ts";
import { state, to } from "./state.ts";

/** Those that have a slider: fall_line/pages/train/network_numbers.py. */
export const SHARED = ["steps", "seeds"] as const;

type Shared = (typeof SHARED)[number];

/** Changes the runs alone. */
export function changeRuns(edit: RunsEdit, why: string, options: ChangeOptions = {}): void {
  to.changed(filled(edit(state.experiment)), why, options);
}

const shared: OtherNumbers = {
  hyperOf: (_, key) => state.catalogue.numbers[key],
  numberOf: (_, key) => state.experiment[key as Shared],
  setNumber: (owner, key, value) =>
    to.changed({ ...state.experiment, [key]: value }, `${owner} ${key}`, { number: { owner, key } }),
};

/** No learning rates are linked here. */
const linkFrom = (): void => {};

const all = createNumbers({ state, moved, linkFrom, changeRuns, others: withSchedules(shared, { state, changeRuns }) });

export const numbers: Numbers = {
  ...all,
  writeAll() {
    all.writeAll();
    if (state.answer !== null) drawScheduleCurves(state.answer.schedules);
  },
};
