// The paths of all seeds, thin and translucent in their run's colour, under the run that is shown.

import type { Point } from "../experiment/experiment.ts";
import { toPixel } from "./geometry.ts";
import { colorOf, type Placed } from "./scene.ts";
import { trace } from "./trace.ts";

const THIN = 1; // pixels
const [USUAL, OVER_BAND, DIMMED] = [0.28, 0.12, 0.06]; // how opaque each path is; many together are darker

/** Draws what lies between two steps. */
export function strokeFan(context: CanvasRenderingContext2D, scene: Placed, from: number, to: number): void {
  const { seeds, ends } = scene.fan!;
  const most = scene.most && scene.most / (seeds * scene.order.length);
  const usual = scene.band ? OVER_BAND : USUAL;
  context.lineWidth = THIN;
  context.lineJoin = "round";
  for (const run of scene.order) {
    context.strokeStyle = colorOf(scene, run);
    context.globalAlpha = scene.highlight === null || scene.highlight === run ? usual : DIMMED;
    for (let path = run * seeds; path < (run + 1) * seeds; path++) {
      const end = Math.min(to, ends[path]);
      if (end > from) strokeOne(context, scene, path, from, end, most);
    }
  }
  context.globalAlpha = 1;
}

function strokeOne(
  context: CanvasRenderingContext2D,
  scene: Placed,
  path: number,
  from: number,
  to: number,
  most?: number,
): void {
  context.beginPath();
  trace(context, (k) => pointOf(scene, path, k), from, to, most);
  context.stroke();
}

function pointOf(scene: Placed, path: number, k: number): Point {
  const { polylines } = scene.fan!;
  const at = 2 * (path * (scene.steps + 1) + k);
  return [toPixel(scene.maps.x, polylines[at]), toPixel(scene.maps.y, polylines[at + 1])];
}
