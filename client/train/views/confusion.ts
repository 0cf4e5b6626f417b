// How often each class is taken for which: rows are what is right, columns what is told.

import { emptied, FONT, type Surface } from "./canvas.ts";
import { css, mixed, type ViewColors } from "./colors.ts";

type Counts = readonly (readonly number[])[];

export const EDGE = 18; // pixels for the classes' names at the left and above
const ROOM = 13; // pixels of a cell in which a count can be read

/** The row and column under a place of the canvas, or null beside the matrix. */
export function cellAt(classes: number, x: number, y: number, width: number, height: number): [number, number] | null {
  const row = Math.floor(((y - EDGE) / (height - EDGE)) * classes);
  const column = Math.floor(((x - EDGE) / (width - EDGE)) * classes);
  const inside = row >= 0 && column >= 0 && row < classes && column < classes;
  return inside ? [row, column] : null;
}

/** The share of a row that each of its cells has; 0 in a row without points. */
export function sharesOf(row: readonly number[]): number[] {
  const sum = row.reduce((all, one) => all + one, 0);
  return row.map((one) => (sum > 0 ? one / sum : 0));
}

/** Draws the matrix: what is right in one colour, what is mistaken in the other, by its share of the row. */
export function drawConfusion(
  canvas: HTMLCanvasElement,
  counts: Counts,
  classes: readonly string[],
  colors: ViewColors,
): void {
  const surface = emptied(canvas);
  if (surface === null) return;
  drawNames(surface, classes, colors);
  counts.forEach((row, k) => drawRow(surface, row, k, colors));
}

function drawNames({ context, width, height }: Surface, classes: readonly string[], { ink }: ViewColors): void {
  const [wide, high] = [(width - EDGE) / classes.length, (height - EDGE) / classes.length];
  const letters = Math.max(1, Math.floor(wide / 6.5));
  context.fillStyle = ink;
  context.textBaseline = "middle";
  context.textAlign = "center";
  classes.forEach((name, k) => {
    context.fillText(name.slice(0, letters), EDGE + (k + 0.5) * wide, EDGE / 2);
    context.save();
    context.translate(EDGE / 2, EDGE + (k + 0.5) * high);
    if (name.length > 2) context.rotate(-Math.PI / 2);
    context.fillText(name.slice(0, Math.max(1, Math.floor(high / 6.5))), 0, 0);
    context.restore();
  });
}

function drawRow({ context, width, height }: Surface, row: readonly number[], k: number, colors: ViewColors): void {
  const [wide, high] = [(width - EDGE) / row.length, (height - EDGE) / row.length];
  context.font = `${Math.min(11, 0.62 * high)}px ${FONT.slice(5)}`;
  sharesOf(row).forEach((share, column) => {
    const [x, y] = [EDGE + column * wide, EDGE + k * high];
    const hue = column === k ? colors.low : colors.high;
    context.fillStyle = css(mixed(colors.paper, hue, Math.sqrt(share)));
    context.fillRect(x, y, wide, high);
    context.strokeStyle = colors.faint;
    context.lineWidth = 0.5;
    context.strokeRect(x, y, wide, high);
    if (row[column] === 0 || Math.min(wide, high) < ROOM) return;
    context.fillStyle = colors.strong;
    context.fillText(String(row[column]), x + wide / 2, y + high / 2 + 0.5);
  });
}
