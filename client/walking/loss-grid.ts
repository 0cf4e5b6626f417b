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
export function domainLosses(loss: LossAt, domain: Box): Float64Array {
  const { losses, advance } = beginDomainLosses(loss, domain);
  advance(() => false);
  return losses;
}

/** Losses that come piece by piece. */
export interface BegunLosses {
  readonly losses: Float64Array;
  /** Goes on, row by row, until it is `late`; says whether all are there. */
  advance(late: () => boolean): boolean;
}

/** Begins to compute J over a surface's whole domain. */
export function beginDomainLosses(loss: LossAt, [xLow, xHigh, yLow, yHigh]: Box): BegunLosses {
  const [x, y] = [evenly(xLow, xHigh), evenly(yLow, yHigh)];
  const losses = new Float64Array(x.length * y.length);
  let row = 0;
  const advance = (late: () => boolean) => {
    for (; row < y.length && !late(); row += 1) losses.set(lossGrid(loss, x, y.subarray(row, row + 1)), row * x.length);
    return row === y.length;
  };
  return { losses, advance };
}

const evenly = (low: number, high: number): Float64Array =>
  Float64Array.from({ length: DOMAIN_POINTS }, (_, k) =>
    k === DOMAIN_POINTS - 1 ? high : low + k * ((high - low) / (DOMAIN_POINTS - 1)),
  );
