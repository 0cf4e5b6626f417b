// A piece of a polyline on a canvas, however far its ends are.

import { clipped, near } from "./geometry.ts";

/** Goes on from a, where the context's path has come, to b. */
export function segment(context: CanvasRenderingContext2D, ax: number, ay: number, bx: number, by: number): void {
  if (near(ax) && near(ay) && near(bx) && near(by)) {
    context.lineTo(bx, by);
    return;
  }
  const piece = clipped(ax, ay, bx, by);
  if (piece === null) return;
  context.moveTo(piece[0], piece[1]);
  context.lineTo(piece[2], piece[3]);
}
