// Which sheet a slider moves in: its name says all that the paths depend on besides the slider's own value.

import * as edit from "../experiment/edit.ts";
import type { Experiment, Run, Values } from "../experiment/experiment.ts";
import { runOf } from "../runs/numbers.ts";
import type { NumberId, Value } from "../runs/page.ts";
import { visible } from "./plots.ts";
import { state } from "./state.ts";

/** The one stop of the sheet for the steps: as many as there may be. */
export const AT_MOST = "at most";

const EXACT = ["surface", "start", "noise", "sigma", "batch", "seed", "seeds", "return_best"] as const;

/** What the server is to vary: a number of one run or of the surface, or the steps. */
export type Vary =
  | "steps"
  | readonly { readonly run: number | null; readonly key: string; readonly values: readonly number[] }[];

interface Variation {
  /** The slider's value now. */
  readonly value: Value;
  /** The number of steps that the paths have, or null if they have as many as there may be. */
  readonly steps: number | null;
  /** Rates from which linked ones move. */
  readonly base: readonly number[] | null;
  readonly vary: (values: readonly number[]) => Vary;
  /** The run that moves alone, if one does. */
  readonly alone: readonly number[];
  /** Whether losses stay on the same floor. */
  readonly losses: boolean;
  readonly without: { readonly runs: readonly Run[]; readonly values: Values };
}

export interface WhichSheet extends Variation {
  readonly name: string;
}

/** The sheet in which `number` moves; null where there is none. */
export function sheetOf(experiment: Experiment, number: NumberId): WhichSheet | null {
  const varied = variation(experiment, number);
  if (varied === null) return null;
  const { runs, values: parameters } = varied.without;
  const exact = EXACT.map((key) => experiment[key]);
  const methods = runs.map(({ optimizer, hypers, schedules }) => [optimizer, hypers, schedules]);
  const floor = varied.losses ? state.paths?.floor : null;
  const name = JSON.stringify([number, exact, varied.steps, parameters, methods, varied.base, floor, visible()]);
  return { ...varied, name };
}

function variation(experiment: Experiment, { owner, key }: NumberId): Variation | null {
  const run = runOf(owner);
  if (run !== null) return ofRun(experiment, run, key);
  if (owner === "surface") return ofSurface(experiment, key);
  return owner === "experiment" && key === "steps" ? ofSteps(experiment) : null;
}

// `null` stands for the number that moves.
const without = (values: Values, key: string): Values => ({ ...values, [key]: null as unknown as number });

function ofRun(experiment: Experiment, run: number, key: string): Variation | null {
  const { runs, steps, parameters } = experiment;
  if (runs[run]?.hypers[key] === undefined) return null;
  const linked = experiment.link_learning_rates && key === "learning_rate";
  const base = linked ? (state.base ?? runs.map((one) => Number(one.hypers[key]))) : null;
  const moves = (index: number) => linked || index === run;
  const others = runs.map((one, index) => (moves(index) ? { ...one, hypers: without(one.hypers, key) } : one));
  return {
    value: runs[run].hypers[key],
    steps,
    base,
    vary: base === null ? (values) => [{ run, key, values }] : (values) => linkedTo(experiment, base, run, values),
    alone: linked ? [] : [run],
    losses: true,
    without: { runs: others, values: parameters },
  };
}

function linkedTo(experiment: Experiment, base: readonly number[], run: number, values: readonly number[]): Vary {
  const ranges = experiment.runs.map((one) => state.catalogue.optimizers[one.optimizer].hypers.learning_rate);
  const rates = values.map((value) => edit.linkedRates(experiment, base, run, value, ranges));
  return experiment.runs.map((_, index) => ({
    run: index,
    key: "learning_rate",
    values: rates.map((row) => row[index]),
  }));
}

function ofSurface({ runs, steps, parameters }: Experiment, key: string): Variation | null {
  if (parameters[key] === undefined) return null;
  return {
    value: parameters[key],
    steps,
    base: null,
    vary: (values) => [{ run: null, key, values }],
    alone: [],
    losses: false,
    without: { runs, values: without(parameters, key) },
  };
}

// A path with fewer steps is the beginning of one with more, unless its schedule or its median depends on the steps.
function ofSteps({ runs, parameters, seeds, noise }: Experiment): Variation | null {
  const scheduled = runs.some((run) => Object.values(run.schedules ?? {}).some((one) => one.kind !== "constant"));
  if (scheduled || (seeds > 1 && noise !== "none")) return null;
  return {
    value: AT_MOST,
    steps: null,
    base: null,
    vary: () => "steps",
    alone: [],
    losses: true,
    without: { runs, values: parameters },
  };
}
