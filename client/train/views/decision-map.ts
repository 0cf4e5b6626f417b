// A map of what a network says all over the view of its task, with the points that it learns from.

import { emptied, fillWith, type Surface } from "./canvas.ts";
import { type Color, css, diverging, mixed, ofClass, packed, parsed, type ViewColors } from "./colors.ts";
import type { Learned, LearnedRun, Part, Points } from "./learned-answer.ts";

type Grid = readonly Float32Array[];

const STRIPES = 4; // pixels, where the network says nothing
const BOUNDARY = 0.9; // pixels on either side of it

/** What is said of one place. */
export interface Told {
  /** The class that is told, or -1 where values are learned or nothing is told. */
  readonly class: number;
  /** The probability of that class, or the value. */
  readonly value: number;
}

/** The value of a grid between its places, by shares of its width and height from the low ends. */
export function between(grid: Grid, u: number, v: number): number {
  const [x, y] = [u * (grid[0].length - 1), v * (grid.length - 1)];
  const column = Math.min(Math.max(0, Math.floor(x)), Math.max(0, grid[0].length - 2));
  const row = Math.min(Math.max(0, Math.floor(y)), Math.max(0, grid.length - 2));
  const [s, t] = [x - column, y - row];
  const [lower, upper] = [grid[row], grid[Math.min(row + 1, grid.length - 1)]];
  const next = Math.min(column + 1, lower.length - 1);
  return (1 - t) * ((1 - s) * lower[column] + s * lower[next]) + t * ((1 - s) * upper[column] + s * upper[next]);
}

const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

/** The class of the greatest output and its probability; -1 if one is no number. */
export function winner(outputs: readonly number[]): Told {
  if (outputs.some(Number.isNaN)) return { class: -1, value: Number.NaN };
  const greatest = Math.max(...outputs);
  const sum = outputs.reduce((all, z) => all + Math.exp(z - greatest), 0);
  return { class: outputs.indexOf(greatest), value: 1 / sum };
}

/** What a run says at a place of the view. */
export function toldAt({ loss }: Learned, { outputs }: LearnedRun, u: number, v: number): Told {
  const z = outputs.map((grid) => between(grid, u, v));
  if (loss === "squared") return { class: -1, value: z[0] };
  if (loss === "cross_entropy") return winner(z);
  if (Number.isNaN(z[0])) return { class: -1, value: Number.NaN };
  return z[0] > 0 ? { class: 1, value: logistic(z[0]) } : { class: 0, value: logistic(-z[0]) };
}

/** The values between which colours go: of classes from none to all, of values those of the points. */
export function rangeOf({ loss, points }: Learned): readonly [number, number] {
  if (loss !== "squared") return [0, 1];
  const all = [...points.training.right, ...points.validation.right].filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return low < high ? [low, high] : [low - 1, high + 1];
}

/** The values of a grid at the middles of `columns` × `rows` pixels, from the top left on. */
export function raster(grid: Grid, columns: number, rows: number): Float32Array {
  const values = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      values[row * columns + column] = between(grid, (column + 0.5) / columns, 1 - (row + 0.5) / rows);
  return values;
}

/** The colours of the map of a run, from the top left on, `columns` × `rows`. */
export function mapPixels(
  learned: Learned,
  { outputs }: LearnedRun,
  columns: number,
  rows: number,
  colors: ViewColors,
): Uint32Array {
  const layers = outputs.map((grid) => raster(grid, columns, rows));
  const paint =
    learned.loss === "cross_entropy" ? ofClasses(learned, layers, colors) : ofOne(learned, layers[0], colors);
  const stripes = [packed(colors.paper), packed(parsed(colors.faint))];
  const pixels = new Uint32Array(columns * rows);
  for (let at = 0; at < pixels.length; at++) {
    const striped = Math.floor((at % columns) / STRIPES) - Math.floor(at / columns / STRIPES);
    const silent = layers.some((values) => Number.isNaN(values[at]));
    pixels[at] = silent ? stripes[striped % STRIPES === 0 ? 1 : 0] : packed(paint(at));
  }
  if (learned.loss === "logistic") drawBoundary(pixels, layers[0], columns, packed(parsed(colors.ink)));
  return pixels;
}

