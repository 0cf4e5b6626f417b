// Follows the hand on a slider in the very event that moves it. Mantine moves the thumb in the next frame, and React says
// so in the one after that; a path that is there already need not wait for them.

import { stopAt } from "../experiment/scales.ts";
import { live, type RunsPage, type Value } from "./page.ts";

interface Held {
  readonly slider: HTMLElement;
  readonly pointer: number;
  readonly left: number;
  readonly width: number;
}

let held: Held | null = null;

/** Whether a hand is on `slider`. */
export const holds = (slider: Element): boolean => held !== null && held.slider === slider;

/** A slider that was moved past Dash has come to `value`. */
export function turn({ numbers }: RunsPage, owner: string, key: string, value: Value): void {
  if (value === numbers.numberOf(owner, key)) return;
  numbers.setNumber(owner, key, value);
  numbers.writeNumber(owner, key, value);
}

function onDown(event: PointerEvent): void {
  const track = (event.target as Element).closest(".hyper-slider .mantine-Slider-trackContainer");
  const slider = track?.closest<HTMLElement>(".hyper-slider");
  if (event.button !== 0 || !track || !slider) return;
  const { left, width } = track.getBoundingClientRect();
  held = { slider, pointer: event.pointerId, left, width };
  onMove(event);
}

function onMove(event: PointerEvent): void {
  if (held === null || event.pointerId !== held.pointer) return;
  // A button that was let go outside the window isn't always told, and a list of runs may be built anew meanwhile.
  if (event.buttons === 0 || !held.slider.isConnected) letGo();
  else follow(held, event, live());
}

function follow({ slider, left, width }: Held, event: PointerEvent, page: RunsPage | null): void {
  if (page === null) return;
  const { owner, key } = JSON.parse(slider.id);
  const hyper = page.numbers.hyperOf(owner, key);
  if (hyper === undefined || page.numbers.numberOf(owner, key) === undefined) return;
  // Mantine hears of mouse events, whose places are whole pixels, unlike those of pointers and fingers.
  const place = event.pointerType === "touch" ? event.clientX : Math.floor(event.clientX);
  turn(page, owner, key, stopAt(hyper, (place - left) / width));
}

function letGo(): void {
  held = null;
}

/** Follows all sliders from now on. */
export function listenToSliders(): void {
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", letGo);
  document.addEventListener("pointercancel", letGo);
}
