// The weights into each neuron of the first layer, as pictures like the inputs: one colour scale for all runs.

import { emptied } from "./canvas.ts";
import { diverging, packed, type ViewColors } from "./colors.ts";
import type { Learned, LearnedRun } from "./learned-answer.ts";

const GAP = 2; // pixels between pictures
const USUAL = 0.98; // of all weights
export const ACROSS = 8; // pictures in a row

/** The size of a weight of all runs with which colours end: a fiftieth of them are greater. */
export function scaleEnd(runs: readonly (LearnedRun | null)[]): number {
  const sizes = runs.flatMap((run) => Array.from(run?.pictures ?? [], Math.abs)).filter(Number.isFinite);
  sizes.sort((one, other) => one - other);
  return sizes[Math.ceil(USUAL * sizes.length) - 1] || 1;
}

/** How high the pictures of `neurons` are, as a share of their width. */
export const aspectOf = (neurons: number): number => Math.max(1, Math.ceil(neurons / ACROSS)) / ACROSS;

/** Draws the pictures of a run. */
export function drawPictures(
  canvas: HTMLCanvasElement,
  { image, runs }: Pick<Learned, "image" | "runs">,
  run: LearnedRun,
  colors: ViewColors,
): void {
  const surface = emptied(canvas);
  if (surface === null || image === null || run.pictures === null) return;
  const [rows, columns] = image;
  const size = rows * columns;
  const end = scaleEnd(runs);
  const side = surface.width / ACROSS;
  surface.context.imageSmoothingEnabled = false;
  for (let neuron = 0; neuron < run.neurons; neuron++) {
    const weights = run.pictures.subarray(neuron * size, (neuron + 1) * size);
    const pixels = Uint8ClampedArray.from({ length: 4 * size });
    new Uint32Array(pixels.buffer).set(Array.from(weights, (one) => colorOf(one, end, colors)));
    const picture = new OffscreenCanvas(columns, rows);
    picture.getContext("2d")!.putImageData(new ImageData(pixels, columns, rows), 0, 0);
    const [x, y] = [(neuron % ACROSS) * side, Math.floor(neuron / ACROSS) * side];
    surface.context.drawImage(picture, x, y, side - GAP, side - GAP);
  }
}

// A weight that is no number has no colour.
const colorOf = (weight: number, end: number, colors: ViewColors): number =>
  Number.isNaN(weight) ? 0 : packed(diverging(colors, 0.5 + weight / (2 * end)));
