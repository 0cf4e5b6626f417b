// A number that is typed: sliders go past Dash, fields through it.

import { triggeredId } from "../dash/dash.ts";
import { toPosition } from "../experiment/scales.ts";
import { tell } from "../shell/document.ts";
import { typed } from "./numbers.ts";
import { live, type NumberId } from "./page.ts";
import { speak } from "./spoken-values.ts";

/** Takes the number typed for `id`. The answer is where its slider must stand. */
export function numberTyped(text: string, { owner, key }: NumberId): number | undefined {
  const page = live();
  if (page === null || !triggeredId()) return undefined;
  const { numbers, state } = page;
  const hyper = numbers.hyperOf(owner, key);
  if (hyper === undefined) return undefined;
  const value = typed(text);
  const field = JSON.stringify({ key, owner, type: "number" });
  if (value === numbers.numberOf(owner, key)) {
    if (field === state.typing) tell("problem", state.opening);
    return undefined;
  }
  page.typed(field, () => numbers.syncNumber(owner, key));
  numbers.setNumber(owner, key, value);
  speak({ owner, key }, value);
  const inside = typeof value === "number" && value >= hyper.low && value <= hyper.high;
  return inside ? toPosition(hyper, value) : undefined;
}
