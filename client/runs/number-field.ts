// A number that is typed: sliders go past Dash, fields through it.

import { triggeredId } from "../dash/dash.ts";
import { toPosition } from "../experiment/scales.ts";
import { typedNumber } from "../experiment/typed-number.ts";
import { live, type NumberId } from "./page.ts";
import { isRefused, mended, numberField, tellProblem } from "./refused.ts";
import { speak } from "./spoken-values.ts";

/** Takes the number typed for `id`. The answer is where its slider must stand. */
export function numberTyped(text: string, { owner, key }: NumberId): number | undefined {
  const page = live();
  if (page === null || !triggeredId()) return undefined;
  const { numbers, state } = page;
  const hyper = numbers.hyperOf(owner, key);
  if (hyper === undefined) return undefined;
  const value = typedNumber(text);
  const field = numberField({ owner, key });
  if (isRefused(field, text)) return undefined;
  if (value === numbers.numberOf(owner, key)) {
    // A slider's field says so too when it is taken back: the sentence that tells why stays.
    if (mended(field)) tellProblem(state);
    return undefined;
  }
  page.typed(field, () => numbers.syncNumber(owner, key));
  numbers.setNumber(owner, key, value);
  speak({ owner, key }, value);
  const inside = typeof value === "number" && value >= hyper.low && value <= hyper.high;
  return inside ? toPosition(hyper, value) : undefined;
}
