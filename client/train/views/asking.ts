// What is asked of the trained networks' weights: what they have learned at a step, their paths before a plane, and
// gradient and sharpness along them. While something moves the plane stands and only the paths follow; at rest it is
// found anew, first with a coarse grid.

import type { TrainingExperiment } from "../../experiment/experiment.ts";
import { ask } from "../../wire/ask.ts";
import { createGate, type Gate } from "../../wire/gate.ts";
import type { PlaneWish } from "./choices.ts";
import { keysOf, type Learned, learnedOf, type SentLearned } from "./learned-answer.ts";
import { type Plane, planeOf, type SentPlane } from "./plane-answer.ts";
import { type SentSharpness, type Sharpness, sharpnessOf } from "./sharpness-answer.ts";

export const COARSE = 33;
export const FINE = 101;

interface LearnedWish {
  readonly experiment: TrainingExperiment;
  readonly step: number;
  readonly places: number;
  readonly seed: number;
}

export interface PlaneQuestion {
  readonly experiment: TrainingExperiment;
  readonly wish: PlaneWish;
  readonly grid: number;
  readonly stands: boolean;
  /** With which each run is shown. */
  readonly seed: number;
}

export interface SharpnessQuestion {
  readonly experiment: TrainingExperiment;
  /** What the trainings are called of which it is asked. */
  readonly asked: string;
  /** With which each run is shown. */
  readonly seed: number;
}

export interface Listener {
  learned(answer: Learned, wish: LearnedWish): void;
  plane(answer: Plane, question: PlaneQuestion): void;
  sharpness(answer: Sharpness, question: SharpnessQuestion): void;
  problem(sentence: string): void;
}

export interface Asking {
  learned(wish: LearnedWish): void;
  plane(question: PlaneQuestion): void;
  sharpness(question: SharpnessQuestion): void;
}

/** Whether a plane that stands for one experiment may stand for another: their weights mean the same. */
export function sameWeights(one: TrainingExperiment, other: TrainingExperiment): boolean {
  return one.task === other.task && one.activation === other.activation && String(one.layers) === String(other.layers);
}

/** What the server is asked for a plane, when `before` is the one that is drawn. */
export function asked({ wish, grid, stands }: PlaneQuestion, before: Plane | null): Record<string, unknown> {
  const known = before?.runs.flatMap((path) => (path ? [path.key] : [])) ?? [];
  return { ...wish, grid, stands, key: before?.key ?? "", grid_key: before?.grid?.key ?? "", known };
}

/** Asks, one question of a kind at a time, the newest wish first; `here` says whether an answer is still wanted. */
export function createAsking(here: () => boolean, tell: Listener): Asking {
  let last: { readonly plane: Plane; readonly experiment: TrainingExperiment } | null = null;

  let pictures: Learned | null = null;

  const learned: Gate<LearnedWish> = createGate({
    async send(lane, sequence, wish) {
      const before = pictures;
      const answer = await ask<SentLearned>("train/learned", { ...wish, known: before ? keysOf(before) : [] });
      if (!here() || !learned.settle(lane, sequence) || answer === null) return;
      if (answer.problem !== undefined) return tell.problem(answer.problem);
      pictures = learnedOf(answer, before);
      tell.learned(pictures, wish);
    },
  });

  const plane: Gate<PlaneQuestion> = createGate({
    async send(lane, sequence, question) {
      const { experiment, seed } = question;
      const before = last !== null && sameWeights(last.experiment, experiment) ? last.plane : null;
      const answer = await ask<SentPlane>("train/plane", { experiment, seed, plane: asked(question, before) });
      if (!here() || !plane.settle(lane, sequence) || answer === null) return;
      if (answer.problem !== undefined) return tell.problem(answer.problem);
      last = { plane: planeOf(answer, before), experiment };
      tell.plane(last.plane, question);
    },
  });

  const sharpness: Gate<SharpnessQuestion> = createGate({
    async send(lane, sequence, question) {
      const { experiment, seed } = question;
      const answer = await ask<SentSharpness>("train/sharpness", { experiment, seed });
      if (!here() || !sharpness.settle(lane, sequence) || answer === null) return;
      if (answer.problem === undefined) tell.sharpness(sharpnessOf(answer), question);
      else tell.problem(answer.problem);
    },
  });

  return { learned: learned.request, plane: plane.request, sharpness: sharpness.request };
}
