// The numbers of the Explore page: those of the runs and their schedules, of the surface, the noise and the steps.

import { props } from "../dash/dash.ts";
import { drawScheduleCurves } from "../drawing/schedule-curve.ts";
import * as edit from "../experiment/edit.ts";
import type { Experiment, Point } from "../experiment/experiment.ts";
import { written } from "../experiment/scales.ts";
import { createNumbers, type Numbers, type OtherNumbers } from "../runs/numbers.ts";
import { showText } from "../runs/refused.ts";
import { withSchedules } from "../runs/schedules.ts";
import { change, changeRuns } from "./changing.ts";
import { moved } from "./moved.ts";
import { movesSurface } from "./noise.ts";
import { state, surface, to } from "./state.ts";
import { showTuned } from "./tuning.ts";

type Counted = "steps" | "sigma" | "batch" | "seeds";

const plain: OtherNumbers = {
  hyperOf: (owner, key) => (owner === "surface" ? surface().parameters[key] : state.catalogue.numbers[key]),
  numberOf: (owner, key) => (owner === "surface" ? state.experiment.parameters[key] : state.experiment[key as Counted]),
  setNumber(owner, key, value) {
    const why = `${owner} ${key}`;
    const number = { owner, key };
    if (owner === "surface") change(edit.setParameter(state.experiment, key, value), why, { contour: true, number });
    else change({ ...state.experiment, [key]: value }, why, { contour: movesSurface(key), number });
  },
};

const all: Numbers = createNumbers({
  state,
  moved,
  linkFrom: (base) => to.linked(base),
  changeRuns,
  others: withSchedules(plain, { state, changeRuns }),
});

export const numbers: Numbers = {
  ...all,
  writeAll() {
    all.writeAll();
    if (state.answer !== null) drawScheduleCurves(state.answer.schedules);
    showTuned();
  },
};

const COORDINATES = ["x", "y"] as const;

/** Writes the start's coordinates into their fields while it moves. */
export function writeStart(start: Point): void {
  COORDINATES.forEach((key, place) => {
    const sync = () => showText({ type: "field", key }, written(state.experiment.start[place]));
    numbers.write(JSON.stringify({ key, type: "field" }), start[place], sync);
  });
}

/** Puts fields and sliders that belong to no run where the experiment says. */
export function syncNumbers({ start, tolerance }: Experiment): void {
  const fields = { x: start[0], y: start[1], tolerance };
  for (const [key, value] of Object.entries(fields)) props({ type: "field", key }, { value: written(value) });
  for (const key of ["steps", "sigma", "batch", "seeds"]) numbers.syncNumber("experiment", key);
}
