// The contour on a canvas under the paths: from the grid that stands in the file, as exact as the engine made it, or from
// the translated surface, where that can be finer than the grid is.

import type { Grid } from "../dash/plotly.ts";
import { type Heights, type Shades, shade, shadesOf } from "../drawing/contour-shading.ts";
import { between } from "../drawing/geometry.ts";
import { layerOver, screenDensity } from "../drawing/layers.ts";
import type { Palette } from "../experiment/experiment.ts";
import type { LossAt } from "../walking/loss-grid.ts";
import type { Frame } from "./frame.ts";

/** What is drawn: of each point the place of its loss among the levels, as on the page. */
export interface Relief {
  readonly levels: number;
  /** Null once the surface is another than the exported one. */
  readonly grid: Grid | null;
  /** Null if the surface can't be computed here. */
  readonly place: LossAt | null;
}

export interface Contour {
  /** Draws what the frame shows; `quickly` while a hand moves it. */
  draw(relief: Relief, palette: Palette, quickly: boolean): void;
}

const [FINEST, COARSEST] = [4, 24]; // pixels of the document between two computed points
const [BUDGET, PATIENCE] = [5, 60]; // ms for their heights, in motion and at rest
const MOST = 800_000; // pixels of the canvas in motion
const COARSE = 6; // pixels of the document: a grid whose points lie further apart is too coarse
const CHEAP = 5e-5; // ms a point, until it is known

export function createContour(frame: Frame): Contour {
  let cost = CHEAP; // ms a computed point
  let shades: { readonly of: Palette; readonly density: number; readonly made: Shades } | null = null;

  function shadesFor(of: Palette, levels: number, density: number): Shades {
    if (shades?.of !== of || shades.density !== density || shades.made.levels !== levels)
      shades = { of, density, made: shadesOf(of, levels, density) };
    return shades.made;
  }

  function computed(place: LossAt, cells: Cells): Float64Array {
    const began = performance.now();
    const values = valuesOf(cells, place);
    // Slow once may have been for other reasons: it is believed little by little.
    cost = Math.min((performance.now() - began) / values.length, 1.25 * Math.max(cost, CHEAP));
    return values;
  }

  function heights(relief: Relief, canvas: HTMLCanvasElement, density: number, budget: number): Heights {
    const { w, h } = frame.size();
    const { grid, place } = relief;
    const usesGrid = grid !== null && (place === null || isFine(grid, frame));
    const apart = usesGrid ? FINEST : Math.min(COARSEST, Math.max(FINEST, Math.sqrt((cost * w * h) / budget)));
    const cells = cellsOf(frame, canvas, Math.max(1, Math.round(apart * density)), density);
    const values = usesGrid ? valuesOf(cells, gridAt(grid)) : computed(place!, cells);
    return { values, columns: cells.x.length, cell: cells.side };
  }

  return {
    draw(relief, palette, quickly) {
      const { w, h } = frame.size();
      const density = quickly ? Math.min(screenDensity(), Math.sqrt(MOST / (w * h))) : screenDensity();
      const context = layerOver(frame.graph, "contour", density)!;
      const image = context.createImageData(context.canvas.width, context.canvas.height);
      const found = heights(relief, context.canvas, density, quickly ? BUDGET : PATIENCE);
      shade(
        new Uint32Array(image.data.buffer),
        image.width,
        found,
        shadesFor(palette, relief.levels, density),
        density,
      );
      context.putImageData(image, 0, 0);
      if (relief.place === null) clearBeyond(context, frame, relief.grid!, palette, density);
    },
  };
}

// ---- heights ----

/** The corners of squares of `side` pixels that cover the canvas. */
interface Cells {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly side: number;
}

function cellsOf({ x, y }: Frame, { width, height }: HTMLCanvasElement, side: number, density: number): Cells {
  const corners = (pixels: number, value: (pixel: number) => number) =>
    Float64Array.from({ length: Math.ceil(pixels / side) + 1 }, (_, k) => value((k * side) / density));
  return { x: corners(width, x.p2l), y: corners(height, y.p2l), side };
}

function valuesOf({ x, y }: Cells, at: LossAt): Float64Array {
  const values = new Float64Array(x.length * y.length);
  for (let row = 0, k = 0; row < y.length; row += 1)
    for (let column = 0; column < x.length; column += 1, k += 1) values[k] = at(x[column], y[row]);
  return values;
}

// Beyond the grid goes on what is at its edge.
function gridAt(grid: Grid): LossAt {
  const [x, y] = [endsOf(grid.x), endsOf(grid.y)];
  return (a, b) => between(grid, within(a, x), within(b, y)) ?? Number.NaN;
}

const endsOf = (ticks: ArrayLike<number>): [number, number] => [ticks[0], ticks[ticks.length - 1]];

const within = (value: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, value));

function isFine({ x: across, y: up }: Grid, { x, y, size }: Frame): boolean {
  const [[left, right], [bottom, top]] = [endsOf(across), endsOf(up)];
  const covered = left <= x.range[0] && right >= x.range[1] && bottom <= y.range[0] && top >= y.range[1];
  return covered && ((up[1] - up[0]) / (y.range[1] - y.range[0])) * size().h <= COARSE;
}

// Where nothing is known there is no contour.
function clearBeyond(
  context: CanvasRenderingContext2D,
  { x, y }: Frame,
  grid: Grid,
  { contour }: Palette,
  density: number,
): void {
  const { width, height } = context.canvas;
  const [left, right] = endsOf(grid.x).map((end) => x.l2p(end) * density);
  const [bottom, top] = endsOf(grid.y).map((end) => y.l2p(end) * density);
  context.fillStyle = contour[contour.length - 1];
  context.fillRect(0, 0, left, height);
  context.fillRect(right, 0, Math.max(0, width - right), height);
  context.fillRect(0, 0, width, top);
  context.fillRect(0, bottom, width, Math.max(0, height - bottom));
}
