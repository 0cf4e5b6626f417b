// The marks on the surface: its minima, and the start where it can't be moved.

import type { Point } from "../experiment/experiment.ts";
import { shortly } from "../experiment/scales.ts";
import type { Minimum } from "../walking/outcome.ts";
import type { Frame } from "./frame.ts";
import { shape } from "./numbers.ts";

const SIZE = 7.7; // pixels from the middle of a mark to its ends
const INNER = 0.382; // of a star
const START = 8.5; // pixels
const REACH = 10; // pixels from a mark in which the pointer is on it
const SAME = 1e-9; // of losses: as low as the lowest

/** Marks what is in view of `minima`, the lowest first: the lowest with a star, others with a cross; and `start`. */
export function drawMarks({ plane, x, y }: Frame, minima: readonly Minimum[], start: Point | null, ink: string): void {
  const drawn = shape("svg", { class: "marks", fill: ink, stroke: ink, "aria-hidden": "true" });
  for (const [a, b, loss] of minima) {
    const at = `translate(${x.l2p(a)} ${y.l2p(b)})`;
    drawn.append(shape("path", { d: loss <= minima[0][2] + SAME ? STAR : CROSS, transform: at }));
  }
  if (start) drawn.append(shape("circle", { cx: x.l2p(start[0]), cy: y.l2p(start[1]), r: START }));
  plane.querySelector(".marks")?.remove();
  plane.append(drawn);
}

const CROSS = `M${-SIZE} 0H${SIZE}M0 ${-SIZE}V${SIZE}`;
const STAR = `M${Array.from({ length: 10 }, (_, k) => {
  const [angle, radius] = [(k * Math.PI) / 5, k % 2 ? INNER * SIZE : SIZE];
  return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
}).join("L")}Z`;

/** What is told of the minimum under the pointer, or null. */
export function minimumUnder({ plane, x, y }: Frame, minima: readonly Minimum[], event: PointerEvent): string | null {
  const box = plane.getBoundingClientRect();
  const [left, top] = [event.clientX - box.left, event.clientY - box.top];
  const near = minima.find(([a, b]) => Math.hypot(x.l2p(a) - left, y.l2p(b) - top) < REACH);
  return near ? `minimum (${shortly(near[0])}, ${shortly(near[1])})\nloss ${shortly(near[2])}` : null;
}
