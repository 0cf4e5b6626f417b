// The numbers of runs, on every page that has a list of them: what a slider or a field belongs to, and how both are
// kept in step.

import { props } from "../dash/dash.ts";
import * as edit from "../experiment/edit.ts";
import type { WithRuns } from "../experiment/experiment.ts";
import { type Hyper, toPosition, written } from "../experiment/scales.ts";
import type { Moved } from "./moved.ts";
import type { ChangeOptions, RunNumbers, RunsEdit, RunsState, Value } from "./page.ts";
import { mended, numberField, restoreRefused, showText } from "./refused.ts";
import { speak } from "./spoken-values.ts";

/** The numbers of owners that are no run, if a page has such. */
export type OtherNumbers = Pick<RunNumbers, "hyperOf" | "numberOf" | "setNumber">;

interface Parts {
  readonly state: Readonly<RunsState>;
  /** Where what a drag has moved waits for Dash. */
  readonly moved: Moved;
  /** Linked learning rates move from these from now on. */
  readonly linkFrom: (base: readonly number[]) => void;
  readonly changeRuns: (edit: RunsEdit, why: string, options: ChangeOptions) => void;
  readonly others?: OtherNumbers;
}

export interface Numbers extends RunNumbers {
  /** Writes `value` into the field `id`, and remembers how Dash is told of it. */
  write(id: string, value: Value, sync: () => void): void;
  /** A visit of the page begins. */
  forget(): void;
}

/** The index of the run that `owner` is, or null. */
export function runOf(owner: string): number | null {
  return owner.startsWith("run-") ? Number(owner.slice(4)) : null;
}

/** `experiment` with the learning rates that linked runs have once `value` is that of the run `index`. */
function linkedTo(
  state: Readonly<RunsState>,
  base: readonly number[],
  index: number,
  value: number,
): readonly number[] {
  const ranges = state.experiment.runs.map((run) => state.catalogue.optimizers[run.optimizer].hypers.learning_rate);
  return edit.linkedRates(state.experiment, base, index, value, ranges);
}

const withRates = <Made extends WithRuns>(experiment: Made, rates: readonly number[]): Made => ({
  ...experiment,
  runs: experiment.runs.map((run, k) => ({ ...run, hypers: { ...run.hypers, learning_rate: rates[k] } })),
});

export function createNumbers({ state, moved, linkFrom, changeRuns, others }: Parts): Numbers {
  const nudges = new Map<string, number>();

  function hyperOf(owner: string, key: string): Hyper | undefined {
    const run = runOf(owner);
    if (run === null) return others?.hyperOf(owner, key);
    return state.catalogue.optimizers[state.experiment.runs[run]?.optimizer]?.hypers[key];
  }

  function numberOf(owner: string, key: string): Value | undefined {
    const run = runOf(owner);
    return run === null ? others?.numberOf(owner, key) : state.experiment.runs[run]?.hypers[key];
  }

  function setNumber(owner: string, key: string, value: Value): void {
    const run = runOf(owner);
    mended(numberField({ owner, key }));
    if (run === null) return others?.setNumber(owner, key, value);
    const linked = "link_learning_rates" in state.experiment && state.experiment.link_learning_rates;
    const options = { number: { owner, key } };
    if (!linked || key !== "learning_rate" || typeof value !== "number") {
      return changeRuns((one) => edit.setHyper(one, run, key, value), `${owner} ${key}`, options);
    }
    const rates = moveLinked(run, value);
    return changeRuns((one) => withRates(one, rates), `${owner} ${key}`, options);
  }

  function moveLinked(index: number, value: number): readonly number[] {
    const base = state.base ?? state.experiment.runs.map((run) => Number(run.hypers.learning_rate));
    if (state.base === null) linkFrom(base);
    const rates = linkedTo(state, base, index, value);
    rates.forEach((rate, k) => k !== index && writeNumber(`run-${k}`, "learning_rate", rate));
    return rates;
  }

  // Puts the sliders and fields where the experiment says, e.g. those that follow a linked one.
  function syncNumber(owner: string, key: string): void {
    const value = numberOf(owner, key);
    const hyper = hyperOf(owner, key);
    if (hyper === undefined || value === undefined) return;
    const id = `${owner} ${key}`;
    // Dash may believe that the slider stands there already: a hair's breadth makes it look again.
    nudges.set(id, nudges.get(id) ? 0 : 1e-10);
    // A value beyond the slider's range, where more is allowed, leaves it at its end.
    const inside = Math.min(hyper.high, Math.max(hyper.low, Number(value)));
    const position = toPosition(hyper, inside) + (nudges.get(id) ?? 0);
    props({ type: "slider", owner, key }, { value: position });
    showText({ type: "number", owner, key }, written(value));
    speak({ owner, key }, value);
  }

  // While something is dragged only the text of a field follows, past Dash; its state follows at rest.
  function write(id: string, value: Value, sync: () => void): void {
    const field = document.getElementById(id) as HTMLInputElement | null;
    mended(id);
    if (field && field !== document.activeElement) field.value = written(value);
    moved.add(id, sync);
  }

  function writeNumber(owner: string, key: string, value: Value): void {
    write(numberField({ owner, key }), value, () => syncNumber(owner, key));
    speak({ owner, key }, value);
  }

  // Puts right what was moved while the list was built anew.
  function writeAll(): void {
    restoreRefused();
    for (const field of document.querySelectorAll<HTMLInputElement>(".hyper-number input, input.hyper-number")) {
      const { owner, key } = JSON.parse(field.id);
      const value = numberOf(owner, key);
      if (value !== undefined && field.value !== written(value)) syncNumber(owner, key);
    }
  }

  const forget = () => nudges.clear();
  return { hyperOf, numberOf, setNumber, syncNumber, write, writeNumber, writeAll, forget };
}
