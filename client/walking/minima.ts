// The lowest minimum of a loss, found from the dips of a grid as fall_line/trajectories/minima.py finds it, which says why.

import type { Box } from "../experiment/experiment.ts";
import type { Landscape } from "./walk.ts";

const DIPS = 8; // that are looked into, the lowest
const STEPS = 90; // of Newton's method from each
const LONGEST = 0.05; // of the diagonal: a step
const SHARES = [1, 0.5, 0.2, 0.05, 0.01, 0.001]; // of a step that are tried, the lowest point is taken
const SETTLED = 1e-9; // of the diagonal: the last step was shorter
const AROUND = 1e-3; // of the diagonal: at this distance the loss is greater on all sides
const SIDES = 16;
const SAMPLED = 37; // of so many points of the grid one tells how far losses are spread

type Place = readonly [number, number];

/** The loss at the lowest minimum in `domain`, over which `losses` are a square grid; null where it is in doubt. */
export function lowestMinimum(landscape: Landscape, losses: Float64Array, domain: Box): number | null {
  const [xLow, xHigh, yLow, yHigh] = domain;
  const diagonal = Math.hypot(xHigh - xLow, yHigh - yLow);
  const spread = spreadOf(losses);
  let [lowest, doubtful] = [Infinity, Infinity];
  for (const dip of dipsOf(losses, domain)) {
    const { place, settled } = descended(landscape, dip, diagonal);
    const [x, y] = place;
    const loss = landscape.loss(x, y);
    if (!(x >= xLow && x <= xHigh && y >= yLow && y <= yHigh)) continue;
    const least = 1e-14 * spread + 1e-15 * Math.abs(loss);
    if (settled && rises(landscape, place, AROUND * diagonal, loss + least)) lowest = Math.min(lowest, loss);
    else if (loss < doubtful) doubtful = loss;
  }
  // A tip or a plateau, say, which the server alone looks into.
  return lowest <= doubtful && lowest < Infinity ? lowest : null;
}

// How far the middle one of some losses lies above the least.
function spreadOf(losses: Float64Array): number {
  const some = losses.filter((loss, k) => k % SAMPLED === 0 && Number.isFinite(loss)).sort();
  return some.length === 0 ? 0 : some[some.length >> 1] - some[0];
}

// The points of the grid that are no higher than those around them, the lowest first.
function dipsOf(losses: Float64Array, [xLow, xHigh, yLow, yHigh]: Box): Place[] {
  const side = Math.sqrt(losses.length);
  const found: number[] = [];
  for (let at = 0; at < losses.length; at += 1) if (isDip(losses, side, at)) found.push(at);
  const lowest = found.sort((a, b) => losses[a] - losses[b]).slice(0, DIPS);
  const [across, up] = [(xHigh - xLow) / (side - 1), (yHigh - yLow) / (side - 1)];
  return lowest.map((at) => [xLow + (at % side) * across, yLow + Math.floor(at / side) * up]);
}

function isDip(losses: Float64Array, side: number, at: number): boolean {
  const [loss, column] = [losses[at], at % side];
  if (!Number.isFinite(loss)) return false;
  for (let row = -side; row <= side; row += side)
    for (let beside = -1; beside <= 1; beside += 1) {
      const within = column + beside >= 0 && column + beside < side;
      if (within && losses[at + row + beside] < loss) return false;
    }
  return true;
}

// Where damped Newton descent ends, and whether it came to rest.
function descended(landscape: Landscape, start: Place, diagonal: number): { place: Place; settled: boolean } {
  let place = start;
  for (let k = 0; k < STEPS; k += 1) {
    const [across, up] = newtonStep(landscape, place);
    const length = Math.hypot(across, up);
    if (!Number.isFinite(length)) break;
    const share = Math.min(1, (LONGEST * diagonal) / length);
    // Near a minimum differences of the loss are lost in rounding, but those of the slope are not.
    if (length < AROUND * diagonal) place = [place[0] + across, place[1] + up];
    else place = lowestAlong(landscape, place, [share * across, share * up]);
    if (length <= SETTLED * diagonal) return { place, settled: true };
  }
  return { place, settled: false };
}

function lowestAlong(landscape: Landscape, place: Place, [across, up]: Place): Place {
  let [best, least] = [place, landscape.loss(...place)];
  for (const share of SHARES) {
    const tried: Place = [place[0] + share * across, place[1] + share * up];
    const loss = landscape.loss(...tried);
    if (loss < least) [best, least] = [tried, loss];
  }
  return best;
}

const slope = new Float64Array(2);
const hessian = new Float64Array(3);

// −|H|⁻¹∇J, with |H| the Hessian with all its eigenvalues made positive.
function newtonStep(landscape: Landscape, [x, y]: Place): Place {
  landscape.slope(x, y, slope);
  landscape.curvature(x, y, hessian);
  const [[p, q], [a, b, c]] = [slope, hessian];
  if (p === 0 && q === 0) return [0, 0];
  const [m, r] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  const [upper, lower] = [1 / Math.abs(m + r), 1 / Math.abs(m - r)];
  const [half, turn] = [(upper + lower) / 2, r > 0 ? (upper - lower) / (2 * r) : 0];
  return [-(half * p + turn * (a * p + b * q - m * p)), -(half * q + turn * (b * p + c * q - m * q))];
}

function rises(landscape: Landscape, [x, y]: Place, far: number, above: number): boolean {
  for (let side = 0; side < SIDES; side += 1) {
    const angle = (2 * Math.PI * side) / SIDES;
    if (!(landscape.loss(x + far * Math.cos(angle), y + far * Math.sin(angle)) > above)) return false;
  }
  return true;
}
