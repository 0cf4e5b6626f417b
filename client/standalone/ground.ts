// What lies under the paths: the exported surface, from its grid and, if there is a walker, from its program.

import type { Grid } from "../dash/plotly.ts";
import { automaticLevels, placeAmong } from "../drawing/contour-levels.ts";
import { between, lossAmong } from "../drawing/geometry.ts";
import type { Experiment, Values } from "../experiment/experiment.ts";
import { domainLosses, type LossAt } from "../walking/loss-grid.ts";
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

/** The ground of an experiment: the `exported` one's, or that of its surface with other parameters. */
export function createGround(
  contour: Data["contour"],
  grid: Grid,
  walker: Walker | null,
  exported: Experiment,
): (experiment: Experiment) => Ground {
  let known = {
    of: exported.parameters,
    ground: groundOf(contour, contour.levels, grid, walker?.loss(exported) ?? null),
  };
  const first = known;

  return (experiment) => {
    const { parameters } = experiment;
    if (sameValues(parameters, exported.parameters)) return first.ground;
    if (!sameValues(parameters, known.of)) {
      const loss = walker!.loss(experiment);
      known = { of: parameters, ground: groundOf(contour, levelsOf(contour, loss), null, loss) };
    }
    return known.ground;
  };
}

function groundOf(contour: Data["contour"], levels: readonly number[], grid: Grid | null, loss: LossAt | null): Ground {
  const among = placeAmong(levels);
  const place = loss && ((x: number, y: number) => among(loss(x, y)));
  return {
    relief: { levels: levels.length, grid, place },
    minima: contour.minima,
    loss: loss ?? ((x, y) => tabledLoss(contour, between(grid!, x, y))),
  };
}

const levelsOf = ({ levels, spacing, domain }: Data["contour"], loss: LossAt): readonly number[] =>
  spacing === null ? levels : automaticLevels(domainLosses(loss, domain), spacing);

const sameValues = (one: Values, other: Values): boolean =>
  one === other || Object.keys(one).every((key) => one[key] === other[key]);

const tabledLoss = ({ way_back, per_level }: Data["contour"], at: number | null): number | null =>
  at === null ? null : lossAmong(way_back, at * per_level);
