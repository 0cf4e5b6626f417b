// What lies under the paths: the exported surface, from its grid and, if there is a walker, from its program.

import type { Grid } from "../dash/plotly.ts";
import { placeAmong } from "../drawing/contour-levels.ts";
import { between, lossAmong } from "../drawing/geometry.ts";
import type { Minimum } from "../walking/outcome.ts";
import type { Relief } from "./contour.ts";
import type { Data } from "./data.ts";
import type { Walker } from "./walking.ts";

export interface Ground {
  readonly relief: Relief;
  readonly minima: readonly Minimum[];
  /** The loss at a point, or null where it isn't known. */
  loss(x: number, y: number): number | null;
}

/** The ground as it is now. */
export function createGround(contour: Data["contour"], grid: Grid, walker: Walker | null): () => Ground {
  const { levels, minima } = contour;
  const among = placeAmong(levels);
  const place = walker && ((x: number, y: number) => among(walker.loss(x, y)));
  const ground: Ground = {
    relief: { levels: levels.length, grid, place },
    minima,
    loss: walker ? walker.loss : (x, y) => tabledLoss(contour, between(grid, x, y)),
  };
  return () => ground;
}

const tabledLoss = ({ way_back, per_level }: Data["contour"], at: number | null): number | null =>
  at === null ? null : lossAmong(way_back, at * per_level);
