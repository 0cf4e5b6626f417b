// What the server says of gradient and sharpness along the runs: fall_line/pages/train/sharpness_view.py.

import { floats } from "../../wire/base64.ts";

interface SentRun {
  readonly steps: string;
  readonly norms: string;
  readonly sharp_steps: string;
  readonly sharpness: string;
  readonly limit_steps: string;
  /** Null for a method without a limit, and where there is no sharpness. */
  readonly limits: string | null;
  readonly formula: string | null;
}

export interface SentSharpness {
  /** Whether each step sees all points, without which no sharpness is told. */
  readonly whole: boolean;
  /** Whether nothing more is to be found. */
  readonly done: boolean;
  /** How many train and wait, if the turn of this question didn't come. */
  readonly waiting: number;
  readonly runs: readonly (SentRun | null)[];
}

/** Values before some steps, from low to high. */
export interface Series {
  readonly steps: Float32Array;
  readonly values: Float32Array;
}

/** One training. */
export interface SharpRun {
  /** ‖∇J‖ of all points. */
  readonly norms: Series;
  /** λmax, the greatest eigenvalue of the Hessian. */
  readonly sharpness: Series;
  /** The λmax that the method bears, or null. */
  readonly limits: Series | null;
  readonly formula: string | null;
}

export interface Sharpness extends Omit<SentSharpness, "runs"> {
  /** Null for a run that has not begun. */
  readonly runs: readonly (SharpRun | null)[];
}

const series = (steps: string, values: string): Series => ({ steps: floats(steps), values: floats(values) });

function runOf(sent: SentRun): SharpRun {
  return {
    norms: series(sent.steps, sent.norms),
    sharpness: series(sent.sharp_steps, sent.sharpness),
    limits: sent.limits === null ? null : series(sent.limit_steps, sent.limits),
    formula: sent.formula,
  };
}

/** The server's answer as numbers. */
export const sharpnessOf = (sent: SentSharpness): Sharpness => ({
  ...sent,
  runs: sent.runs.map((run) => run && runOf(run)),
});
