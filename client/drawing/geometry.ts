// Small geometry of the plots: from data to pixels, clipping, the nearest point, the box that a plot shows.

import type { Axis, Grid } from "../dash/plotly.ts";
import type { Box, Point } from "../experiment/experiment.ts";

/** The linear map from a value, or its logarithm, to a pixel. */
export interface PixelMap {
  readonly origin: number;
  readonly unit: number;
  readonly log: boolean;
}

/** The maps of both axes. */
export interface Maps {
  readonly x: PixelMap;
  readonly y: PixelMap;
}

/** The point of a path that lies under the pointer. */
export interface Under {
  readonly run: number;
  readonly step: number;
}

interface Search {
  /** The runs among which is searched. */
  readonly shown: readonly number[];
  readonly ends: readonly number[];
  readonly steps: number;
  /** No step after this one is drawn. */
  readonly upTo: number;
  /** In pixels. */
  readonly reach: number;
}

const FAR = 1e5;
const APART = 1e6; // Plotly rounds pixels to hundredths; between values far apart that makes no difference

/** The map of a Plotly axis. */
export function pixelMap(axis: Pick<Axis, "l2p" | "type">): PixelMap {
  const origin = axis.l2p(0);
  return { origin, unit: (axis.l2p(APART) - origin) / APART, log: axis.type === "log" };
}

export function toPixel(map: PixelMap, value: number): number {
  return map.origin + map.unit * (map.log ? Math.log10(Math.max(value, 1e-300)) : value);
}

/**
 * The part of the segment a–b inside the square ±FAR, or null. Canvas loses its way with huge coordinates, and
 * moving only the far end would bend the line.
 */
export function clipped(
  ax: number,
  ay: number,
  bx: number,
  by: number,
): readonly [number, number, number, number] | null {
  let from = 0;
  let to = 1;
  const dx = bx - ax;
  const dy = by - ay;
  const sides = [
    [-dx, ax + FAR],
    [dx, FAR - ax],
    [-dy, ay + FAR],
    [dy, FAR - ay],
  ];
  for (const [run, room] of sides) {
    if (run === 0 && room < 0) return null;
    if (run < 0) from = Math.max(from, room / run);
    if (run > 0) to = Math.min(to, room / run);
  }
  if (from > to) return null;
  // An end that is inside stays exactly where it is, however far the other one.
  const [startX, startY] = from === 0 ? [ax, ay] : [ax + from * dx, ay + from * dy];
  const [endX, endY] = to === 1 ? [bx, by] : [ax + to * dx, ay + to * dy];
  return [startX, startY, endX, endY];
}

/** Whether a pixel is one that a canvas can draw. */
export function near(value: number): boolean {
  return value > -FAR && value < FAR;
}

/** The drawn point nearest to a pixel, or null. */
export function nearest(
  polylines: ArrayLike<number>,
  maps: Maps,
  pixel: { readonly x: number; readonly y: number },
  { shown, ends, steps, upTo, reach }: Search,
): Under | null {
  let best: Under | null = null;
  let least = reach * reach;
  for (const run of shown) {
    const end = Math.min(ends[run], upTo);
    for (let k = 0; k <= end; k++) {
      const at = 2 * (run * (steps + 1) + k);
      const dx = toPixel(maps.x, polylines[at]) - pixel.x;
      const dy = toPixel(maps.y, polylines[at + 1]) - pixel.y;
      const distance = dx * dx + dy * dy;
      if (distance < least) {
        least = distance;
        best = { run, step: k };
      }
    }
  }
  return best;
}

/** The smallest box with the aspect width : height that contains `box`. */
export function fitted(box: Box, width: number, height: number): Box {
  const [xLow, xHigh, yLow, yHigh] = box;
  const perPixel = Math.max((xHigh - xLow) / width, (yHigh - yLow) / height);
  const x = (xLow + xHigh) / 2;
  const y = (yLow + yHigh) / 2;
  const halfX = (perPixel * width) / 2;
  const halfY = (perPixel * height) / 2;
  return [x - halfX, x + halfX, y - halfY, y + halfY];
}

export function inside([xLow, xHigh, yLow, yHigh]: Box, [x, y]: Point): boolean {
  return x >= xLow && x <= xHigh && y >= yLow && y <= yHigh;
}

/** A box stretched until a point lies well inside it. */
export function including([xLow, xHigh, yLow, yHigh]: Box, [x, y]: Point): Box {
  const [roomX, roomY] = [0.05 * (xHigh - xLow), 0.05 * (yHigh - yLow)];
  return [
    x < xLow ? x - roomX : xLow,
    x > xHigh ? x + roomX : xHigh,
    y < yLow ? y - roomY : yLow,
    y > yHigh ? y + roomY : yHigh,
  ];
}

/** The value at (x, y) on a grid, between its points bilinearly; null outside it. */
export function between(grid: Grid, x: number, y: number): number | null {
  const i = place(grid.x, x);
  const j = place(grid.y, y);
  if (i === null || j === null) return null;
  const [a, b] = [grid.z[j.low], grid.z[j.low + 1]];
  const lower = a[i.low] + i.part * (a[i.low + 1] - a[i.low]);
  const upper = b[i.low] + i.part * (b[i.low + 1] - b[i.low]);
  return lower + j.part * (upper - lower);
}

// Ticks may be wider apart beyond the part that most plots show.
function place(ticks: ArrayLike<number>, value: number): { low: number; part: number } | null {
  let [low, high] = [0, ticks.length - 1];
  if (!(value >= ticks[low] && value <= ticks[high])) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (value < ticks[middle]) high = middle;
    else low = middle;
  }
  return { low, part: (value - ticks[low]) / (ticks[high] - ticks[low]) };
}

/** The loss at a place in the table that fall_line/figures/levels.py made; beyond its ends it goes on with the last slope. */
export function lossAmong(table: ArrayLike<number>, at: number): number {
  const last = table.length - 1;
  const low = Math.min(Math.max(Math.floor(at), 0), last - 1);
  return table[low] + (at - low) * (table[low + 1] - table[low]);
}
