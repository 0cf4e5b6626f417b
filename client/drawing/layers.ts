// Canvases over the axes of a Plotly graph.

import type { Graph, PlotSize } from "../dash/plotly.ts";
import { make } from "../shell/document.ts";

/** The contexts of the canvases, the lower ones first; some plots have no apart or fan. */
export interface Layers {
  readonly lines: CanvasRenderingContext2D;
  readonly apart?: CanvasRenderingContext2D;
  readonly heads: CanvasRenderingContext2D;
  readonly fan?: CanvasRenderingContext2D;
}

/** How many pixels of the screen one of the document has. */
export const screenDensity = (): number => window.devicePixelRatio || 1;

/** The canvas of this name, made where there is none; null as long as there are no axes. */
export function layerOver(graph: Graph, name: string, density = screenDensity()): CanvasRenderingContext2D | null {
  const host = graph.querySelector(".svg-container");
  if (!host || !graph._fullLayout?._size) return null;
  const found = canvasIn(host, name);
  fit(found, graph._fullLayout._size, density);
  return found.getContext("2d");
}

/** All canvases that an overlay needs; null as long as there are no axes. */
export function layersOver(graph: Graph, { held, fanned }: { held: boolean; fanned: boolean }): Layers | null {
  const lines = layerOver(graph, "lines");
  if (lines === null) return null;
  const apart = held ? layerOver(graph, "apart")! : undefined;
  const heads = layerOver(graph, "heads")!;
  const fan = fanned || graph.querySelector("canvas.overlay-fan") ? layerOver(graph, "fan")! : undefined;
  return { lines, apart, heads, fan };
}

/** Makes a canvas empty, and its unit a pixel of the document. */
export function clear(context: CanvasRenderingContext2D): void {
  const density = screenDensity();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(density, 0, 0, density, 0, 0);
}

function canvasIn(host: Element, name: string): HTMLCanvasElement {
  const found = host.querySelector<HTMLCanvasElement>(`canvas.overlay-${name}`);
  if (found) return found;
  const made = make("canvas", { className: `overlay overlay-${name}`, "aria-hidden": "true" });
  host.append(made);
  return made;
}

function fit(one: HTMLCanvasElement, size: PlotSize, density: number): void {
  const [width, height] = [Math.round(size.w * density), Math.round(size.h * density)];
  if (one.width !== width || one.height !== height) {
    one.width = width;
    one.height = height;
  }
  Object.assign(one.style, { left: `${size.l}px`, top: `${size.t}px`, width: `${size.w}px`, height: `${size.h}px` });
}
