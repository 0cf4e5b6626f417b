// The start handle: a button over the plot that is dragged with pointer or finger, or moved with the arrow keys.

import type { Graph } from "../dash/plotly.ts";
import type { Point } from "../experiment/experiment.ts";
import { make } from "../shell/document.ts";
import { pixelUnder } from "./pointer.ts";

export interface Handle {
  /** Puts it where the plot has its point. */
  place(): void;
  start(): Point;
  set(point: Point): void;
}

const NUDGES: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** A coordinate as fine as the screen shows it, so that links stay readable. */
export function roundedCoordinate(value: number, extent: number): number {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(extent)));
  return Number(value.toFixed(Math.min(12, digits)));
}

export function createHandle(graph: Graph, { onMove }: { onMove: (point: Point) => void }): Handle {
  let start: Point = [0, 0];
  const handle = make("button", { type: "button", className: "start-handle" });

  function extent(): number {
    const [low, high] = graph._fullLayout.xaxis.range;
    return high - low;
  }

  function place(): void {
    const host = graph.querySelector(".svg-container");
    const { xaxis, yaxis, _size: size } = graph._fullLayout;
    if (!host || !size) return;
    if (handle.parentElement !== host) host.append(handle);
    const [x, y] = [xaxis.l2p(start[0]), yaxis.l2p(start[1])];
    handle.hidden = !(x >= 0 && x <= size.w && y >= 0 && y <= size.h);
    handle.style.transform = `translate(${size.l + x}px, ${size.t + y}px)`;
    handle.setAttribute("aria-label", `Start point, x ${start[0]}, y ${start[1]}. Arrow keys move it.`);
  }

  function move(x: number, y: number): void {
    const size = extent();
    onMove([roundedCoordinate(x, size), roundedCoordinate(y, size)]);
  }

  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    event.stopPropagation();
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const { xaxis, yaxis, _size: size } = graph._fullLayout;
    const { x, y } = pixelUnder(graph, event);
    move(xaxis.p2l(Math.min(size!.w, Math.max(0, x))), yaxis.p2l(Math.min(size!.h, Math.max(0, y))));
  });
  handle.addEventListener("keydown", (event) => {
    if (!(event.key in NUDGES)) return;
    event.preventDefault();
    event.stopPropagation();
    const step = (extent() / 200) * (event.shiftKey ? 10 : 1);
    const [dx, dy] = NUDGES[event.key];
    move(start[0] + dx * step, start[1] + dy * step);
  });

  return {
    place,
    start: () => start,
    set: (point) => {
      start = point;
      place();
    },
  };
}
