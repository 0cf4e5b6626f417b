// What all runs have in common and a reader can turn: steps, noise, the surface's parameters; and how it is told.

import { setParameter } from "../experiment/edit.ts";
import type { Experiment, Values } from "../experiment/experiment.ts";
import { type Hyper, written } from "../experiment/scales.ts";
import { general, signed } from "../walking/number-text.ts";

const PARAMETER = "parameters.";

/** A number of the experiment, or a parameter of its surface, whose key begins with `parameters.`. */
export function withShared(experiment: Experiment, key: string, value: number): Experiment {
  if (!key.startsWith(PARAMETER)) return { ...experiment, [key]: value };
  return setParameter(experiment, key.slice(PARAMETER.length), value);
}

export function sharedValues({ steps, sigma, parameters }: Experiment): Values {
  const named = Object.entries(parameters).map(([key, value]) => [PARAMETER + key, value]);
  return { steps, sigma, ...Object.fromEntries(named) };
}

/** The values in words. */
export function sharedWords(experiment: Experiment, hypers: readonly Hyper[]): string {
  const values = sharedValues(experiment);
  const words = hypers.map(({ key, symbol }) =>
    key === "steps" ? stepsWords(experiment.steps) : `${symbol}\u00a0${written(values[key])}`,
  );
  return words.join("  ");
}

/** The line under the title, which was written for what was exported, as it is now. */
export function retold(text: string, hypers: readonly Hyper[], exported: Experiment, now: Experiment): string {
  const [old, values] = [sharedValues(exported), sharedValues(now)];
  const named = hypers.filter(({ key }) => key !== "steps");
  return named.reduce(
    (made, { key, symbol }) => made.replace(numberWords(symbol, old[key]), numberWords(symbol, values[key])),
    text.replace(`${stepsWords(exported.steps)} from`, `${stepsWords(now.steps)} from`),
  );
}

/** The same for the exported summary, which names steps and noise. */
export const retoldSummary = (text: string, exported: Experiment, now: Experiment): string =>
  text
    .replace(`${plainSteps(exported.steps)} from`, `${plainSteps(now.steps)} from`)
    .replace(`, ${numberWords("σ", exported.sigma)}`, `, ${numberWords("σ", now.sigma)}`);

const plainSteps = (steps: number): string => (steps === 1 ? "1 step" : `${steps} steps`);

const numberWords = (symbol: string, value: number | string): string =>
  `${symbol} ${signed(general(Number(value), 6))}`;

const stepsWords = (steps: number): string => (steps === 1 ? "1 step" : `${steps.toLocaleString("en-US")} steps`);
