// Draws a small plot: the signal, faint, and what the runs answer, each by its own largest size over one zero line.

import { look } from "../drawing/styles.ts";
import type { Palette, Run } from "../experiment/experiment.ts";
import type { Reals } from "../wire/base64.ts";
import type { Answer } from "./answer.ts";
import type { Range } from "./axes.ts";
import { extremes, zeroLine } from "./cells.ts";

const EDGE = 4; // pixels above and below

// The context of `canvas`, as large as it is shown; null while it isn't.
function sized(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const density = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (width === 0) return null;
  Object.assign(canvas, { width: Math.round(width * density), height: Math.round(height * density) });
  const context = canvas.getContext("2d")!;
  context.setTransform(density, 0, 0, density, 0, 0);
  return context;
}

// The value that fills the height, with a `share` of it above zero.
function reach([low, high]: Range, share: number): number {
  const [up, down] = [share > 0 ? high / share : 0, share < 1 ? -low / (1 - share) : 0];
  return Math.max(up, down) || 1;
}

export function drawCell(canvas: HTMLCanvasElement, answer: Answer, runs: readonly Run[], palette: Palette): void {
  const context = sized(canvas);
  if (context === null) return;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const shown = runs.map((_, k) => k).filter((k) => !runs[k].hidden);
  const [own, gradient] = [extremes(shown.map((k) => answer.updates[k])), extremes([answer.signal])];
  const share = zeroLine([own, gradient]);
  const room = height - 2 * EDGE;
  const zero = EDGE + share * room;
  const trace = (values: Reals, scale: number) => {
    context.beginPath();
    for (let k = 0; k < values.length; k++)
      context.lineTo((k / (values.length - 1)) * width, zero - (values[k] / scale) * room);
    context.stroke();
  };
  drawZero(context, width, zero, palette);
  context.globalAlpha = 0.35;
  context.strokeStyle = palette.ink;
  trace(answer.signal, reach(gradient, share));
  context.globalAlpha = 1;
  context.lineWidth = 1.4;
  for (const k of shown) {
    const { color, dash } = look(runs[k].style, palette);
    context.strokeStyle = color;
    context.setLineDash(dash);
    trace(answer.updates[k], reach(own, share));
  }
}

function drawZero(context: CanvasRenderingContext2D, width: number, zero: number, { faint }: Palette): void {
  context.strokeStyle = faint;
  context.beginPath();
  context.moveTo(0, Math.round(zero) + 0.5);
  context.lineTo(width, Math.round(zero) + 0.5);
  context.stroke();
}
