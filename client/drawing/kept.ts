// A run that goes back to its best point: a ring there, and a dotted hop to it from where the path ends.

import type { Point } from "../experiment/experiment.ts";
import { near } from "./geometry.ts";

const RADIUS = 9.5; // pixels

/** Draws ring and hop; `from` is null where no hop is drawn. */
export function drawKept(
  context: CanvasRenderingContext2D,
  from: Point | null,
  to: Point,
  color: string,
  paper: string,
): void {
  if (!near(to[0]) || !near(to[1])) return;
  context.strokeStyle = color;
  context.lineCap = "round";
  if (from !== null && near(from[0]) && near(from[1])) hop(context, from, to);
  context.setLineDash([]);
  // A rim sets it off from lines of the same colour.
  ring(context, to, paper, 5);
  ring(context, to, color, 2.2);
}

function ring(context: CanvasRenderingContext2D, [x, y]: Point, color: string, width: number): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  context.arc(x, y, RADIUS, 0, 2 * Math.PI);
  context.stroke();
}

function hop(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length <= RADIUS) return;
  const share = (length - RADIUS) / length; // it ends at the ring
  context.setLineDash([0.5, 4.5]);
  context.lineWidth = 1.6;
  context.beginPath();
  context.moveTo(from[0], from[1]);
  context.lineTo(from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]));
  context.stroke();
}
