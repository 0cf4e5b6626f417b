// Losses on grids, row by row: those of fall_line/trajectories/loss.py.

import type { Box } from "../experiment/experiment.ts";

export type LossAt = (x: number, y: number) => number;

const DOMAIN_POINTS = 121;

/** The values at all (x, y), (y.length × x.length). */
export function lossGrid(loss: LossAt, x: Float64Array, y: Float64Array): Float64Array {
  const values = new Float64Array(x.length * y.length);
  for (let row = 0, at = 0; row < y.length; row += 1)
    for (let column = 0; column < x.length; column += 1, at += 1) values[at] = loss(x[column], y[row]);
  return values;
}

/** J over a surface's whole domain: what contour levels are made from, whatever is in view. */
export function domainLosses(loss: LossAt, [xLow, xHigh, yLow, yHigh]: Box): Float64Array {
  return lossGrid(loss, evenly(xLow, xHigh), evenly(yLow, yHigh));
}

const evenly = (low: number, high: number): Float64Array =>
  Float64Array.from({ length: DOMAIN_POINTS }, (_, k) =>
    k === DOMAIN_POINTS - 1 ? high : low + k * ((high - low) / (DOMAIN_POINTS - 1)),
  );
