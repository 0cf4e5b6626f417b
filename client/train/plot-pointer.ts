// What a hand does in the history: it points at a run, and takes the player to a step.

import { pointAt, stepOf } from "./axes.ts";
import type { Stage } from "./scene.ts";

const REACH = 16; // pixels

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
  let held: number | null = null;

  const place = (event: PointerEvent): readonly [number, number] => {
    const { left, top } = host.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };

  host.addEventListener("pointermove", (event) => {
    const stage = current();
    if (stage === null) return;
    const [x, y] = place(event);
    if (held === event.pointerId) actions.onSeek(Math.round(stage.step(x)));
    else actions.onHover(under(stage, x, y), event);
  });
  host.addEventListener("pointerleave", (event) => actions.onHover(null, event));
  host.addEventListener("pointerdown", (event) => {
    const stage = current();
    if (stage === null || event.button !== 0) return;
    if (event.pointerType !== "touch") held = event.pointerId;
    if (held !== null) host.setPointerCapture(event.pointerId);
    actions.onHover(null, event);
    actions.onSeek(Math.round(stage.step(place(event)[0])));
  });
  for (const end of ["pointerup", "pointercancel"] as const) host.addEventListener(end, () => (held = null));
}
