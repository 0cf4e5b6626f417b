// Where hand and keyboard are: which slider they have reached.

import type { NumberId } from "../runs/page.ts";
import { mounted } from "./plots.ts";

const DWELL = 50; // ms over a slider before it counts as reached: a pointer that passes by wants nothing

interface Listeners {
  /** Hand or keyboard stay at a slider. */
  readonly onReached: () => void;
  /** They are at another slider, or at none. */
  readonly onLeft: () => void;
}

let at: NumberId | null = null;
let keyboard = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let listeners: Listeners | null = null;

/** The number whose slider is reached. */
export const reached = (): NumberId | null => at;

/** Whether it is the keyboard that has reached it. */
export const byKeyboard = (): boolean => keyboard;

/** The list of runs is built anew: what was under the pointer is another slider. */
export function forgetReached(): void {
  at = null;
}

function numberAt(target: EventTarget | null): NumberId | null {
  const slider = target instanceof Element ? target.closest(".hyper")?.querySelector(".hyper-slider") : null;
  return slider ? JSON.parse(slider.id) : null;
}

function reach(target: EventTarget | null, keys: boolean, pause: number): void {
  const number = mounted() ? numberAt(target) : null;
  clearTimeout(timer);
  if (number?.owner !== at?.owner || number?.key !== at?.key) listeners?.onLeft();
  at = number && { owner: number.owner, key: number.key };
  keyboard = keys;
  if (number !== null) timer = setTimeout(() => listeners?.onReached(), pause);
}

const isSlider = (target: EventTarget | null, also = ""): boolean =>
  target instanceof Element && target.matches(`[role=slider]${also}`);

function onOver(event: PointerEvent): void {
  if (event.buttons === 0) reach(event.target, false, DWELL);
}

function onFocus(event: FocusEvent): void {
  if (isSlider(event.target)) reach(event.target, isSlider(event.target, ":focus-visible"), 0);
}

function onKey(event: KeyboardEvent): void {
  if (event.key.startsWith("Arrow") && isSlider(event.target)) reach(event.target, true, 0);
}

/** Follows hand and keyboard from now on. */
export function listenToReach(told: Listeners): void {
  listeners = told;
  document.addEventListener("pointerover", onOver);
  document.addEventListener("pointerdown", (event) => reach(event.target, false, 0));
  document.addEventListener("focusin", onFocus);
  document.addEventListener("keydown", onKey, true);
}
