// Draws the history: axes and curves on one canvas, the player's cursor on another.

import { look, marker } from "../drawing/styles.ts";
import { ticks } from "../drawing/ticks.ts";
import { shortly } from "../experiment/scales.ts";
import { pointAt, stepOf } from "./axes.ts";
import { LEFT, type Line, type Panel, RIGHT, type Stage } from "./scene.ts";

type Context = CanvasRenderingContext2D;

const FONT = "11.5px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const VALIDATION = [2, 3]; // dashes, in pixels
const DIMMED = 0.2;
const LATER = 0.28; // how opaque is what lies after the player's step
const FAN = 0.45;

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

/** Draws axes and curves, but those of the run that is `apart`. */
export function drawHistory(canvas: HTMLCanvasElement, stage: Stage, apart: number | null): void {
  const context = cleared(canvas, stage);
  for (const panel of stage.panels) {
    drawAxes(context, stage, panel);
    drawTurn(context, stage, panel);
    drawCurves(context, stage, panel, ({ run }) => run !== apart);
  }
}

/** Draws the curves of the run that is `apart`, and nothing if none is. */
export function drawApart(canvas: HTMLCanvasElement, stage: Stage, apart: number | null): void {
  const context = cleared(canvas, stage);
  if (apart === null) return;
  for (const panel of stage.panels) drawCurves(context, stage, panel, ({ run }) => run === apart);
}

function drawAxes(context: Context, stage: Stage, panel: Panel): void {
  const { palette } = stage.scene;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.fillStyle = palette.ink;
  context.strokeStyle = palette.faint;
  context.textBaseline = "middle";
  drawValues(context, stage, panel);
  drawSteps(context, stage, panel);
  context.textAlign = "left";
  context.fillText(panel.title, LEFT, panel.top - 10);
}

/** Where the values of an axis are told. */
export function valueTicks({ log, range: [low, high], height }: Pick<Panel, "log" | "range" | "height">): number[] {
  const count = Math.max(2, height / 40);
  if (!log) return ticks(low, high, count);
  const decades = ticks(low, high, count).filter(Number.isInteger);
  if (decades.length > 1) return decades.map((power) => 10 ** power);
  return ticks(10 ** low, 10 ** high, count).filter((value) => value > 0); // less than two decades
}

function drawValues(context: Context, { width, scene }: Stage, panel: Panel): void {
  const share = panel.title === "Accuracy";
  context.textAlign = "right";
  for (const tick of valueTicks(panel)) {
    const y = Math.round(panel.y(tick)) + 0.5;
    context.strokeStyle = scene.palette.faint;
    stroke(context, LEFT, y, width - RIGHT, y);
    context.fillText(share ? `${tickLabel(100 * tick)} %` : tickLabel(tick), LEFT - 7, y);
  }
}

/** Round numbers without zeros behind: 1e−4, 20. */
export const tickLabel = (value: number): string => shortly(Number(value.toPrecision(6))).replace(/\.?0+e/, "e");

function drawSteps(context: Context, stage: Stage, { top, height, ...panel }: Panel): void {
  const { end, width, scene, panels } = stage;
  const last = panels.at(-1)!.top === top && panel.title === panels.at(-1)!.title;
  const wide = width - LEFT - RIGHT;
  context.textAlign = "center";
  for (const tick of ticks(0, end, Math.max(2, wide / 90))) {
    const x = Math.round(LEFT + (tick / end) * wide) + 0.5;
    stroke(context, x, top, x, top + height);
    if (last) context.fillText(shortly(tick), x, top + height + 13);
  }
  context.textAlign = "right";
  if (last) context.fillText(scene.by === "steps" ? "step" : "epoch", LEFT - 7, top + height + 13);
}

// Where the training goes on with other values; the first panel says so.
function drawTurn(context: Context, { x, scene, width, panels }: Stage, { top, height }: Panel): void {
  const { turn, palette, answer } = scene;
  if (turn === null || turn >= answer.steps) return;
  const at = Math.round(x(turn)) + 0.5;
  const left = at > width - RIGHT - 60;
  context.strokeStyle = palette.ink;
  context.setLineDash([4, 3]);
  stroke(context, at, top, at, top + height);
  context.setLineDash([]);
  context.textAlign = left ? "right" : "left";
  if (top === panels[0].top) context.fillText("goes on", left ? at - 5 : at + 5, top + 8);
}

