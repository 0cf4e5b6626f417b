// Where the pointer is on a plot.

import type { Graph } from "../dash/plotly.ts";

/** The pixel of the axes under the pointer. */
export function pixelUnder(graph: Graph, event: PointerEvent): { x: number; y: number } {
  const size = graph._fullLayout._size!;
  const box = graph.querySelector(".svg-container")!.getBoundingClientRect();
  return { x: event.clientX - box.left - size.l, y: event.clientY - box.top - size.t };
}
