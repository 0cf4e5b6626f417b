// The contour while a number of the surface moves: heights by the translated surface, on a canvas over Plotly's contour
// and its marks of the minima, which are of the surface before. Plotly's, of the exact answer, comes at rest.

import type { Graph } from "../dash/plotly.ts";
import { placeAmong } from "../drawing/contour-levels.ts";
import { type Heights, type Shades, shade, shadesOf } from "../drawing/contour-shading.ts";
import { layerOver, screenDensity } from "../drawing/layers.ts";
import type { Experiment, Palette } from "../experiment/experiment.ts";
import { type LossAt, lossGrid } from "../walking/loss-grid.ts";
import { COPIES } from "../walking/noise.ts";
import type { Landscape } from "../walking/walk.ts";
import { averaged, type Losses, landscapeIn, sameLoss } from "./ground.ts";
import { levelsCome, levelsWait, movingLevels } from "./moving-levels.ts";
import { graph, mounted } from "./plots.ts";
import { palette } from "./scene.ts";
import { state } from "./state.ts";

const FINEST = 4; // pixels of the document between two points of the grid
const COARSEST = 24;
const BUDGET = 3; // ms for the grid's heights
const CHEAP = 5e-5; // ms a point, until it is known
const MOST = 800_000; // pixels of the canvas

interface Drawn {
  readonly graph: Graph;
  readonly canvas: HTMLCanvasElement;
  readonly of: Experiment;
  readonly place: string; // what is seen, and how large
}

let drawn: Drawn | null = null;
let cost = CHEAP; // ms a point of the grid and copy of the surface
let followed: Graph | null = null;
let kept: ImageData | null = null; // what is drawn covers all of it
let shades: { readonly of: Palette; readonly density: number; readonly made: Shades } | null = null;

/** Draws the contour of the experiment's loss. Says whether it did. */
export function drawMovingContour(): boolean {
  const { experiment } = state;
  const landscape = mounted() ? landscapeIn(experiment) : null;
  if (landscape === null) return false;
  const place = placeOf(graph());
  const stands = drawn?.graph === graph() && sameLoss(drawn.of, experiment) && drawn.place === place;
  return stands || paint(landscape, place);
}

function paint(landscape: Landscape, place: string): boolean {
  const [on, { experiment }] = [graph(), state];
  const { w, h } = on._fullLayout._size!;
  const density = Math.min(screenDensity(), Math.sqrt(MOST / (w * h)));
  const context = layerOver(on, "contour", density);
  if (context === null) return false;
  const levels = movingLevels(experiment, landscape, () => standingLevels(on));
  const { canvas } = context;
  const image = imageFor(context);
  const heights = heightsOf(on, canvas, landscape.loss, placeAmong(levels), averaged(experiment) ? COPIES : 1);
  shade(new Uint32Array(image.data.buffer), image.width, heights, shadesFor(levels.length, density), density);
  context.putImageData(image, 0, 0);
  canvas.hidden = false;
  drawn = { graph: on, canvas, of: experiment, place };
  follow(on);
  if (levelsWait(experiment)) followLevels();
  return true;
}

let follows = false;

// Until the levels are there; some may come that the hand has left behind.
function followLevels(): void {
  if (!follows) requestAnimationFrame(goOn);
  follows = true;
}

function goOn(): void {
  follows = false;
  const { experiment } = state;
  const seen = drawn !== null && drawn.graph === graph() && mounted() && sameLoss(drawn.of, experiment);
  const landscape = seen && levelsWait(experiment) ? landscapeIn(experiment) : null;
  if (landscape === null) return;
  if (levelsCome(experiment, landscape)) paint(landscape, drawn!.place);
  else followLevels();
}

// The levels that Plotly's contour has.
function standingLevels({ _fullLayout: { meta } }: Graph): readonly number[] {
  return meta === undefined ? [0, 1] : meta.losses.filter((_, k) => k % meta.per_level === 0);
}

// Some megabytes: made anew at every move they would keep the collector busy.
function imageFor(context: CanvasRenderingContext2D): ImageData {
  const { width, height } = context.canvas;
  if (kept?.width !== width || kept.height !== height) kept = context.createImageData(width, height);
  return kept;
}

function shadesFor(levels: number, density: number): Shades {
  const of = palette();
  if (shades?.of !== of || shades.density !== density || shades.made.levels !== levels)
    shades = { of, density, made: shadesOf(of, levels, density) };
  return shades.made;
}

// Places among the levels at the corners of cells that cover the canvas; as fine as the time allows.
function heightsOf(
  on: Graph,
  { width, height }: HTMLCanvasElement,
  loss: LossAt,
  placed: (loss: number) => number,
  copies: number,
): Heights {
  const { xaxis, yaxis, _size: size } = on._fullLayout;
  const density = width / size!.w;
  const cell = Math.min(COARSEST, Math.max(FINEST, Math.sqrt((copies * cost * size!.w * size!.h) / BUDGET)));
  const side = Math.max(1, Math.round(cell * density));
  const corners = (pixels: number) => Math.ceil(pixels / side) + 1;
  const x = Float64Array.from({ length: corners(width) }, (_, k) => xaxis.p2l((k * side) / density));
  const y = Float64Array.from({ length: corners(height) }, (_, k) => yaxis.p2l((k * side) / density));
  const began = performance.now();
  const values = lossGrid((a, b) => placed(loss(a, b)), x, y);
  // Slow once may have been for other reasons: it is believed little by little.
  cost = Math.min((performance.now() - began) / (copies * values.length), 1.25 * Math.max(cost, CHEAP));
  return { values, columns: x.length, cell: side };
}

/** Plotly has drawn the contour of this loss: it is seen if the experiment still has it. */
export function contourArrived(losses: Losses): void {
  if (sameLoss(losses, state.experiment)) hideMovingContour();
}

/** Shows Plotly's contour. */
export function hideMovingContour(): void {
  if (drawn !== null) drawn.canvas.hidden = true;
  drawn = kept = null;
}

const placeOf = ({ _fullLayout: { xaxis, yaxis, _size } }: Graph): string =>
  JSON.stringify([xaxis.range, yaxis.range, _size, screenDensity()]);

// The reader may move the view before the server has answered.
function follow(on: Graph): void {
  if (followed === on) return;
  followed = on;
  const moved = () => {
    if (drawn?.graph === on && on.isConnected) drawMovingContour();
  };
  on.on("plotly_relayouting", moved);
  on.on("plotly_afterplot", moved);
}
