// Arrows and squares of the step inspector: how they are drawn.

import type { Kind } from "./answer.ts";
import type { DrawnArrow, DrawnSquare, Pixel } from "./arrow-sizes.ts";

const HEAD = 9; // pixels
const BROAD = 7; // the update's shaft, over which a memory that points the same way can be seen
const USUAL = 2.4;

interface Look {
  readonly color: string;
  readonly paper: string;
  readonly width: number;
}

export interface ArrowScene {
  readonly arrows: readonly DrawnArrow[];
  readonly squares: readonly DrawnSquare[];
  /** Points in pixels at which the rule asked for a gradient. */
  readonly looks: readonly Pixel[];
  readonly point: Pixel;
  readonly factors: Readonly<Record<string, number>>;
  readonly colors: Readonly<Record<Kind | "paper", string>>;
  /** Whether it is what the explanation is about, or all is. */
  readonly bright: (key: string) => boolean;
}

function line(context: CanvasRenderingContext2D, from: Pixel, to: Pixel, look: Look): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < 1) return;
  const unit: Pixel = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const head = Math.min(look.width > 3 ? HEAD + 7 : HEAD, length);
  const neck: Pixel = [to[0] - head * unit[0], to[1] - head * unit[1]];
  const rims = [
    { color: look.paper, width: look.width + 2, grown: 2 },
    { color: look.color, width: look.width, grown: 0 },
  ];
  for (const { color, width, grown } of rims) {
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = width;
    stroke(context, from, neck);
    tip(context, to, neck, unit, head, grown);
  }
}

function stroke(context: CanvasRenderingContext2D, from: Pixel, to: Pixel): void {
  context.beginPath();
  context.moveTo(from[0], from[1]);
  context.lineTo(to[0], to[1]);
  context.stroke();
}

function tip(
  context: CanvasRenderingContext2D,
  to: Pixel,
  neck: Pixel,
  [ux, uy]: Pixel,
  head: number,
  grown: number,
): void {
  context.beginPath();
  context.moveTo(to[0] + grown * ux, to[1] + grown * uy);
  for (const side of [1, -1]) {
    const wide = side * (head / 2 + grown);
    context.lineTo(neck[0] - wide * uy - grown * ux, neck[1] + wide * ux - grown * uy);
  }
  context.closePath();
  context.fill();
}

function dashed(
  context: CanvasRenderingContext2D,
  from: Pixel,
  to: Pixel,
  { color, paper }: Omit<Look, "width">,
): void {
  const rims: [string, number][] = [
    [paper, 4],
    [color, 1.6],
  ];
  for (const [style, width] of rims) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.setLineDash([5, 4]);
    stroke(context, from, to);
  }
  context.setLineDash([]);
  context.fillStyle = paper;
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(to[0], to[1], 4.5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

interface SquareLook {
  readonly color: string;
  readonly alpha: number;
}

// The x square at the right of the point, the y square above it; a second memory's at the left and below.
function squarePair(
  context: CanvasRenderingContext2D,
  [px, py]: Pixel,
  [x, y]: readonly number[],
  look: SquareLook,
  place: number,
): void {
  const away = 13;
  const sign = place % 2 ? -1 : 1;
  const boxes = [
    [sign > 0 ? px + away : px - away - x, py - x / 2, x],
    [px - y / 2, sign > 0 ? py - away - y : py + away, y],
  ];
  for (const [left, top, side] of boxes) {
    context.globalAlpha = look.alpha * 0.3;
    context.fillStyle = look.color;
    context.fillRect(left, top, side, side);
    context.globalAlpha = look.alpha;
    context.strokeStyle = look.color;
    context.lineWidth = 1.6;
    context.strokeRect(left, top, side, side);
  }
}

// Pale arrows lie under bright ones, the broad update under what may point the same way.
function inOrder({ arrows, bright }: ArrowScene): DrawnArrow[] {
  const height = ({ key, kind }: DrawnArrow) => 2 * Number(bright(key)) + Number(kind !== "update");
  return [...arrows].sort((a, b) => height(a) - height(b));
}

/** Draws the squares, then the points asked, then the arrows. */
export function drawArrows(context: CanvasRenderingContext2D, scene: ArrowScene): void {
  const { squares, looks, point, colors } = scene;
  const alpha = (key: string) => (scene.bright(key) ? 1 : 0.2);
  squares.forEach((one, place) => {
    const sides = one.sides.map((side) => side * scene.factors[one.group]);
    squarePair(context, point, sides, { color: colors.square, alpha: alpha(one.key) }, place);
  });
  looks.forEach((look, index) => {
    context.globalAlpha = alpha(`asked-${index}`);
    dashed(context, point, look, { color: colors.asked, paper: colors.paper });
  });
  for (const arrow of inOrder(scene)) {
    context.globalAlpha = alpha(arrow.key);
    drawArrow(context, arrow, scene);
  }
  context.globalAlpha = 1;
}

function drawArrow(context: CanvasRenderingContext2D, { kind, group, from, by }: DrawnArrow, scene: ArrowScene): void {
  const factor = scene.factors[group];
  const { [kind]: color, paper } = scene.colors;
  const to: Pixel = [from[0] + factor * by[0], from[1] + factor * by[1]];
  line(context, from, to, { color, paper, width: kind === "update" ? BROAD : USUAL });
}
