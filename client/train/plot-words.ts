// What is said of the history: how it is drawn, and the numbers under the pointer.

import type { TrainingExperiment } from "../experiment/experiment.ts";
import { shortly } from "../experiment/scales.ts";
import type { Answer } from "./answer.ts";
import { epochAt } from "./axes.ts";
import type { Under } from "./plot-pointer.ts";

/** What is learned of what. */
export interface Learned {
  /** Whether classes are learned, so that there is an accuracy. */
  readonly classes: boolean;
  /** Whether points are kept back. */
  readonly validated: boolean;
}

/** What lines are drawn of. */
type Trained = Pick<TrainingExperiment, "validation" | "seed" | "seeds">;

/** What lines mean; `smoothing` is over how many steps to either side, `cut` whether curves leave the plot. */
export function lookWords(trained: Trained, smoothing: number, cut: boolean): string {
  const told = [
    Number(trained.validation) > 0 ? "solid: trained on, dotted: kept back" : "",
    seedWords(trained),
    smoothing > 0 ? `means of ${smoothing} steps to either side` : "",
    cut ? "what rises far above the first loss leaves the plot" : "",
  ];
  return told.filter(Boolean).join("; ");
}

function seedWords({ seed, seeds }: Trained): string {
  const others = Number(seeds) - 1;
  return others > 0 ? `thick: seed ${seed}, thin: the ${others === 1 ? "other seed" : `${others} other seeds`}` : "";
}

/** The numbers of a run at the point under the pointer. */
export function tipWords(answer: Answer, { run, point, step }: Under, { classes, validated }: Learned): string {
  const [loss, validation, accuracy, kept] = answer.trainings[run][0].columns.map((column) => column[point]);
  const both = (one: string, other: string) => (validated ? `${one}   kept back ${other}` : one);
  const lines = [
    answer.reports[run].name,
    `step ${step}   epoch ${shortly(Number(epochAt(answer, step).toPrecision(4)))}`,
    both(`loss ${lossWords(loss)}`, lossWords(validation)),
  ];
  if (classes) lines.push(both(`accuracy ${shareWords(accuracy)}`, shareWords(kept)));
  return lines.join("\n");
}

/** A loss; as losses come, none is greater than float32 holds. */
export const lossWords = (loss: number): string => (loss > 3.4e38 && loss < Infinity ? "over 3e38" : shortly(loss));

/** A share in percent. */
export const shareWords = (share: number): string => (Number.isNaN(share) ? "NaN" : `${(100 * share).toFixed(1)} %`);
