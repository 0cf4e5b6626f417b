// Canvases of the views: as large as their place in the document, and empty.

import { screenDensity } from "../../drawing/layers.ts";

export const FONT = "11px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/** A context whose unit is a pixel of the document, and the size of its canvas. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** The empty canvas, or null while it has no place. */
export function emptied(canvas: HTMLCanvasElement): Surface | null {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) return null;
  const density = screenDensity();
  const [w, h] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const context = canvas.getContext("2d")!;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = FONT;
  context.setLineDash([]);
  context.globalAlpha = 1;
  return { context, width, height };
}

/** Fills the canvas with an image of `columns` × `rows` packed colours. */
export function fillWith({ context, width, height }: Surface, pixels: Uint32Array, columns: number): void {
  const rows = pixels.length / columns;
  const image = new OffscreenCanvas(columns, rows);
  const data = new ImageData(new Uint8ClampedArray(pixels.buffer as ArrayBuffer), columns, rows);
  image.getContext("2d")!.putImageData(data, 0, 0);
  context.drawImage(image, 0, 0, width, height);
}
