// What the server says of a plane of weights: fall_line/pages/train/plane_view.py.

import { floats } from "../../wire/base64.ts";
import { decodedGrid, type EncodedGrid } from "../../wire/grid.ts";

export type PlaneKind = "pca" | "ends" | "random" | "vector";

interface SentPath {
  readonly steps: string;
  readonly at: string;
  readonly looks: string;
  readonly loss: string;
  readonly loss_below: string;
  readonly distance: string;
  readonly moved: string;
  readonly left: number | null;
}

interface Said {
  readonly kind: PlaneKind;
  /** The runs through whose ends it goes. */
  readonly through: readonly number[];
  /** What the plane is called, to ask for it again. */
  readonly key: string;
  /** Of all squared deviations, where the axes are principal components; and what pure noise would show. */
  readonly shares: readonly [number, number] | null;
  readonly noise: readonly [number, number];
  readonly square: { readonly middle: readonly [number, number]; readonly half: number };
  readonly grid_key: string;
}

export interface SentPlane extends Said {
  /** Null if the page has it already. */
  readonly grid: (EncodedGrid & { readonly points: number; readonly of: number; readonly unit: number }) | null;
  readonly runs: readonly (SentPath | null)[];
}

/** log₁₀ of the loss on what is seen of a plane, rows from low to high. */
export interface LossGrid {
  readonly key: string;
  readonly rows: readonly Float32Array[];
  /** Of how many of the training points. */
  readonly points: number;
  readonly of: number;
}

/** One training before the plane. */
export interface Path {
  readonly steps: Float32Array;
  /** Two coordinates for each of `steps`. */
  readonly at: Float32Array;
  /** Steps at which it is compared; the next four have a number for each of them. */
  readonly looks: Float32Array;
  readonly loss: Float32Array;
  readonly lossBelow: Float32Array;
  readonly distance: Float32Array;
  readonly moved: Float32Array;
  readonly left: number | null;
}

export interface Plane extends Said {
  readonly grid: LossGrid | null;
  readonly runs: readonly (Path | null)[];
}

function pathOf({ left, loss_below, ...columns }: SentPath): Path {
  return {
    left,
    lossBelow: floats(loss_below),
    steps: floats(columns.steps),
    at: floats(columns.at),
    looks: floats(columns.looks),
    loss: floats(columns.loss),
    distance: floats(columns.distance),
    moved: floats(columns.moved),
  };
}

const heightsOf = (grid: EncodedGrid, unit: number): Float32Array[] =>
  decodedGrid(grid).map((row) => row.map((height) => height / unit));

/** The server's answer as numbers; the grid before stays if it is still the one. */
export function planeOf(sent: SentPlane, before: LossGrid | null): Plane {
  const { grid, grid_key: key, runs } = sent;
  const now = grid && { key, rows: heightsOf(grid, grid.unit), points: grid.points, of: grid.of };
  return { ...sent, grid: now ?? (before?.key === key ? before : null), runs: runs.map((run) => run && pathOf(run)) };
}
