// What the server says of trainings: curves as far as they have come, and what became of each run.

import { floats } from "../wire/base64.ts";
import { type Curve, type SentTraining, take } from "./curves.ts";
import type { Job } from "./job.ts";

/** What is told of a run. */
export interface Report {
  readonly name: string;
  /** Loss, validation loss, both accuracies, the least validation loss. */
  readonly numbers: readonly string[];
  /** The range of the last losses of all seeds, if there are several. */
  readonly spread: string;
  readonly outcome: string;
  readonly sentence: string;
  readonly kind: string;
}

export interface SentAnswer {
  readonly steps: number;
  /** Steps from one point of a curve to the next; the last point is that of the last step. */
  readonly every: number;
  /** How often all points of the data have been seen at each point of a curve; null if the page knows it by its key. */
  readonly epochs: string | null;
  readonly epochs_key: string;
  /** The least and the greatest size of a minibatch, if they grow. */
  readonly batches: readonly [number, number] | null;
  /** A training for each seed, of each run. */
  readonly trainings: readonly (readonly SentTraining[])[];
  readonly reports: readonly Report[];
  /** The curves of each run's schedules, by what follows them. */
  readonly schedules: readonly Readonly<Record<string, readonly number[]>>[];
  readonly query: string;
  /** How many train and wait, if the turn of this one didn't come. */
  readonly waiting: number;
  /** How what is left stands if it takes too long to be waited for. */
  readonly job: Job | null;
}

export interface Answer extends Omit<SentAnswer, "epochs" | "trainings"> {
  readonly epochs: Float32Array;
  readonly trainings: readonly (readonly Curve[])[];
  /** Steps that have been made of all trainings, and those there will be. */
  readonly made: number;
  readonly wanted: number;
  readonly done: boolean;
}

/** The answer as numbers; `before` is the one that the question spoke of. */
export function unpacked(answer: SentAnswer, before: Pick<Answer, "epochs"> | null): Answer {
  const trainings = answer.trainings.map((seeds) => seeds.map(take));
  const all = trainings.flat();
  const steps = all.map(({ done, step }) => (done ? answer.steps : step));
  return {
    ...answer,
    trainings,
    epochs: answer.epochs === null ? before!.epochs : floats(answer.epochs),
    made: steps.reduce((sum, one) => sum + one, 0),
    wanted: answer.steps * all.length,
    done: all.every(({ done }) => done),
  };
}
