// Draws gradient and sharpness: axes, curves, the methods' limits, and the player's step.

import { look, marker } from "../../drawing/styles.ts";
import { ticks } from "../../drawing/ticks.ts";
import { shortly } from "../../experiment/scales.ts";
import { tickLabel, valueTicks } from "../plot-drawing.ts";
import { emptied } from "./canvas.ts";
import type { Series } from "./sharpness-answer.ts";
import { lastBefore, type Read } from "./sharpness-readings.ts";
import { LEFT, type Panel, RIGHT, type Stage } from "./sharpness-stage.ts";

type Context = CanvasRenderingContext2D;

const LIMIT = [5, 4]; // dashes, in pixels
const DIMMED = 0.2;
const LATER = 0.28; // how opaque is what lies after the player's step
const DOT = 1.7; // radius of a λmax that was found: between two of them the line only leads the eye

/** Draws all, with a ring around what is read. */
export function drawSharpness(canvas: HTMLCanvasElement, stage: Stage, read: Read | null): void {
  const surface = emptied(canvas);
  if (surface === null) return;
  const { context } = surface;
  for (const panel of stage.panels) {
    drawAxes(context, stage, panel);
    context.save();
    context.beginPath();
    context.rect(LEFT - 1, panel.top - 2, stage.width - LEFT - RIGHT + 6, panel.height + 4);
    context.clip();
    panel.lines.forEach((_, k) => drawRun(context, stage, panel, k));
    context.restore();
    drawCursor(context, stage, panel);
    if (read !== null) drawRead(context, stage, panel, read);
  }
}

function segment(context: Context, ax: number, ay: number, bx: number, by: number): void {
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(bx, by);
  context.stroke();
}

function drawAxes(context: Context, { scene, width, end, panels }: Stage, panel: Panel): void {
  const { ink, faint } = scene.palette;
  const { top, height } = panel;
  const wide = width - LEFT - RIGHT;
  Object.assign(context, { lineWidth: 1, fillStyle: ink, strokeStyle: faint, textBaseline: "middle" });
  context.setLineDash([]);
  context.textAlign = "right";
  for (const tick of valueTicks(panel)) {
    const y = Math.round(panel.y(tick)) + 0.5;
    segment(context, LEFT, y, width - RIGHT, y);
    context.fillText(tickLabel(tick), LEFT - 7, y);
  }
  const last = panel === panels.at(-1);
  if (last) context.fillText(scene.by === "steps" ? "step" : "epoch", LEFT - 7, top + height + 13);
  context.textAlign = "center";
  for (const tick of ticks(0, end, Math.max(2, wide / 80))) {
    const x = Math.round(LEFT + (tick / end) * wide) + 0.5;
    segment(context, x, top, x, top + height);
    if (last) context.fillText(shortly(tick), Math.min(x, width - 14), top + height + 13);
  }
  context.textAlign = "left";
  context.fillText(panel.title, LEFT, top - 10, wide);
}

function drawRun(context: Context, stage: Stage, panel: Panel, k: number): void {
  const { runs, palette, highlight, step } = stage.scene;
  const { run, series, limits } = panel.lines[k];
  const { color, dash } = look(runs[run].style, palette);
  const opaque = highlight !== null && highlight !== run ? DIMMED : 1;
  context.strokeStyle = context.fillStyle = color;
  context.lineJoin = "round";
  if (limits !== null) drawLimits(context, stage, panel, limits, opaque);
  context.lineWidth = highlight === run ? 2.6 : 1.7;
  context.setLineDash(dash);
  const now = lastBefore(series, step);
  context.globalAlpha = opaque;
  drawLine(context, stage, panel, series, 0, now);
  context.globalAlpha = opaque * LATER;
  drawLine(context, stage, panel, series, Math.max(0, now), series.steps.length - 1);
  context.globalAlpha = opaque;
  drawEnd(context, stage, panel, series);
  context.globalAlpha = 1;
}

function drawLimits(context: Context, stage: Stage, panel: Panel, limits: Series, opaque: number): void {
  context.globalAlpha = opaque;
  context.lineWidth = 1.3;
  context.setLineDash(LIMIT);
  path(context, stage, panel, limits, 0, limits.steps.length - 1);
}

// As far as values are finite; a run that isn't any more has no line.
function path(context: Context, stage: Stage, panel: Panel, series: Series, from: number, to: number): void {
  const [top, foot] = [panel.top - 1e4, panel.top + panel.height + 1e4];
  context.beginPath();
  let pen = false;
  for (let k = from; k <= to; k++) {
    const value = series.values[k];
    const finite = Number.isFinite(value);
    if (finite) {
      const [x, y] = [stage.x(series.steps[k]), Math.min(foot, Math.max(top, panel.y(value)))];
      if (pen) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    pen = finite;
  }
  context.stroke();
}

function drawLine(context: Context, stage: Stage, panel: Panel, series: Series, from: number, to: number): void {
  path(context, stage, panel, series, from, to);
  if (!panel.sharp) return;
  for (let k = from; k <= to; k++) {
    if (!Number.isFinite(series.values[k])) continue;
    context.beginPath();
    context.arc(stage.x(series.steps[k]), panel.y(series.values[k]), DOT, 0, 2 * Math.PI);
    context.fill();
  }
}

// The last finite point of a run that stopped being finite has a cross.
function drawEnd(context: Context, stage: Stage, panel: Panel, { steps, values }: Series): void {
  const broken = values.findIndex((value) => !Number.isFinite(value));
  if (broken < 1) return;
  const x = stage.x(steps[broken - 1]);
  const y = Math.min(panel.top + panel.height - 4, Math.max(panel.top + 4, panel.y(values[broken - 1])));
  context.setLineDash([]);
  segment(context, x - 4, y - 4, x + 4, y + 4);
  segment(context, x - 4, y + 4, x + 4, y - 4);
}

function drawCursor(context: Context, stage: Stage, panel: Panel): void {
  const { palette, step, runs, highlight } = stage.scene;
  const x = stage.x(step);
  Object.assign(context, { strokeStyle: palette.ink, globalAlpha: 0.5, lineWidth: 1 });
  context.setLineDash([]);
  segment(context, x, panel.top, x, panel.top + panel.height);
  for (const { run, series } of panel.lines) {
    const at = lastBefore(series, step);
    const y = panel.y(series.values[at] ?? Number.NaN);
    if (!(y >= panel.top - 2 && y <= panel.top + panel.height + 2)) continue;
    context.globalAlpha = highlight !== null && highlight !== run ? DIMMED : 1;
    marker(context, runs[run].style, stage.x(series.steps[at]), y, 4.5);
    context.fillStyle = look(runs[run].style, palette).color;
    context.fill();
    Object.assign(context, { strokeStyle: palette.paper, lineWidth: 1.2 });
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawRead(context: Context, stage: Stage, panel: Panel, { run, step }: Read): void {
  const series = panel.lines.find((line) => line.run === run)?.series;
  const at = series?.steps.indexOf(step) ?? -1;
  if (!series || at < 0 || !Number.isFinite(series.values[at])) return;
  const y = Math.min(panel.top + panel.height, Math.max(panel.top, panel.y(series.values[at])));
  Object.assign(context, { strokeStyle: stage.scene.palette.ink, lineWidth: 1.5, globalAlpha: 1 });
  context.setLineDash([]);
  context.beginPath();
  context.arc(stage.x(step), y, 6.5, 0, 2 * Math.PI);
  context.stroke();
}
