// Follows the hand on a slider in the very event that moves it. Mantine moves the thumb in the next frame, and React says
// so in the one after that; a path that is there already need not wait for them.
//
// A finger may mean to scroll. So Mantine doesn't hear of it, nor is it followed, until it has gone some way along the
// slider; a finger that goes across scrolls the page, and one that only taps is heard of as a mouse.

import { stopAt } from "../experiment/scales.ts";
import { live, type RunsPage, type Value } from "./page.ts";

interface Held {
  readonly slider: HTMLElement;
  readonly track: Element;
  readonly pointer: number;
  readonly left: number;
  readonly width: number;
  /** Where it was touched. */
  readonly x: number;
  readonly y: number;
  /** Whether it turns the slider. */
  turns: boolean;
}

const TRACK = ".hyper-slider .mantine-Slider-trackContainer";
const ALONG = 8; // px that a finger goes along a slider before it turns it

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
  const track = (event.target as Element).closest(TRACK);
  const slider = track?.closest<HTMLElement>(".hyper-slider");
  if (event.button !== 0 || !track || !slider) return;
  const { left, width } = track.getBoundingClientRect();
  const { pointerId: pointer, clientX: x, clientY: y } = event;
  held = { slider, track, pointer, left, width, x, y, turns: event.pointerType !== "touch" };
  onMove(event);
}

function onMove(event: PointerEvent): void {
  if (held === null || event.pointerId !== held.pointer) return;
  // A button that was let go outside the window isn't always told, and a list of runs may be built anew meanwhile.
  if (event.buttons === 0 || !held.slider.isConnected) letGo();
  else if (held.turns || begins(held, event)) follow(held, event, live());
}

/** Whether the finger has gone along the slider by now; Mantine hears of it then. */
function begins(finger: Held, { clientX, clientY }: PointerEvent): boolean {
  const [along, across] = [Math.abs(clientX - finger.x), Math.abs(clientY - finger.y)];
  finger.turns = along >= ALONG && along > across;
  if (finger.turns) finger.track.dispatchEvent(touchAt(finger.track, clientX, clientY));
  return finger.turns;
}

function touchAt(target: Element, clientX: number, clientY: number): TouchEvent {
  const touch = new Touch({ identifier: 0, target, clientX, clientY });
  return new TouchEvent("touchstart", { bubbles: true, cancelable: true, touches: [touch], changedTouches: [touch] });
}

function follow({ slider, left, width, turns }: Held, event: PointerEvent, page: RunsPage | null): void {
  if (page === null) return;
  const { owner, key } = JSON.parse(slider.id);
  const hyper = page.numbers.hyperOf(owner, key);
  if (hyper === undefined || page.numbers.numberOf(owner, key) === undefined) return;
  // Mantine hears of mouse events, whose places are whole pixels, unlike those of pointers and fingers.
  const place = event.pointerType === "touch" && turns ? event.clientX : Math.floor(event.clientX);
  turn(page, owner, key, stopAt(hyper, (place - left) / width));
}

function letGo(): void {
  held = null;
}

// Mantine hears of a tap as of a mouse, and comes to the same stop.
function onUp(event: PointerEvent): void {
  if (held !== null && !held.turns && event.pointerId === held.pointer) follow(held, event, live());
  letGo();
}

// The browser scrolls instead, or has taken the finger for something else.
function takenAway(event: PointerEvent): void {
  if (held?.turns && event.pointerType === "touch") document.dispatchEvent(new Event("touchend", { cancelable: true }));
  letGo();
}

// Only what comes from the finger itself: see `begins`.
function onTouch(event: TouchEvent): void {
  if (event.isTrusted && event.target instanceof Element && event.target.closest(TRACK)) event.stopPropagation();
}

/** Follows all sliders from now on. */
export function listenToSliders(): void {
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", takenAway);
  document.addEventListener("touchstart", onTouch, { capture: true, passive: true });
}
