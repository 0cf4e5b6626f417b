// What the server says of a plane of weights: fall_line/pages/train/plane_view.py.

import { floats } from "../../wire/base64.ts";
import { decodedGrid, type EncodedGrid } from "../../wire/grid.ts";

export type PlaneKind = "pca" | "ends" | "random" | "vector";

interface SentThin {
  readonly steps: string;
  readonly at: string;
  readonly away: readonly [number | null, number | null];
}

interface SentPath {
  /** What the path is called: of one that the page has nothing else is sent. */
  readonly key: string;
  readonly thin: readonly SentThin[];
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
  readonly runs: readonly (SentPath | Pick<SentPath, "key"> | null)[];
}

/** log₁₀ of the loss on what is seen of a plane, rows from low to high. */
export interface LossGrid {
  readonly key: string;
  readonly rows: readonly Float32Array[];
  /** Of how many of the training points. */
  readonly points: number;
  readonly of: number;
}

/** One training that is only seen beside others. */
export interface ThinPath {
  readonly steps: Float32Array;
  /** Two coordinates for each of `steps`. */
  readonly at: Float32Array;
  /** The least and the greatest distance from the plane. */
  readonly away: readonly [number, number];
}

/** One training before the plane. */
export interface Path {
  readonly key: string;
  /** The same run with the other seeds. */
  readonly thin: readonly ThinPath[];
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

const thinOf = ({ steps, at, away: [near, far] }: SentThin): ThinPath => ({
  steps: floats(steps),
  at: floats(at),
  away: [near ?? Number.POSITIVE_INFINITY, far ?? Number.POSITIVE_INFINITY],
});

function pathOf({ key, left, thin, loss_below, ...columns }: SentPath): Path {
  return {
    key,
    left,
    thin: thin.map(thinOf),
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

/** The server's answer as numbers; what is known from `before`, and isn't sent again, stays. */
export function planeOf(sent: SentPlane, before: Pick<Plane, "grid" | "runs"> | null): Plane {
  const { grid, grid_key: key, runs } = sent;
  const now = grid && { key, rows: heightsOf(grid, grid.unit), points: grid.points, of: grid.of };
  const standing = before?.grid?.key === key ? before.grid : null;
  const known = new Map(before?.runs.flatMap((path) => (path ? [[path.key, path]] : [])));
  const path = (run: SentPlane["runs"][number]) =>
    run === null ? null : "at" in run ? pathOf(run) : (known.get(run.key) ?? null);
  return { ...sent, grid: now ?? standing, runs: runs.map(path) };
}
