// Which losses get a contour line, and where any loss stands among them: the rules of fall_line/figures/levels.py, which
// says why, for contours that are drawn here while something moves.

import { extent, quantile } from "./quantiles.ts";

type Numbers = ArrayLike<number>;

const COUNT = 28;
const NEGLIGIBLE = 1e-8;
const ROUNDING = 1e-9;
const FARTHEST = 1e9;
const ORDINARY = [1e-100, 1e100] as const;

/** Strictly increasing levels made from `losses`, those over the surface's domain; `spacing` is the surface's own. */
export function automaticLevels(losses: Float64Array, spacing: "linear" | "log"): number[] {
  const finite = losses.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [least, greatest] = extent(finite);
  const unit = unitOf([least, greatest]);
  if ((greatest - least) / unit <= NEGLIGIBLE * (Math.max(Math.abs(least), Math.abs(greatest)) / unit)) {
    const level = finite[0];
    const apart = Math.max(1, Math.abs(level));
    return Number.isFinite(level + apart) ? [level, level + apart] : [level - apart, level];
  }
  const counted = unit === 1 ? finite : finite.map((loss) => loss / unit);
  return (spacing === "log" ? logSpaced : evenlySpaced)(counted)
    .map((level) => level * unit)
    .filter(Number.isFinite);
}

function unitOf(losses: Numbers): number {
  let greatest = 0;
  for (let k = 0; k < losses.length; k += 1) greatest = Math.max(greatest, Math.abs(losses[k]));
  const ordinary = greatest === 0 || (greatest >= ORDINARY[0] && greatest <= ORDINARY[1]);
  return ordinary ? 1 : 10 ** Math.floor(Math.log10(greatest));
}

function evenlySpaced(losses: Float64Array): number[] {
  const [low, top] = extent(losses);
  const usual = quantile(losses, 0.995);
  const high = usual - low <= NEGLIGIBLE * Math.max(Math.abs(low), Math.abs(top)) ? top : usual;
  const rough = (high - low) / COUNT;
  const power = 10 ** Math.floor(Math.log10(rough));
  const off = (factor: number) => Math.abs(Math.log((factor * power) / rough));
  const step = power * [1, 2, 2.5, 5, 10].reduce((best, factor) => (off(factor) < off(best) ? factor : best));
  const first = Math.floor(low / step + ROUNDING);
  return Array.from({ length: Math.ceil(high / step - ROUNDING) + 1 - first }, (_, k) => (first + k) * step);
}

function logSpaced(losses: Float64Array): number[] {
  const [low, highest] = extent(losses);
  const top = highest - low;
  const bottom = Math.min(Math.max(quantile(losses, 0.004) - low, top * 1e-6), top / 10);
  const [from, to] = [Math.log10(bottom), Math.log10(top)];
  const inner = Array.from({ length: COUNT - 2 }, (_, k) => 10 ** (from + ((k + 1) * (to - from)) / (COUNT - 1)));
  return [bottom, ...inner, top].map((height) => low + height);
}

/** Where a loss stands among `levels`: k at the k-th one; NaN if it isn't finite. */
export function placeAmong(levels: readonly number[]): (loss: number) => number {
  const unit = unitOf(levels);
  const x = Float64Array.from(levels, (level) => level / unit);
  const last = x.length - 1;
  const gaps = x.subarray(1).map((level, k) => level - x[k]);
  const slopes = monotoneSlopes(gaps);
  const below = slopes[0] > 0 ? slopes[0] : 1 / gaps[0];
  const above = slopes[last] > 0 ? slopes[last] : 1 / gaps[last - 1];
  return (loss) => {
    if (!Number.isFinite(loss)) return Number.NaN;
    const at = loss / unit;
    if (at < x[0]) return Math.max((at - x[0]) * below, -FARTHEST);
    if (at >= x[last]) return last + Math.min((at - x[last]) * above, FARTHEST);
    let [k, end] = [0, last];
    while (end - k > 1) {
      const middle = (k + end) >> 1;
      if (at < x[middle]) end = middle;
      else k = middle;
    }
    const [gap, t] = [gaps[k], (at - x[k]) / gaps[k]];
    const [a, b] = [slopes[k] * gap, slopes[k + 1] * gap];
    return k + t * (a + t * (3 - 2 * a - b + t * (a + b - 2)));
  };
}

// The slopes of the monotone cubic (Fritsch and Carlson 1980) that rises by 1 over each of `gaps`.
function monotoneSlopes(gaps: Float64Array): Float64Array {
  const last = gaps.length;
  if (last === 1) return Float64Array.of(1 / gaps[0], 1 / gaps[0]);
  const slopes = new Float64Array(last + 1);
  for (let k = 1; k < last; k += 1) {
    const [before, after] = [gaps[k - 1], gaps[k]];
    const [w, v] = [2 * after + before, after + 2 * before];
    slopes[k] = (w + v) / (w * before + v * after);
  }
  slopes[0] = endSlope(gaps[0], gaps[1]);
  slopes[last] = endSlope(gaps[last - 1], gaps[last - 2]);
  return slopes;
}

const endSlope = (near: number, far: number): number =>
  Math.max(0, ((2 * near + far) / near - near / far) / (near + far));
