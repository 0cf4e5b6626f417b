// The page lets the rules answer by itself, by the programs that the server has translated.

import type { ResponseExperiment, Run } from "../experiment/experiment.ts";
import { responseProgram } from "../walking/programs.ts";
import { respond } from "../walking/respond.ts";
import type { Numbers, RuleProgram } from "../walking/walk.ts";
import type { Answer } from "./answer.ts";
import { mounted } from "./drawing.ts";
import { state } from "./state.ts";

const MOST = 100_000; // epochs of all runs that are answered within a frame

// All of them are asked for at once.
function programs({ runs }: ResponseExperiment): readonly RuleProgram[] | null {
  const found = runs.map(({ optimizer }) => responseProgram(optimizer));
  const known = found.filter((program) => program !== null);
  return known.length < runs.length ? null : known;
}

/** Whether the page can answer the experiment itself; what is lacking is fetched. */
export const prepared = (): boolean => programs(state.experiment) !== null;

function onReached({ target }: Event): void {
  if (target instanceof Element && target.closest(".response") && mounted() && state.good !== null) prepared();
}

/** Fetches the programs that are lacking once hand or keyboard have reached the page. */
export function listenToReached(): void {
  for (const reached of ["pointerover", "focusin"]) document.addEventListener(reached, onReached);
}

// The numbers of a run in its rule's order, or null if the server will refuse one, in a sentence.
function hypersOf({ optimizer, hypers }: Run): readonly number[] | null {
  const declared = Object.entries(state.catalogue.optimizers[optimizer].hypers);
  const values = declared.map(([key, { low, high }]) => {
    const value = hypers[key];
    return typeof value === "number" && low <= value && value <= high ? value : null;
  });
  const allowed = values.filter((value) => value !== null);
  return allowed.length < values.length ? null : allowed;
}

/** What the runs answer to `signal`, with all else as in `before`; null where the server must be asked. */
export function answered(experiment: ResponseExperiment, signal: Numbers, before: Answer): Answer | null {
  const { runs } = experiment;
  const rules = runs.length * signal.length > MOST ? null : programs(experiment);
  const hypers = runs.map(hypersOf);
  if (rules === null || hypers.includes(null)) return null;
  const found = runs.map((_, k) => respond(rules[k], hypers[k]!, signal));
  return {
    ...before,
    signal: Float64Array.from(signal),
    updates: found.map(({ updates }) => Float32Array.from(updates)),
    memory: before.memory.map(({ symbols }, k) => ({
      symbols,
      values: found[k].memory.map((values) => Float32Array.from(values)),
    })),
  };
}
