// What a network says of each point beside what is right, where a task has neither classes nor coordinates.

import { look } from "../../drawing/styles.ts";
import type { Palette } from "../../experiment/experiment.ts";
import { emptied } from "./canvas.ts";
import { heightsOf } from "./fitted-curve.ts";
import type { Learned, LearnedRun } from "./learned-answer.ts";

/** Draws a point for each point: what is right across, what is told up; on the diagonal both are the same. */
export function drawTold(
  canvas: HTMLCanvasElement,
  learned: Learned,
  { told }: LearnedRun,
  style: number,
  palette: Palette,
): void {
  const surface = emptied(canvas);
  if (surface === null || told === null) return;
  const { context, width, height } = surface;
  const [low, high] = heightsOf(learned);
  const share = (value: number) => (value - low) / (high - low);
  context.strokeStyle = palette.faint;
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  context.beginPath();
  context.moveTo(0, height);
  context.lineTo(width, 0);
  context.stroke();
  context.fillStyle = context.strokeStyle = look(style, palette).color;
  for (const part of ["training", "validation"] as const) {
    learned.points[part].right.forEach((right, k) => {
      const said = told[part][k];
      if (!Number.isFinite(said)) return;
      context.beginPath();
      context.arc(share(right) * width, (1 - share(said)) * height, 2, 0, 2 * Math.PI);
      if (part === "training") context.fill();
      else context.stroke();
    });
  }
}
