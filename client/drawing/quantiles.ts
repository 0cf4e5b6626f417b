// Quantiles of many numbers, without sorting them all.

/** The quantile at `share` of finite `values`, linear between the two nearest; puts them into another order. */
export function quantile(values: Float64Array, share: number): number {
  const at = share * (values.length - 1);
  const low = Math.floor(at);
  const a = select(values, low);
  return at === low ? a : a + (extent(values.subarray(low + 1))[0] - a) * (at - low);
}

/** The least and the greatest of `values`. */
export function extent(values: Float64Array): [number, number] {
  let [least, greatest] = [values[0], values[0]];
  for (let k = 1; k < values.length; k += 1) {
    if (values[k] < least) least = values[k];
    else if (values[k] > greatest) greatest = values[k];
  }
  return [least, greatest];
}

// Brings the value with this `rank` to its place, the smaller ones before it and the greater ones behind it (C. A. R.
// Hoare, Algorithm 65: Find, Communications of the ACM 4, 1961).
function select(values: Float64Array, rank: number): number {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const [left, right] = parted(values, values[(from + to) >> 1], from, to);
    if (rank <= right) to = right;
    else if (rank >= left) from = left;
    else break;
  }
  return values[rank];
}

// Parts the values from i to j: up to the second place returned none is greater than `middle`, from the first none less.
function parted(values: Float64Array, middle: number, from: number, to: number): [number, number] {
  let i = from;
  let j = to;
  while (i <= j) {
    while (values[i] < middle) i += 1;
    while (values[j] > middle) j -= 1;
    if (i > j) break;
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
    i += 1;
    j -= 1;
  }
  return [i, j];
}
