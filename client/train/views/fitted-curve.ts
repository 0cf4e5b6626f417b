// A curve of what a network says along the one coordinate of its task, among the points that it learns from.

import { look } from "../../drawing/styles.ts";
import { ticks } from "../../drawing/ticks.ts";
import type { Palette } from "../../experiment/experiment.ts";
import { shortly } from "../../experiment/scales.ts";
import { emptied, type Surface } from "./canvas.ts";
import type { Learned, LearnedRun, Part } from "./learned-answer.ts";

const LEFT = 30; // pixels for the values
const FOOT = 16; // pixels for the coordinate
const MARGIN = 0.12; // of the values' range

interface Axes {
  x(value: number): number;
  y(value: number): number;
}

/** The values that are shown: those of all points, with a margin; the same for all runs. */
export function heightsOf({ points }: Pick<Learned, "points">): readonly [number, number] {
  const all = [...points.training.right, ...points.validation.right].filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = MARGIN * (high - low) || 1;
  return [low - room, high + room];
}

/** What the network says at a share of the view, from its low end. */
export function curveAt({ values }: Pick<LearnedRun, "values">, share: number, outputs = 1): number {
  const places = values.length / outputs;
  const at = share * (places - 1);
  const k = Math.min(Math.floor(at), places - 2);
  return values[k] + (at - k) * (values[k + 1] - values[k]);
}

/** The share of the view under a pixel of a canvas of this width. */
export const shareAt = (pixel: number, width: number): number =>
  Math.min(1, Math.max(0, (pixel - LEFT) / Math.max(1, width - LEFT)));

/** The pixel of a share of the view. */
export const pixelOf = (share: number, width: number): number => LEFT + share * (width - LEFT);

/** Draws the curve of a run, and the points. */
export function drawCurve(
  canvas: HTMLCanvasElement,
  learned: Learned,
  run: LearnedRun,
  style: number,
  palette: Palette,
): void {
  const surface = emptied(canvas);
  if (surface === null) return;
  const [low, high] = heightsOf(learned);
  const [from, to] = [learned.view!.low[0], learned.view!.high[0]];
  const axes = {
    x: (value: number) => pixelOf((value - from) / (to - from), surface.width),
    y: (value: number) => (1 - (value - low) / (high - low)) * (surface.height - FOOT),
  };
  drawAxes(surface, axes, [from, to], [low, high], palette);
  for (const part of ["training", "validation"] as const) drawPoints(surface, axes, learned, part, palette);
  drawLine(surface, axes, learned, run, style, palette);
}

type Range = readonly [number, number];

function drawAxes({ context, width, height }: Surface, { x, y }: Axes, across: Range, up: Range, palette: Palette) {
  context.strokeStyle = palette.faint;
  context.fillStyle = palette.ink;
  context.textBaseline = "middle";
  context.beginPath();
  context.textAlign = "right";
  for (const tick of ticks(...up, Math.max(2, height / 45))) {
    context.moveTo(LEFT, Math.round(y(tick)) + 0.5);
    context.lineTo(width, Math.round(y(tick)) + 0.5);
    context.fillText(shortly(tick), LEFT - 4, Math.min(height - FOOT - 4, Math.max(6, y(tick))));
  }
  context.textAlign = "center";
  for (const tick of ticks(...across, Math.max(2, width / 70))) {
    context.moveTo(Math.round(x(tick)) + 0.5, 0);
    context.lineTo(Math.round(x(tick)) + 0.5, height - FOOT);
    context.fillText(shortly(tick), Math.min(width - 10, x(tick)), height - FOOT / 2 + 1);
  }
  context.stroke();
}

function drawPoints({ context }: Surface, { x, y }: Axes, { points }: Learned, part: Part, palette: Palette): void {
  const { at, count, right } = points[part];
  if (at === null) return;
  context.fillStyle = context.strokeStyle = palette.ink;
  context.globalAlpha = 0.55;
  context.lineWidth = 1;
  for (let k = 0; k < count; k++) {
    context.beginPath();
    context.arc(x(at[k]), y(right[k]), 2, 0, 2 * Math.PI);
    if (part === "training") context.fill();
    else context.stroke(); // hollow: kept back
  }
  context.globalAlpha = 1;
}

function drawLine(
  { context, width, height }: Surface,
  { y }: Axes,
  learned: Learned,
  { values }: LearnedRun,
  style: number,
  palette: Palette,
): void {
  const outputs = Math.max(1, learned.points.training.right.length / Math.max(1, learned.points.training.count));
  const places = values.length / outputs;
  const { color, dash } = look(style, palette);
  context.save();
  context.beginPath();
  context.rect(LEFT, 0, width - LEFT, height - FOOT);
  context.clip();
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.beginPath();
  let pen = false;
  values.forEach((value, k) => {
    const [place, level] = [k % places, Math.min(1e5, Math.max(-1e5, y(value)))];
    const across = pixelOf(place / (places - 1), width);
    if (Number.isNaN(value)) pen = false;
    else if (pen && place > 0) context.lineTo(across, level);
    else {
      context.moveTo(across, level);
      pen = true;
    }
  });
  context.stroke();
  context.restore();
}
