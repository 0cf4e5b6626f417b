// What lies between the quartiles of all seeds' losses, shaded in each run's colour under its curves.

import type { Reals } from "../wire/base64.ts";
import { toPixel } from "./geometry.ts";
import { colorOf, type Placed } from "./scene.ts";

const [USUAL, DIMMED] = [0.25, 0.06]; // how opaque it is
const FAR = 1e5; // pixels; what lies further away is drawn there

/** Shades what lies between two steps. */
export function fillBand(context: CanvasRenderingContext2D, scene: Placed, from: number, to: number): void {
  for (const run of scene.order) {
    const columns = columnsOf(scene, from, to);
    if (columns.length < 2) continue;
    context.fillStyle = colorOf(scene, run);
    context.globalAlpha = scene.highlight === null || scene.highlight === run ? USUAL : DIMMED;
    context.beginPath();
    for (const step of columns) context.lineTo(toPixel(scene.maps.x, step), edge(scene, scene.band!.lower, run, step));
    for (const step of columns.reverse())
      context.lineTo(toPixel(scene.maps.x, step), edge(scene, scene.band!.upper, run, step));
    context.fill();
  }
  context.globalAlpha = 1;
}

// The steps at which the outline has corners; at both ends it lies on a whole pixel, so that pieces drawn one after the
// other meet without a seam.
function columnsOf(scene: Placed, from: number, to: number): number[] {
  const left = wholePixel(scene, from);
  const right = to === scene.steps ? to : wholePixel(scene, to);
  const inner = Array.from({ length: Math.max(0, to - from - 1) }, (_, k) => from + 1 + k);
  return right > left ? [left, ...inner.filter((step) => step > left && step < right), right] : [];
}

function wholePixel({ maps: { x } }: Placed, step: number): number {
  const density = window.devicePixelRatio || 1;
  return Math.max(0, (Math.floor(toPixel(x, step) * density) / density - x.origin) / x.unit);
}

// Between two steps in a straight line on the screen; an edge that is not finite has left through the top.
function edge(scene: Placed, heights: Reals, run: number, step: number): number {
  const [low, high] = [Math.floor(step), Math.ceil(step)];
  const first = run * (scene.steps + 1);
  const [a, b] = [at(scene, heights[first + low]), at(scene, heights[first + high])];
  return a + (step - low) * (b - a);
}

function at({ maps: { y } }: Placed, height: number): number {
  const pixel = Number.isFinite(height) ? toPixel(y, height) : -FAR;
  return Math.max(-FAR, Math.min(FAR, pixel));
}
