// A hand on the plane of a plot: it pans, the wheel zooms. Two fingers are told as a wheel: client/drawing/pinch.ts.

import type { Box } from "../experiment/experiment.ts";
import type { Frame } from "./frame.ts";

type Pixel = { readonly x: number; readonly y: number };

const [PER_TURN, PER_E] = [20, 200]; // of a wheel: no more counts at once, so much zooms by e
const RESTED = 150; // ms after which the wheel has come to rest
const [FINEST, WIDEST] = [1e-9, 1e6]; // of the whole view, as far as one can zoom

/** What is seen after a zoom by `factor` about (x, y), unless it would be more or less than can be shown of `whole`. */
export function zoomed([xLow, xHigh, yLow, yHigh]: Box, factor: number, [x, y]: readonly number[], whole: Box): Box {
  const scale = factor * ((yHigh - yLow) / (whole[3] - whole[2]));
  if (!(scale > FINEST && scale < WIDEST)) return [xLow, xHigh, yLow, yHigh];
  const from = (value: number, fixed: number) => fixed + factor * (value - fixed);
  return [from(xLow, x), from(xHigh, x), from(yLow, y), from(yHigh, y)];
}

/** Lets a hand move what `frame` shows; `whole` is what it shows at first. */
export function listenToHand(frame: Frame, whole: Box): { zoom(factor: number): void } {
  const { plane, x, y } = frame;
  let held: { readonly pointer: number; at: Pixel; moved: boolean } | null = null;
  let timer: number | undefined;
  let waits = false;

  const seen = (): Box => [...x.range, ...y.range];
  const rest = () => frame.emit("plotly_relayout", { "xaxis.range": x.range, "yaxis.range": y.range });

  function show([xLow, xHigh, yLow, yHigh]: Box): void {
    [x.range, y.range] = [
      [xLow, xHigh],
      [yLow, yHigh],
    ];
    if (!waits) requestAnimationFrame(drawn);
    waits = true;
  }

  function drawn(): void {
    waits = false;
    frame.emit("plotly_relayouting");
    frame.draw();
  }

  function zoom(factor: number, at: readonly number[]): void {
    show(zoomed(seen(), factor, at, whole));
    clearTimeout(timer);
    timer = setTimeout(rest, RESTED);
  }

  plane.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = plane.getBoundingClientRect();
    const turn = Math.min(PER_TURN, Math.max(-PER_TURN, event.deltaY));
    zoom(Math.exp(turn / PER_E), [x.p2l(event.clientX - box.left), y.p2l(event.clientY - box.top)]);
  });
  plane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const alone = held === null && event.isPrimary;
    if (alone) plane.setPointerCapture(event.pointerId);
    held = alone ? { pointer: event.pointerId, at: event, moved: false } : null;
  });
  plane.addEventListener("pointermove", (event) => {
    if (held?.pointer !== event.pointerId) return;
    const [right, up] = [x.p2l(held.at.x) - x.p2l(event.x), y.p2l(held.at.y) - y.p2l(event.y)];
    held = { ...held, at: event, moved: true };
    show([x.range[0] + right, x.range[1] + right, y.range[0] + up, y.range[1] + up]);
  });
  for (const name of ["pointerup", "pointercancel"] as const)
    plane.addEventListener(name, () => {
      if (held?.moved) rest();
      held = null;
    });
  return { zoom: (factor) => zoom(factor, [(x.range[0] + x.range[1]) / 2, (y.range[0] + y.range[1]) / 2]) };
}
