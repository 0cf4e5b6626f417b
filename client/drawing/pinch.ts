// Two fingers on a plot zoom it. Plotly knows one finger, which pans, and the wheel, which zooms: what two fingers do
// is told to it as turns of the wheel between them.

import { type Graph, release } from "../dash/plotly.ts";

const PER_TURN = 20; // Plotly takes no more of a wheel at once
const PER_E = 200; // of a wheel, for a zoom by e

/** What a wheel says, piece by piece, so that what is shown becomes `ratio` times as large. */
export function turns(ratio: number): number[] {
  const whole = -PER_E * Math.log(ratio);
  const count = Math.ceil(Math.abs(whole) / PER_TURN);
  return Array.from({ length: count }, () => whole / count);
}

interface Fingers {
  readonly x: number;
  readonly y: number;
  readonly apart: number;
}

function between([one, other]: TouchList): Fingers {
  const [dx, dy] = [one.clientX - other.clientX, one.clientY - other.clientY];
  const [x, y] = [(one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2];
  return { x, y, apart: Math.max(1, Math.hypot(dx, dy)) };
}

function width(graph: Graph): number {
  const [low, high] = graph._fullLayout.xaxis.range;
  return high - low;
}

/** Lets two fingers zoom `graph`. */
export function listenToPinch(graph: Graph): void {
  let held: number | null = null; // what is shown times how far the fingers are apart: it stays the same

  function begin(event: TouchEvent): void {
    if (event.targetTouches.length !== 2) return;
    event.preventDefault();
    event.stopPropagation();
    if (held === null) release(graph);
    held = width(graph) * between(event.targetTouches).apart;
  }

  // From what is shown now, which a contour that has come meanwhile may have changed.
  function move(event: TouchEvent): void {
    if (held === null || event.targetTouches.length !== 2) return;
    event.preventDefault();
    const { x: clientX, y: clientY, apart } = between(event.targetTouches);
    const plane = graph.querySelector(".nsewdrag");
    for (const deltaY of turns((width(graph) * apart) / held)) {
      plane?.dispatchEvent(new WheelEvent("wheel", { deltaY, clientX, clientY, bubbles: true, cancelable: true }));
    }
  }

  function end(event: TouchEvent): void {
    if (event.targetTouches.length < 2) held = null;
  }

  const first = { capture: true, passive: false };
  graph.addEventListener("touchstart", begin, first);
  graph.addEventListener("touchmove", move, first);
  graph.addEventListener("touchend", end, first);
  graph.addEventListener("touchcancel", end, first);
}
