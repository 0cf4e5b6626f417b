// What stands in the document of a training in a file of its own: fall_line/exports/_standalone/training.py.

import type { Palette } from "../experiment/experiment.ts";
import type { Theme } from "../shell/theme.ts";
import type { SentAnswer } from "../train/answer.ts";
import { type Learned, learnedOf, type SentLearned } from "../train/views/learned-answer.ts";
import { type Plane, planeOf, type SentPlane } from "../train/views/plane-answer.ts";
import { decompressed } from "./compressed.ts";
import type { Symbols } from "./controls.ts";

export interface Data {
  readonly answer: SentAnswer;
  /** What is shown of weights, compressed. */
  readonly views: string;
  /** Whether classes are learned. */
  readonly classes: boolean;
  readonly palettes: Readonly<Record<Theme, Palette>>;
  readonly symbols: readonly Symbols[];
  readonly line_width: number;
}

interface SentViews {
  readonly learned: Omit<SentLearned, "runs"> & { readonly looks: readonly (Pick<SentLearned, "runs"> & Step)[] };
  readonly plane: SentPlane | null;
}

interface Step {
  readonly step: number;
}

/** What all runs had learned before a step. */
export interface LearnedLook extends Step {
  readonly learned: Learned;
}

export interface Views {
  readonly looks: readonly LearnedLook[];
  /** Null where weights stand still. */
  readonly plane: Plane | null;
}

/** What is shown of weights, as numbers. */
export async function unpackedViews({ views }: Pick<Data, "views">): Promise<Views> {
  const sent: SentViews = JSON.parse(new TextDecoder().decode(await decompressed(views)));
  const { looks, ...said } = sent.learned;
  return {
    looks: looks.map(({ step, runs }) => ({ step, learned: learnedOf({ ...said, runs }, null) })),
    plane: sent.plane && planeOf(sent.plane, null),
  };
}

/** The last of `looks` that `time` has come to. */
export const lookAt = <Look extends Step>(looks: readonly Look[], time: number): Look =>
  looks.findLast(({ step }) => step <= time) ?? looks[0];
