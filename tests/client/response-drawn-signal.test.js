// A stroke over the signal: every epoch between two points, kept in fiftieths, held within reach.
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnInto, kept } from "../../client/response/drawn-signal.ts";

test("a value is kept in fiftieths within reach", () => {
  assert.deepEqual(
    [0.013, -0.013, 5, -5, NaN, Infinity].map((value) => kept(value, 2)),
    [0.02, -0.02, 2, -2, 0, 2],
  );
  assert.ok(Object.is(kept(-0.001, 2), 0));
});

test("a stroke fills every epoch between its ends, forwards and backwards, and leaves the others", () => {
  const flat = Array(6).fill(1);
  assert.deepEqual(drawnInto(flat, [1, 0], [4, 1.5], 2), [1, 0, 0.5, 1, 1.5, 1]);
  assert.deepEqual(drawnInto(flat, [4, 1.5], [1, 0], 2), [1, 0, 0.5, 1, 1.5, 1]);
  assert.deepEqual(drawnInto(flat, [2, -1], [2, -1], 2), [1, 1, -1, 1, 1, 1]);
  assert.deepEqual(flat, Array(6).fill(1));
});

test("a stroke beyond the ends of the signal draws what lies within", () => {
  assert.deepEqual(drawnInto([0, 0, 0], [-1, 1], [1, 1], 2), [1, 1, 0]);
  assert.deepEqual(drawnInto([0, 0, 0], [1, 1], [5, 1], 2), [0, 1, 1]);
});
