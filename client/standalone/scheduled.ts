// The numbers of a run's schedules, which a reader can turn like its own; their keys are as `learning_rate.final`.

import { withRun } from "../experiment/edit.ts";
import type { Experiment, Run, Schedule, Values } from "../experiment/experiment.ts";
import type { Hyper } from "../experiment/scales.ts";
import { general } from "../walking/number-text.ts";
import type { Symbols } from "./controls.ts";

/** What a schedule scales, by what numbers of a method say of themselves. */
const FOLLOWS: Readonly<Record<string, string>> = { rate: "learning_rate", window: "momentum" };

/** The experiment with another number in a schedule of one run. */
export function withScheduled(experiment: Experiment, run: number, key: string, value: number): Experiment {
  const [name, number] = key.split(".");
  const { schedules } = experiment.runs[run];
  const changed: Schedule = { ...schedules![name], [number]: value };
  return withRun(experiment, run, { schedules: { ...schedules, [name]: changed } });
}

/** The numbers of all its schedules. */
export function scheduledValues({ schedules = {} }: Run): Values {
  const named = Object.entries(schedules).flatMap(([name, { kind: _, ...numbers }]) =>
    Object.entries(numbers).map(([key, value]) => [`${name}.${key}`, value]),
  );
  return Object.fromEntries(named);
}

/** How the numbers of a method are told, with the schedules that they follow as these are now. */
export function retoldSymbols(
  symbols: Symbols,
  hypers: readonly Hyper[],
  scheduled: readonly Hyper[],
  exported: Run,
  now: Run,
): Symbols {
  const [old, values] = [scheduledValues(exported), scheduledValues(now)];
  return symbols.map(([key, symbol, schedule = ""]) => {
    const name = FOLLOWS[hypers.find((hyper) => hyper.key === key)!.schedulable];
    const numbers = scheduled.filter((hyper) => hyper.key.startsWith(`${name}.`));
    const retold = numbers.reduce(
      (text, hyper) => text.replace(numberWords(hyper, old), numberWords(hyper, values)),
      schedule,
    );
    return [key, symbol, retold];
  });
}

const numberWords = ({ key, symbol }: Hyper, values: Values): string => `${symbol} ${general(Number(values[key]), 6)}`;
