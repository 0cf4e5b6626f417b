// The curves that have come, by the name of their training: of one that goes on only what is new is sent.

import { floats } from "../wire/base64.ts";

const KEPT = 160; // trainings; the same experiment has at most 128

/** A training: fall_line/explanations/training_answer.py. */
export interface SentTraining {
  readonly key: string;
  /** How many steps have been made. */
  readonly step: number;
  readonly done: boolean;
  /** How many points of its curves aren't sent, for they are known. */
  readonly from: number;
  /** Base64 of float32 (4, points): loss, validation loss, accuracy, validation accuracy. */
  readonly columns: string;
  /** The step of the last point. */
  readonly last?: number;
}

/** A training's curves as far as they have come. */
export interface Curve {
  readonly key: string;
  readonly step: number;
  readonly done: boolean;
  readonly points: number;
  /** The step of the last point. */
  readonly last: number;
  /** Loss, validation loss, accuracy, validation accuracy. */
  readonly columns: readonly Float32Array[];
}

const NOTHING: readonly Float32Array[] = Array.from({ length: 4 }, () => new Float32Array());

const curves = new Map<string, Curve>();

/** How many points are known of these trainings, which are all that a question is about, but for those that are new. */
export const known = (trainings: readonly (readonly Curve[])[]): Record<string, number> =>
  Object.fromEntries(trainings.flat().map(({ key }) => [key, curves.get(key)?.points ?? 0]));

function joined(one: Float32Array, other: Float32Array): Float32Array {
  const whole = new Float32Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}

/** The whole curves of a training of which the server has sent what is new. */
export function take({ key, step, done, from, columns, last = 0 }: SentTraining): Curve {
  const sent = floats(columns);
  const count = sent.length / 4;
  const before = curves.get(key);
  // A server that has begun anew knows less than the page does.
  if (before !== undefined && before.points > from + count) return before;
  // The same object tells that nothing must be drawn again.
  if (before !== undefined && count === 0 && before.step === step && before.done === done) return kept(before);
  const old = from > 0 ? before!.columns : NOTHING;
  const whole = old.map((column, k) => joined(column.subarray(0, from), sent.subarray(k * count, (k + 1) * count)));
  const curve = { key, step, done, points: from + count, last, columns: whole };
  return kept(curve);
}

function kept(curve: Curve): Curve {
  curves.delete(curve.key);
  curves.set(curve.key, curve);
  for (const oldest of [...curves.keys()].slice(0, Math.max(0, curves.size - KEPT))) curves.delete(oldest);
  return curve;
}
