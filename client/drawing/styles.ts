// The sixteen line styles: eight colours, each with a marker of its own; the second eight are dashed.

import type { Point } from "../experiment/experiment.ts";

/** The colours of the runs. */
interface Colors {
  readonly runs: readonly string[];
}

export interface Look {
  readonly color: string;
  readonly dash: number[];
}

const DASH = [7, 4];
const UP = -Math.PI / 2;
const MARKERS = [
  null, // a disc
  polygon(4, Math.PI / 4),
  polygon(3, UP),
  polygon(4, 0),
  polygon(3, -UP),
  polygon(5, UP),
  polygon(5, UP, 0.45),
  polygon(6, 0),
];

function polygon(corners: number, turn: number, inner = 1): Point[] {
  const count = inner === 1 ? corners : 2 * corners;
  return Array.from({ length: count }, (_, k) => {
    const angle = turn + (2 * Math.PI * k) / count;
    const radius = k % 2 ? inner : 1;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** Makes the outline of a marker the context's path. */
export function marker(context: CanvasRenderingContext2D, style: number, x: number, y: number, radius: number): void {
  const corners = MARKERS[style % 8];
  context.beginPath();
  if (corners === null) context.arc(x, y, radius * 0.9, 0, 2 * Math.PI);
  else corners.forEach(([dx, dy]) => context.lineTo(x + dx * radius * 1.15, y + dy * radius * 1.15));
  context.closePath();
}

/** Colour and dashes of a line. */
export function look(style: number, palette: Colors): Look {
  return { color: palette.runs[style % 8], dash: style >= 8 ? DASH : [] };
}

/** The sample beside a run's name: a piece of its line with its marker. */
export function swatch(canvas: HTMLCanvasElement, style: number, palette: Colors): void {
  const context = canvas.getContext("2d")!;
  const { color, dash } = look(style, palette);
  context.setTransform(2, 0, 0, 2, 0, 0);
  context.clearRect(0, 0, 22, 16);
  context.strokeStyle = context.fillStyle = color;
  context.lineWidth = 2;
  context.setLineDash(dash.map((length) => length / 2));
  context.beginPath();
  context.moveTo(0, 8);
  context.lineTo(22, 8);
  context.stroke();
  marker(context, style, 11, 8, 4.5);
  context.fill();
}
