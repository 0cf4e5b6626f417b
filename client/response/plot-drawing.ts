// Draws the Response plot: axes and curves on one canvas, the cursor on another.

import { near } from "../drawing/geometry.ts";
import { look, marker } from "../drawing/styles.ts";
import { shortly } from "../experiment/scales.ts";
import type { Reals } from "../wire/base64.ts";
import { ticks } from "./axes.ts";
import { type Across, type Curve, LEFT, type Panel, RIGHT, type Scene, type Stage } from "./scene.ts";

type Context = CanvasRenderingContext2D;

const FONT = "11.5px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

// The context of `canvas`, as large as the plot and empty.
function cleared(canvas: HTMLCanvasElement, { width, height }: Stage): Context {
  const density = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const context = canvas.getContext("2d")!;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = FONT;
  return context;
}

function stroke(context: Context, ax: number, ay: number, bx: number, by: number): void {
  context.beginPath();
  context.moveTo(ax, ay);
  context.lineTo(bx, by);
  context.stroke();
}

/** Draws axes and curves. */
export function drawLines(canvas: HTMLCanvasElement, stage: Stage): void {
  const context = cleared(canvas, stage);
  for (const panel of stage.panels) {
    drawAxes(context, stage, panel);
    drawCurves(context, stage, panel);
  }
}

function drawAxes(context: Context, stage: Stage, panel: Panel): void {
  context.lineWidth = 1;
  context.setLineDash([]);
  context.textBaseline = "middle";
  context.textAlign = "right";
  drawValues(context, stage, panel);
  context.textAlign = "center";
  const last = panel === stage.panels.at(-1);
  drawEpochs(context, stage, panel, last);
  if (last) {
    context.textAlign = "right";
    context.fillText("epoch", LEFT - 7, panel.top + panel.height + 12);
  }
  context.textAlign = "left";
  context.fillText(panel.title, LEFT, panel.top - 11);
}

function drawValues(context: Context, { scene: { palette }, width }: Stage, panel: Panel): void {
  for (const tick of ticks(...panel.range, Math.max(2, panel.height / 34))) {
    const y = Math.round(panel.y(tick)) + 0.5;
    context.strokeStyle = tick === 0 ? palette.ink : palette.faint;
    context.globalAlpha = tick === 0 ? 0.45 : 1;
    stroke(context, LEFT, y, width - RIGHT, y);
    context.globalAlpha = 1;
    context.fillStyle = palette.ink;
    context.fillText(shortly(tick), LEFT - 7, y);
  }
}

function drawEpochs(context: Context, { scene, across }: Stage, { top, height }: Panel, written: boolean): void {
  for (const tick of ticks(...scene.window, Math.max(2, across.width / 90))) {
    const x = Math.round(across.x(tick)) + 0.5;
    context.strokeStyle = scene.palette.faint;
    stroke(context, x, top, x, top + height);
    if (written) context.fillText(String(tick), x, top + height + 12);
  }
}

function drawCurves(context: Context, { scene, across }: Stage, panel: Panel): void {
  context.save();
  context.beginPath();
  context.rect(LEFT, panel.top - 2, across.width, panel.height + 4);
  context.clip();
  context.lineJoin = "round";
  for (const curve of panel.curves) {
    ink(context, scene, panel, curve);
    polyline(context, curve.values, scene, across, panel);
  }
  context.restore();
}

// Gives the context the colour, width and dashes of a curve.
function ink(context: Context, scene: Scene, { kind }: Panel, { run, style }: Curve): void {
  const { palette, highlight, lineWidth = 1.8 } = scene;
  const { color, dash } = run === null ? { color: palette.ink, dash: [] } : look(style, palette);
  const dimmed = kind === "updates" && highlight !== null && highlight !== run;
  context.globalAlpha = dimmed ? 0.22 : 1;
  context.strokeStyle = color;
  context.lineWidth = run === null ? 1.4 : kind === "updates" && highlight === run ? 3 : lineWidth;
  context.setLineDash(dash);
}

function polyline(context: Context, values: Reals, { window, epochs }: Scene, across: Across, panel: Panel) {
  const [from, to] = [Math.max(0, Math.floor(window[0])), Math.min(epochs - 1, Math.ceil(window[1]))];
  context.beginPath();
  let pen = false;
  for (let k = from; k <= to; k++) {
    const height = panel.y(values[k]);
    if (!near(height)) pen = false;
    else if (pen) context.lineTo(across.x(k), height);
    else {
      context.moveTo(across.x(k), height);
      pen = true;
    }
  }
  context.stroke();
}

/** Draws the cursor with a mark on every curve. */
export function drawCursor(canvas: HTMLCanvasElement, stage: Stage): void {
  const context = cleared(canvas, stage);
  const { scene, panels, across } = stage;
  if (scene.epoch < scene.window[0] || scene.epoch > scene.window[1]) return;
  const x = across.x(scene.epoch);
  context.strokeStyle = scene.palette.ink;
  context.globalAlpha = 0.55;
  context.setLineDash([]);
  for (const panel of panels) stroke(context, x, panel.top, x, panel.top + panel.height);
  context.globalAlpha = 1;
  for (const panel of panels) for (const curve of panel.curves) drawMark(context, scene, panel, curve, x);
}

function drawMark(context: Context, { epoch, palette }: Scene, panel: Panel, curve: Curve, x: number): void {
  const { values, run, style } = curve;
  const y = panel.y(values[epoch]);
  if (!near(y)) return;
  if (run === null) {
    context.beginPath();
    context.arc(x, y, 4, 0, 2 * Math.PI);
  } else marker(context, style, x, y, 5);
  context.fillStyle = run === null ? palette.ink : look(style, palette).color;
  context.fill();
  context.strokeStyle = palette.paper;
  context.lineWidth = 1.5;
  context.stroke();
}
