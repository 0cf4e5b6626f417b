// What a hand does in the history: it points at a run, and takes the player to a step.

import { pointAt, stepOf } from "./axes.ts";
import type { Stage } from "./scene.ts";

const REACH = 16; // pixels

const ALONG = 6; // pixels that a finger goes along before it takes the player with it

interface Held {
  readonly pointer: number;
  readonly x: number;
  /** Whether the player follows. */
  seeks: boolean;
}

/** The point of a run under the pointer. */
export interface Under {
  readonly run: number;
  /** Which point of the run's curves, of the first seed. */
  readonly point: number;
  readonly step: number;
}

export interface PlotActions {
  readonly onHover: (under: Under | null, event: PointerEvent) => void;
  readonly onSeek: (step: number) => void;
}

// The run whose curve passes the pointer, in whichever panel it is.
function under(stage: Stage, x: number, y: number): Under | null {
  const { every } = stage.scene.answer;
  const panel = stage.panels.find(({ top, height }) => y >= top - 4 && y <= top + height + 4);
  let best: Under | null = null;
  let least = REACH;
  for (const { curve, values, run, first } of panel?.lines ?? []) {
    const point = pointAt(curve, every, stage.step(x) + every / 2);
    if (!first || point < 0 || !Number.isFinite(values[point])) continue;
    const distance = Math.abs(panel!.y(values[point]) - y);
    if (distance < least) [best, least] = [{ run, point, step: stepOf(curve, every, point) }, distance];
  }
  return best;
}

/** Follows the hand in `host`; `current` is what is drawn there, or null before the first drawing. */
export function listenToPointer(host: HTMLElement, current: () => Stage | null, actions: PlotActions): void {
  const { onHover, onSeek } = actions;
  let held: Held | null = null;

  const place = (event: PointerEvent): readonly [number, number] => {
    const { left, top } = host.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const seek = (stage: Stage, event: PointerEvent) => onSeek(Math.round(stage.step(place(event)[0])));

  host.addEventListener("pointermove", (event) => {
    const stage = current();
    if (stage === null) return;
    if (held?.pointer !== event.pointerId) return onHover(under(stage, ...place(event)), event);
    held.seeks ||= Math.abs(event.clientX - held.x) > ALONG;
    if (held.seeks) seek(stage, event);
  });
  host.addEventListener("pointerleave", (event) => onHover(null, event));
  host.addEventListener("pointerdown", (event) => {
    const stage = current();
    if (stage === null || event.button !== 0) return;
    // A finger may mean to scroll.
    held = { pointer: event.pointerId, x: event.clientX, seeks: event.pointerType !== "touch" };
    host.setPointerCapture(event.pointerId);
    onHover(null, event);
    if (held.seeks) seek(stage, event);
  });
  host.addEventListener("pointerup", (event) => {
    const stage = current();
    if (stage !== null && held?.pointer === event.pointerId) seek(stage, event);
    held = null;
  });
  host.addEventListener("pointercancel", () => (held = null));
}