function drawCurves(context: Context, stage: Stage, panel: Panel, drawn: (line: Line) => boolean): void {
  context.save();
  context.beginPath();
  context.rect(LEFT - 1, panel.top - 2, stage.width - LEFT - RIGHT + 2, panel.height + 4);
  context.clip();
  context.lineJoin = "round";
  for (const line of panel.lines.filter(drawn)) drawLine(context, stage, panel, line);
  context.restore();
}

// What the player has passed, and fainter what is still to come.
function drawLine(context: Context, stage: Stage, panel: Panel, line: Line): void {
  const { palette, highlight, time, answer, lineWidth = 1.7 } = stage.scene;
  const { color, dash } = look(line.style, palette);
  const opaque = (highlight !== null && highlight !== line.run ? DIMMED : 1) * (line.first ? 1 : FAN);
  const { curve } = line;
  const now = pointAt(curve, answer.every, time);
  context.strokeStyle = context.fillStyle = color;
  context.lineWidth =
    (highlight === line.run ? lineWidth + 0.9 : lineWidth) * (line.validation || !line.first ? 0.8 : 1);
  context.setLineDash(line.validation ? VALIDATION : dash);
  context.globalAlpha = opaque;
  polyline(context, stage, panel, line, 0, now);
  context.globalAlpha = opaque * LATER;
  polyline(context, stage, panel, line, Math.max(0, now), curve.points - 1);
  context.globalAlpha = opaque;
  if (!line.validation && now === curve.points - 1) drawEnd(context, stage, panel, line);
  context.globalAlpha = 1;
}

// As far as values are finite; a run that isn't any more has no line.
function polyline(context: Context, stage: Stage, panel: Panel, { curve, values }: Line, from: number, to: number) {
  const { every } = stage.scene.answer;
  const [top, foot] = [panel.top - 1e4, panel.top + panel.height + 1e4];
  context.beginPath();
  let pen = false;
  for (let k = from; k <= to; k++) {
    const finite = Number.isFinite(values[k]);
    if (finite) {
      const [x, y] = [stage.x(stepOf(curve, every, k)), Math.min(foot, Math.max(top, panel.y(values[k])))];
      if (pen) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    pen = finite;
  }
  context.stroke();
}

// The last finite point of a run that stopped being finite has a cross.
function drawEnd(context: Context, stage: Stage, panel: Panel, { curve, values }: Line): void {
  const broken = values.findIndex((value) => !Number.isFinite(value));
  if (broken < 1) return;
  const x = stage.x(stepOf(curve, stage.scene.answer.every, broken - 1));
  const y = Math.min(panel.top + panel.height - 4, Math.max(panel.top + 4, panel.y(values[broken - 1])));
  context.setLineDash([]);
  stroke(context, x - 4, y - 4, x + 4, y + 4);
  stroke(context, x - 4, y + 4, x + 4, y - 4);
}

/** Draws the player's cursor with a mark on every run's curves. */
export function drawCursor(canvas: HTMLCanvasElement, stage: Stage): void {
  const context = cleared(canvas, stage);
  const { palette, time } = stage.scene;
  const x = stage.x(time);
  context.strokeStyle = palette.ink;
  context.globalAlpha = 0.5;
  for (const { top, height } of stage.panels) stroke(context, x, top, x, top + height);
  for (const panel of stage.panels) for (const line of panel.lines) drawMark(context, stage, panel, line);
}

function drawMark(context: Context, stage: Stage, panel: Panel, { first, validation, curve, values, ...line }: Line) {
  const { palette, time, answer, highlight } = stage.scene;
  const k = pointAt(curve, answer.every, time);
  if (!first || validation || k < 0 || !Number.isFinite(values[k])) return;
  const y = panel.y(values[k]);
  if (y < panel.top - 2 || y > panel.top + panel.height + 2) return;
  context.globalAlpha = highlight !== null && highlight !== line.run ? DIMMED : 1;
  marker(context, line.style, stage.x(stepOf(curve, answer.every, k)), y, 4.5);
  context.fillStyle = look(line.style, palette).color;
  context.fill();
  context.strokeStyle = palette.paper;
  context.lineWidth = 1.2;
  context.stroke();
}
