// A smooth surface through the heights of a coarse grid: Catmull and Rom's cubic along rows and columns, which goes
// through every height; beside a height that is no number, straight lines.

import { between } from "./decision-map.ts";

type Grid = readonly Float32Array[];

/** The height at shares of the grid's width and height, from the low ends. */
export function smoothAt(grid: Grid, u: number, v: number): number {
  const [x, y] = [u * (grid[0].length - 1), v * (grid.length - 1)];
  const [column, row] = [cellOf(x, grid[0].length), cellOf(y, grid.length)];
  const found = cubic(
    [-1, 0, 1, 2].map((k) => along(grid[within(row + k, grid.length)], column, x - column)),
    y - row,
  );
  return Number.isFinite(found) ? found : between(grid, u, v);
}

const cellOf = (at: number, count: number): number => Math.min(Math.max(0, Math.floor(at)), Math.max(0, count - 2));
const within = (index: number, count: number): number => Math.min(count - 1, Math.max(0, index));

function along(row: Float32Array, column: number, share: number): number {
  return cubic(
    [-1, 0, 1, 2].map((k) => row[within(column + k, row.length)]),
    share,
  );
}

function cubic([a, b, c, d]: readonly number[], t: number): number {
  const [first, second, third] = [c - a, 2 * a - 5 * b + 4 * c - d, 3 * (b - c) + d - a];
  return b + (t * (first + t * (second + t * third))) / 2;
}
