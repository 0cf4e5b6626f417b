// Keys that Mantine's sliders don't know: with Shift, or by pages, ten stops at a time.

import { type Hyper, STOPS, toPosition, valueAt } from "../experiment/scales.ts";
import { live, type NumberId, type RunsPage } from "./page.ts";
import { turn } from "./slider-drag.ts";

const TEN: Readonly<Record<string, number>> = { PageUp: 10, PageDown: -10 };
const TEN_WITH_SHIFT: Readonly<Record<string, number>> = {
  ArrowUp: 10,
  ArrowRight: 10,
  ArrowDown: -10,
  ArrowLeft: -10,
};

/** The value `by` stops from `value`, and the range's end beyond it. */
export function further(hyper: Hyper, value: number, by: number): number {
  const [low, high] = [toPosition(hyper, hyper.low), toPosition(hyper, hyper.high)];
  const inside = Math.min(hyper.high, Math.max(hyper.low, value));
  const place = toPosition(hyper, inside) + (by * (high - low)) / STOPS;
  return valueAt(hyper, Math.min(high, Math.max(low, place)));
}

// Before the slider hears of the key itself.
function onKey(event: KeyboardEvent): void {
  const by = TEN[event.key] ?? (event.shiftKey ? TEN_WITH_SHIFT[event.key] : undefined);
  const thumb = event.target instanceof Element ? event.target.closest(".hyper-slider [role=slider]") : null;
  const page = live();
  if (by === undefined || thumb === null || page === null || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  move(page, JSON.parse(thumb.closest(".hyper-slider")!.id), by);
}

function move(page: RunsPage, { owner, key }: NumberId, by: number): void {
  const hyper = page.numbers.hyperOf(owner, key);
  const value = Number(page.numbers.numberOf(owner, key));
  if (hyper === undefined || Number.isNaN(value)) return;
  turn(page, owner, key, further(hyper, value, by));
  page.numbers.syncNumber(owner, key);
}

/** Hears of keys on all sliders from now on. */
export const listenToSliderKeys = (): void => document.addEventListener("keydown", onKey, true);