function ofOne(learned: Learned, values: Float32Array, colors: ViewColors): (at: number) => Color {
  const [low, high] = rangeOf(learned);
  const share = learned.loss === "logistic" ? logistic : (z: number) => (z - low) / (high - low);
  return (at) => diverging(colors, share(values[at]));
}

function ofClasses({ classes }: Learned, layers: readonly Float32Array[], colors: ViewColors): (at: number) => Color {
  const hues = classes.map((_, k) => ofClass(colors, k, classes.length));
  return (at) => {
    const told = winner(layers.map((values) => values[at]));
    return mixed(colors.paper, hues[told.class], 0.3 + 0.7 * told.value);
  };
}

// Where both classes are as likely: a line, as wide everywhere.
function drawBoundary(pixels: Uint32Array, z: Float32Array, columns: number, ink: number): void {
  for (let at = columns; at < pixels.length - columns; at++) {
    if (at % columns === 0 || at % columns === columns - 1) continue;
    const steep = Math.hypot(z[at + 1] - z[at - 1], z[at + columns] - z[at - columns]) / 2;
    if (steep > 0 && Math.abs(z[at]) < BOUNDARY * steep) pixels[at] = ink;
  }
}

/** Draws the map of a run, and the points on it. */
export function drawMap(canvas: HTMLCanvasElement, learned: Learned, run: LearnedRun, colors: ViewColors): void {
  const surface = emptied(canvas);
  if (surface === null) return;
  const [columns, rows] = [Math.round(surface.width), Math.round(surface.height)];
  fillWith(surface, mapPixels(learned, run, columns, rows, colors), columns);
  for (const part of ["training", "validation"] as const) drawPoints(surface, learned, part, colors);
}

function drawPoints(surface: Surface, learned: Learned, part: Part, colors: ViewColors): void {
  const { context, width, height } = surface;
  const { at, count, right } = learned.points[part];
  const { low, high } = learned.view!;
  if (at === null) return;
  const values = learned.loss === "squared";
  const radius = Math.min(3.2, Math.max(1.3, width / 120));
  context.lineWidth = 0.9;
  for (let k = 0; k < count; k++) {
    const x = ((at[k] - low[0]) / (high[0] - low[0])) * width;
    const y = (1 - (at[count + k] - low[1]) / (high[1] - low[1])) * height;
    const color = markColor(learned, learned.points[part], k, colors);
    outline(context, learned.loss === "logistic" && right[k] > 0.5, x, y, radius);
    context.fillStyle = color;
    if (part === "training" || values) context.fill();
    // What is kept back is hollow; a value, whose colour is looked for, has a dark edge instead.
    context.strokeStyle = values ? colors.ink : color;
    context.globalAlpha = values && part === "training" ? 0.35 : 1;
    context.stroke();
    context.globalAlpha = 1;
  }
}

function markColor({ loss, classes, ...learned }: Learned, { right }: Points, k: number, colors: ViewColors): string {
  if (loss === "logistic") return colors.marks[right[k] > 0.5 ? 1 : 0];
  if (loss === "cross_entropy") return css(mixed(ofClass(colors, right[k], classes.length), [0, 0, 0], 0.35));
  const [low, high] = rangeOf({ ...learned, loss, classes });
  return css(diverging(colors, (right[k] - low) / (high - low)));
}

// The two classes have shapes of their own too.
function outline(context: CanvasRenderingContext2D, square: boolean, x: number, y: number, radius: number): void {
  context.beginPath();
  if (square) context.rect(x - 0.88 * radius, y - 0.88 * radius, 1.76 * radius, 1.76 * radius);
  else context.arc(x, y, radius, 0, 2 * Math.PI);
}
