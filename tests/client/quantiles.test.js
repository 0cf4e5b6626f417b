// Quantiles without sorting are those of the sorted numbers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { extent, quantile } from "../../client/drawing/quantiles.ts";

function sortedQuantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  const at = share * (sorted.length - 1);
  const [a, b] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return a + (b - a) * (at - Math.floor(at));
}

// Numbers that look like chance but are always the same.
function* chance(seed = 7) {
  for (let at = seed; ; at = (at * 48271) % 2147483647) yield at / 2147483647;
}

const SHARES = [0, 0.004, 0.25, 0.5, 0.773, 0.995, 1];

test("of chance, of ties, of what is sorted either way, of one or two numbers", () => {
  const drawn = chance();
  const some = (count, make) => Array.from({ length: count }, (_, k) => make(drawn.next().value, k));
  const cases = [
    some(14641, (value) => value ** 8 - 0.5),
    some(1000, (value) => Math.floor(4 * value)),
    some(501, (_, k) => k),
    some(500, (_, k) => 500 - k),
    some(97, () => 3),
    [1e300, -1e300],
    [5],
  ];
  for (const values of cases) {
    assert.deepEqual(extent(Float64Array.from(values)), [Math.min(...values), Math.max(...values)]);
    for (const share of SHARES) {
      const mixed = Float64Array.from(values);
      assert.equal(quantile(mixed, share), sortedQuantile(values, share), `${values.length} values, ${share}`);
      assert.deepEqual([...mixed].sort(), [...values].sort());
    }
  }
});
