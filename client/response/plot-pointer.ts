// What a hand does in the Response plot: it points at epochs and runs, moves the window and changes its width.

import { type Epochs, panned, zoomed } from "./axes.ts";
import type { Stage } from "./scene.ts";

const REACH = 14; // pixels

export interface PlotActions {
  /** The pointer is over an epoch, and over the curve of a run or none. */
  readonly onHover: (epoch: number, run: number | null) => void;
  readonly onChoose: (run: number) => void;
  /** Other epochs are to be shown. */
  readonly onWindow: (window: Epochs) => void;
}

interface Pan {
  readonly x: number;
  readonly window: Epochs;
  readonly moved: boolean;
}

/** Where a pointer stands in `host`, in pixels. */
export function placeIn(host: HTMLElement, event: MouseEvent): readonly [number, number] {
  const box = host.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

const onPad = ({ target }: Event): boolean => (target as Element).closest(".drawing-pad") !== null;

// The run whose curve passes the pointer, if it is in the panel of the updates.
function runAt({ panels }: Stage, epoch: number, y: number): number | null {
  const panel = panels.find(({ kind }) => kind === "updates");
  if (!panel || y < panel.top || y > panel.top + panel.height) return null;
  let best: number | null = null;
  let least = REACH;
  for (const { values, run } of panel.curves) {
    const distance = Math.abs(panel.y(values[epoch]) - y);
    if (distance < least) [best, least] = [run, distance];
  }
  return best;
}

function under(stage: Stage, [x, y]: readonly [number, number]): { epoch: number; run: number | null } {
  const epoch = Math.min(stage.scene.epochs - 1, Math.max(0, Math.round(stage.across.epoch(x))));
  return { epoch, run: runAt(stage, epoch, y) };
}

type Current = () => Stage | null;

/** Follows the hand in `host`; `current` is what is drawn there, or null before the first drawing. */
export function listenToPointer(host: HTMLElement, current: Current, actions: PlotActions): void {
  listenToZoom(host, current, actions);
  const { onHover, onChoose, onWindow } = actions;
  let pan: Pan | null = null;

  function follow(from: Pan, x: number, { scene, across }: Stage): void {
    const by = ((from.x - x) / across.width) * (from.window[1] - from.window[0]);
    const moved = from.moved || Math.abs(from.x - x) > 4;
    pan = { ...from, moved };
    if (moved) onWindow(panned(from.window, by, scene.epochs - 1));
  }

  host.addEventListener("pointermove", (event) => {
    const stage = current();
    if (stage === null) return;
    const place = placeIn(host, event);
    if (pan !== null) return follow(pan, place[0], stage);
    const { epoch, run } = under(stage, place);
    onHover(epoch, run);
  });

  host.addEventListener("pointerleave", () => {
    const stage = current();
    if (stage !== null) onHover(stage.scene.epoch, null);
  });

  host.addEventListener("pointerdown", (event) => {
    const stage = current();
    if (stage === null || event.button !== 0 || event.pointerType === "touch" || onPad(event)) return;
    pan = { x: placeIn(host, event)[0], window: stage.scene.window, moved: false };
    host.setPointerCapture(event.pointerId);
  });

  host.addEventListener("pointerup", (event) => {
    const stage = current();
    const moved = pan?.moved ?? false;
    pan = null;
    if (stage === null || moved || onPad(event)) return;
    const { epoch, run } = under(stage, placeIn(host, event));
    onHover(epoch, run);
    if (run !== null) onChoose(run);
  });

  host.addEventListener("pointercancel", () => (pan = null));
}

function listenToZoom(host: HTMLElement, current: Current, { onWindow }: PlotActions): void {
  host.addEventListener("dblclick", () => {
    const stage = current();
    if (stage !== null) onWindow([0, stage.scene.epochs - 1]);
  });

  function onWheel(event: WheelEvent): void {
    const stage = current();
    if (stage === null) return;
    event.preventDefault();
    const { scene, across } = stage;
    const about = across.epoch(placeIn(host, event)[0]);
    onWindow(zoomed(scene.window, Math.exp(Math.sign(event.deltaY) * 0.2), about, scene.epochs - 1));
  }
  host.addEventListener("wheel", onWheel, { passive: false });
}
