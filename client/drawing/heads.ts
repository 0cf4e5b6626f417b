// The heads of paths, where the player's clock stands, and what is drawn only there.

import { near, toPixel } from "./geometry.ts";
import { drawKept } from "./kept.ts";
import { colorOf, lineWidth, opacity, type Placed, pixels } from "./scene.ts";
import { segment } from "./segment.ts";
import { marker } from "./styles.ts";

type Context = CanvasRenderingContext2D;

/** Draws the player's cursor in a plot over the steps. */
export function drawCursor(context: Context, scene: Placed): void {
  const x = toPixel(scene.maps.x, scene.time);
  context.strokeStyle = scene.palette.ink;
  context.globalAlpha = 0.5;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, context.canvas.height);
  context.stroke();
}

/** Draws all heads. The hop back leads over the surface; a loss curve only shows the point that is kept. */
export function drawHeads(context: Context, scene: Placed, hops: boolean): void {
  for (const run of scene.order) {
    if (scene.ends[run] < 0) continue;
    drawHead(context, scene, run);
    const kept = scene.kept?.[run] ?? null;
    if (scene.time < scene.steps || kept === null) continue;
    const from = hops ? pixels(scene, run, scene.ends[run]) : null;
    const to = pixels(scene, run, Math.min(kept, scene.ends[run]));
    drawKept(context, from, to, colorOf(scene, run), scene.palette.paper);
  }
  context.globalAlpha = 1;
}

// The head, and the piece from the last whole step to it.
function drawHead(context: Context, scene: Placed, run: number): void {
  const whole = Math.min(Math.floor(scene.time), scene.ends[run]);
  const part = whole < scene.ends[run] ? scene.time - whole : 0;
  const [ax, ay] = pixels(scene, run, whole);
  const [bx, by] = part > 0 ? pixels(scene, run, whole + 1) : [ax, ay];
  const [x, y] = [ax + part * (bx - ax), ay + part * (by - ay)];
  context.globalAlpha = opacity(scene, run);
  context.strokeStyle = context.fillStyle = colorOf(scene, run);
  context.lineWidth = lineWidth(scene);
  context.setLineDash([]);
  if (part > 0) {
    context.beginPath();
    context.moveTo(ax, ay);
    segment(context, ax, ay, x, y);
    context.stroke();
  }
  if (!near(x) || !near(y)) return;
  if (scene.stopped[run] && scene.time >= scene.ends[run]) cross(context, x, y);
  else head(context, scene, run, x, y);
}

function cross(context: Context, x: number, y: number): void {
  context.lineWidth = 3;
  context.beginPath();
  for (const slope of [5, -5]) {
    context.moveTo(x - 5, y - slope);
    context.lineTo(x + 5, y + slope);
  }
  context.stroke();
}

function head(context: Context, scene: Placed, run: number, x: number, y: number): void {
  marker(context, scene.styles[run], x, y, 6);
  context.fill();
  context.strokeStyle = scene.palette.paper;
  context.lineWidth = 1.5;
  context.stroke();
}
