// What the server says to a response experiment, packed and unpacked.

import { floats, type Reals, reals } from "../wire/base64.ts";

/** fall_line/explanations/response_answer.py; numbers are base64 of float32, those of the signal of float64. */
export interface SentAnswer {
  readonly epochs: number;
  readonly signal: string;
  readonly updates: string;
  readonly memory: readonly { readonly symbols: readonly string[]; readonly values: string }[];
  readonly names: readonly string[];
  /** The fields of a link with which the Explore page lets all runs descend a surface. */
  readonly explore: string;
  readonly query: string;
}

/** A run's accumulators: each one's symbol, and its values at all epochs. */
export interface Memory {
  readonly symbols: readonly string[];
  readonly values: readonly Float32Array[];
}

/** The answer with its numbers: a row for each run or accumulator, a value for each epoch. */
export interface Answer extends Omit<SentAnswer, "signal" | "updates" | "memory"> {
  readonly signal: Reals;
  readonly updates: readonly Float32Array[];
  readonly memory: readonly Memory[];
}

function rows(base64: string, width: number): Float32Array[] {
  const all = floats(base64);
  return Array.from({ length: all.length / width }, (_, k) => all.subarray(k * width, (k + 1) * width));
}

export function unpacked(answer: SentAnswer): Answer {
  const { epochs } = answer;
  const memory = answer.memory.map(({ symbols, values }) => ({ symbols, values: rows(values, epochs) }));
  return { ...answer, signal: reals(answer.signal, epochs), updates: rows(answer.updates, epochs), memory };
}
