// Curves without their trembling. Pure functions.

const SHARE = 0.02; // of all points, over which is smoothed to either side

const known = new WeakMap<Float32Array, Float32Array>(); // what has been smoothed stays so

/** How many points to either side a curve of `points` points is smoothed over, once it is whole. */
export const side = (points: number): number => Math.max(1, Math.round(points * SHARE));

/** Each value as the mean of those up to `reach` points to its left and right; what isn't finite has no say, and stays. */
export function smoothed(values: Float32Array, reach: number): Float32Array {
  const found =
    known.get(values) ?? values.map((value, k) => (Number.isFinite(value) ? mean(values, k, reach) : value));
  known.set(values, found);
  return found;
}

function mean(values: Float32Array, at: number, reach: number): number {
  let [sum, count] = [0, 0];
  for (let k = Math.max(0, at - reach); k <= Math.min(values.length - 1, at + reach); k++) {
    if (!Number.isFinite(values[k])) continue;
    sum += values[k];
    count += 1;
  }
  return sum / count;
}
