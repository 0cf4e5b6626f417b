// Lets a rule answer a gradient signal, as fall_line/trajectories/response.py does: at each epoch k the point is put at 0
// and the gradient at q is signal(k − q); the memory is kept.

import type { Landscape, Numbers, RuleProgram } from "./walk.ts";

export interface Responded {
  /** Minus the update at each epoch. */
  readonly updates: Float64Array;
  /** Each accumulator after each epoch. */
  readonly memory: readonly Float64Array[];
}

const NOTHING = new Float64Array(0); // a step meets nothing but the signal

/** The updates and the memory of a rule at all epochs of the signal. */
export function respond(rule: RuleProgram, hypers: Numbers, signal: Numbers): Responded {
  const updates = new Float64Array(signal.length);
  const memory = Array.from({ length: rule.memory }, () => new Float64Array(signal.length));
  const point = new Float64Array(1);
  const state = new Float64Array(rule.memory);
  let epoch = 0;
  const seen: Landscape = {
    loss: () => 0,
    slope(place, _, out) {
      out[0] = signalAt(signal, epoch - place);
    },
    curvature: (_x, _y, out) => void out.fill(Number.NaN),
  };
  rule.begin(point, hypers, NOTHING, state);
  for (; epoch < signal.length; epoch += 1) {
    point[0] = 0;
    rule.step(seen, point, hypers, NOTHING, state);
    updates[epoch] = -point[0];
    memory.forEach((values, k) => (values[epoch] = state[k]));
  }
  return { updates, memory };
}

/** The signal at any place: linear between epochs, its first value before 0, 0 from its end on. */
export function signalAt(signal: Numbers, place: number): number {
  const last = signal.length - 1;
  if (place >= signal.length) return 0;
  const low = Math.min(last, Math.max(0, Math.floor(place)));
  const part = Math.min(1, Math.max(0, place - low));
  const here = signal[low];
  return here + part * (signal[Math.min(low + 1, last)] - here);
}
