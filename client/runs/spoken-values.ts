// What a screen reader is told of a slider's value.

import { offerToMantine } from "../dash/dash.ts";
import { SPOKEN, written } from "../experiment/scales.ts";
import { live, type NumberId, type Value } from "./page.ts";

/** Lets sliders name these functions: fall_line/components/hyperparameter_slider.py. */
export function offerSpokenValues(): void {
  offerToMantine({
    fallLineLinear: (position: number) => plain(SPOKEN.linear(position)),
    fallLineLog: (position: number) => plain(SPOKEN.log(position)),
    fallLineOneMinusLog: (position: number) => plain(SPOKEN.one_minus_log(position)),
  });
}

/** A slider's value as it is said, with what it counts, e.g. `125 steps`. */
export function spokenValue(value: Value, unit: string): string {
  return `${written(value)} ${value === 1 ? unit.replace(/s$/, "") : unit}`.trim();
}

/** Lets the slider of a number say `value`, which stands in the field beside it. */
export function speak({ owner, key }: NumberId, value: Value): void {
  const slider = document.getElementById(JSON.stringify({ key, owner, type: "slider" }));
  const thumb = slider?.querySelector<HTMLElement>("[role=slider]");
  thumb?.setAttribute("aria-valuetext", spokenValue(value, thumb.dataset.unit ?? ""));
}

/** A number without an exponent, which `aria-valuenow` doesn't know. */
export function plain(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 }) : text;
}

// Also where a slider is built anew, and what it says was said by another before.
function onTold(records: readonly MutationRecord[]): void {
  for (const { target } of records) {
    const slider = (target as Element).closest(".hyper-slider");
    const id: NumberId | null = slider && JSON.parse(slider.id);
    const value = id && live()?.numbers.numberOf(id.owner, id.key);
    if (id !== null && value !== undefined && value !== null) speak(id, value);
  }
}

/** Lets all sliders say what they show from now on. */
export function followSpokenValues(): void {
  new MutationObserver(onTold).observe(document, { subtree: true, attributeFilter: ["aria-valuenow"] });
}
