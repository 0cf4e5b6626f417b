// The quartiles that a drag shows are those that the server sends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bandOf } from "../../client/drawing/quartiles.ts";

test("of each run and step the same places are taken as by seed_statistics.quartiles", () => {
  // Two runs of five seeds with two rows each; the second row is the first times ten.
  const seeds = [3, 1, 5, 2, 4];
  const run = (add) => seeds.flatMap((loss) => [loss + add, 10 * (loss + add)]);
  const { lower, upper } = bandOf(new Float32Array([...run(0), ...run(100)]), 5, 2);
  assert.deepEqual([...lower], [2, 20, 102, 1020]);
  assert.deepEqual([...upper], [4, 40, 104, 1040]);
});

test("the outer places are rounded away from the middle", () => {
  const { lower, upper } = bandOf(new Float32Array([4, 3, 2, 1]), 4, 1);
  assert.deepEqual([...lower, ...upper], [1, 4]);
});

test("what is not finite counts as the greatest", () => {
  const { lower, upper } = bandOf(new Float32Array([Number.NaN, 1, 2, Number.NEGATIVE_INFINITY, 3]), 5, 1);
  assert.deepEqual([...lower, ...upper], [2, Number.POSITIVE_INFINITY]);
});
