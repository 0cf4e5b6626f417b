// Draws the loss on a plane of weights, and the paths of all runs before it. Both axes have the same unit.

import { automaticLevels, placeAmong } from "../../drawing/contour-levels.ts";
import { shade, shadesOf } from "../../drawing/contour-shading.ts";
import { near } from "../../drawing/geometry.ts";
import { screenDensity } from "../../drawing/layers.ts";
import { segment } from "../../drawing/segment.ts";
import { look, marker } from "../../drawing/styles.ts";
import { ticks } from "../../drawing/ticks.ts";
import type { Palette, Run } from "../../experiment/experiment.ts";
import { shortly } from "../../experiment/scales.ts";
import { emptied } from "./canvas.ts";
import type { LossGrid, Path, Plane } from "./plane-answer.ts";
import { smoothAt } from "./smooth-grid.ts";

export const EDGE = 34; // pixels at the left and below, for the axes
const CELL = 4; // pixels of the document between two heights
const AHEAD = 0.25; // opacity of what is still to come
const THIN = 0.45; // opacity of the other seeds

/** What is drawn. */
export interface PlaneScene {
  readonly plane: Plane;
  readonly runs: readonly Run[];
  readonly names: readonly string[];
  readonly palette: Palette;
  readonly lineWidth?: number;
  readonly step: number;
  readonly highlight: number | null;
  /** With which each run is shown. */
  readonly seed: number;
}

/** Where coordinates lie on a canvas of `size` × `size` pixels. */
export interface Frame {
  readonly size: number;
  x(alpha: number): number;
  y(beta: number): number;
  /** The coordinates under a pixel. */
  at(x: number, y: number): readonly [number, number];
}

export function frameOf({ square }: Pick<Plane, "square">, size: number): Frame {
  const { middle, half } = square;
  const side = size - EDGE;
  const unit = side / (2 * half);
  return {
    size,
    x: (alpha) => EDGE + (alpha - middle[0] + half) * unit,
    y: (beta) => side - (beta - middle[1] + half) * unit,
    at: (x, y) => [middle[0] - half + (x - EDGE) / unit, middle[1] - half + (side - y) / unit],
  };
}

/** log₁₀ of the loss at coordinates, or NaN beside what is seen. */
export function heightAt({ square, grid }: Plane, alpha: number, beta: number): number {
  const { middle, half } = square;
  const [u, v] = [(alpha - middle[0] + half) / (2 * half), (beta - middle[1] + half) / (2 * half)];
  return grid === null || u < 0 || v < 0 || u > 1 || v > 1 ? Number.NaN : smoothAt(grid.rows, u, v);
}

/** The pixels of the contour of a grid on a square of `side` pixels. */
export function contourPixels({ rows }: LossGrid, side: number, palette: Palette, density = 1): Uint32Array {
  const heights = Float64Array.from(rows.flatMap((row) => [...row]));
  const levels = automaticLevels(heights, "linear");
  const placed = placeAmong(levels);
  const cell = Math.max(1, Math.round(CELL * density));
  const columns = Math.ceil(side / cell) + 1;
  const values = Float64Array.from({ length: columns * columns }, (_, k) => {
    const [x, y] = [((k % columns) * cell) / side, (Math.floor(k / columns) * cell) / side];
    return placed(smoothAt(rows, Math.min(1, x), Math.max(0, 1 - y)));
  });
  const pixels = new Uint32Array(side * side);
  shade(pixels, side, { values, columns, cell }, shadesOf(palette, levels.length, density), density);
  return pixels;
}

/** Draws the loss on the plane, and the axes. */
export function drawContour(canvas: HTMLCanvasElement, plane: Plane, palette: Palette): void {
  const surface = emptied(canvas);
  if (surface === null) return;
  const { context, width: size } = surface;
  if (plane.grid !== null) {
    const density = screenDensity();
    const side = Math.round((size - EDGE) * density);
    const pixels = contourPixels(plane.grid, side, palette, density);
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer as ArrayBuffer), side, side);
    context.putImageData(image, Math.round(EDGE * density), 0);
  }
  drawAxes(context, frameOf(plane, size), palette);
}

function drawAxes(context: CanvasRenderingContext2D, frame: Frame, { ink, faint }: Palette): void {
  const side = frame.size - EDGE;
  const [[left, low], [right, high]] = [frame.at(EDGE, side), frame.at(frame.size, 0)];
  context.fillStyle = ink;
  context.strokeStyle = faint;
  context.strokeRect(EDGE + 0.5, 0.5, side - 1, side - 1);
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (const tick of ticks(left, right, side / 80)) {
    const x = frame.x(tick);
    if (x > EDGE + 6 && x < frame.size - 10) context.fillText(shortly(tick), x, side + 10);
  }
  context.textAlign = "right";
  for (const tick of ticks(low, high, side / 60)) {
    const y = frame.y(tick);
    if (y > 7 && y < side - 4) context.fillText(shortly(tick), EDGE - 5, y);
  }
}

