// Where hand and keyboard are: which slider they have reached.

import type { NumberId } from "../runs/page.ts";
import { mounted } from "./plots.ts";

const DWELL = 50; // ms over a slider before it counts as reached: a pointer that passes by wants nothing

let at: NumberId | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let listener: () => void = () => {};

/** The number whose slider is reached. */
export const reached = (): NumberId | null => at;

/** The list of runs is built anew: what was under the pointer is another slider. */
export function forgetReached(): void {
  at = null;
}

function numberAt(target: EventTarget | null): NumberId | null {
  const slider = target instanceof Element ? target.closest(".hyper")?.querySelector(".hyper-slider") : null;
  return slider ? JSON.parse(slider.id) : null;
}

function reach(target: EventTarget | null, pause: number): void {
  const number = mounted() ? numberAt(target) : null;
  clearTimeout(timer);
  at = number && { owner: number.owner, key: number.key };
  if (number !== null) timer = setTimeout(() => listener(), pause);
}

const isSlider = (target: EventTarget | null): boolean => target instanceof Element && target.matches("[role=slider]");

function onOver(event: PointerEvent): void {
  if (event.buttons === 0) reach(event.target, DWELL);
}

function onFocus(event: FocusEvent): void {
  if (isSlider(event.target)) reach(event.target, 0);
}

function onKey(event: KeyboardEvent): void {
  if (event.key.startsWith("Arrow") && isSlider(event.target)) reach(event.target, 0);
}

/** Follows hand and keyboard from now on; `onReached` is called when they stay at a slider. */
export function listenToReach(onReached: () => void): void {
  listener = onReached;
  document.addEventListener("pointerover", onOver);
  document.addEventListener("pointerdown", (event) => reach(event.target, 0));
  document.addEventListener("focusin", onFocus);
  document.addEventListener("keydown", onKey, true);
}