/** The runs that are shown, the one that stands out last. */
export function drawnRuns({ plane, runs, highlight }: PlaneScene): number[] {
  const shown = runs.flatMap((run, k) => (run.hidden || !plane.runs[k] ? [] : [k]));
  return highlight === null
    ? shown
    : [...shown.filter((k) => k !== highlight), ...shown.filter((k) => k === highlight)];
}

/** How many points of a path lie not beyond a step; at least the first does. */
export function reached({ steps }: Pick<Path, "steps">, step: number): number {
  let [low, high] = [1, steps.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (steps[middle - 1] <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Draws all paths, and where each run is at the step. */
export function drawPaths(canvas: HTMLCanvasElement, scene: PlaneScene): void {
  const surface = emptied(canvas);
  if (surface === null) return;
  const { context, width: size } = surface;
  const frame = frameOf(scene.plane, size);
  context.save();
  context.beginPath();
  context.rect(EDGE, 0, size - EDGE, size - EDGE);
  context.clip();
  context.lineJoin = context.lineCap = "round";
  const order = drawnRuns(scene);
  for (const run of order) drawThin(context, frame, scene, run);
  for (const run of order) drawPath(context, frame, scene, run);
  drawStart(context, frame, scene, order);
  for (const run of order) drawHead(context, frame, scene, run);
  context.restore();
}

function drawPath(context: CanvasRenderingContext2D, frame: Frame, scene: PlaneScene, run: number): void {
  const path = scene.plane.runs[run]!;
  const { color, dash } = look(scene.runs[run].style, scene.palette);
  const dimmed = scene.highlight !== null && scene.highlight !== run ? 0.35 : 1;
  context.strokeStyle = color;
  const { lineWidth = 2 } = scene;
  context.lineWidth = scene.highlight === run ? lineWidth + 1 : lineWidth;
  context.setLineDash(dash);
  const now = reached(path, scene.step);
  context.globalAlpha = AHEAD * dimmed;
  polyline(context, frame, path.at, now - 1, path.steps.length);
  context.globalAlpha = dimmed;
  polyline(context, frame, path.at, 0, now);
  context.globalAlpha = 1;
  context.setLineDash([]);
}

// The same run with the other seeds.
function drawThin(context: CanvasRenderingContext2D, frame: Frame, scene: PlaneScene, run: number): void {
  const { color, dash } = look(scene.runs[run].style, scene.palette);
  const opacity = THIN * (scene.highlight !== null && scene.highlight !== run ? 0.35 : 1);
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.setLineDash(dash);
  for (const path of scene.plane.runs[run]!.thin) {
    const now = reached(path, scene.step);
    context.globalAlpha = AHEAD * opacity;
    polyline(context, frame, path.at, now - 1, path.steps.length);
    context.globalAlpha = opacity;
    polyline(context, frame, path.at, 0, now);
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function polyline(context: CanvasRenderingContext2D, frame: Frame, at: Float32Array, from: number, to: number): void {
  context.beginPath();
  let [ax, ay] = [frame.x(at[2 * from]), frame.y(at[2 * from + 1])];
  context.moveTo(ax, ay);
  for (let k = from + 1; k < to; k++) {
    const [bx, by] = [frame.x(at[2 * k]), frame.y(at[2 * k + 1])];
    if (Number.isNaN(bx) || Number.isNaN(by)) break;
    segment(context, ax, ay, bx, by);
    [ax, ay] = [bx, by];
  }
  context.stroke();
}

// All runs begin with the same weights.
function drawStart(context: CanvasRenderingContext2D, frame: Frame, { plane, palette }: PlaneScene, order: number[]) {
  const first = plane.runs[order[0] ?? -1];
  if (!first) return;
  context.beginPath();
  context.arc(frame.x(first.at[0]), frame.y(first.at[1]), 4, 0, 2 * Math.PI);
  context.fillStyle = palette.paper;
  context.fill();
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.stroke();
}

function drawHead(context: CanvasRenderingContext2D, frame: Frame, scene: PlaneScene, run: number): void {
  const path = scene.plane.runs[run]!;
  const at = reached(path, scene.step) - 1;
  const [x, y] = [frame.x(path.at[2 * at]), frame.y(path.at[2 * at + 1])];
  if (!near(x) || !near(y)) return;
  marker(context, scene.runs[run].style, x, y, scene.highlight === run ? 7 : 5.5);
  context.fillStyle = look(scene.runs[run].style, scene.palette).color;
  context.fill();
  context.strokeStyle = scene.palette.paper;
  context.lineWidth = 1.5;
  context.stroke();
}
