// The small curve of a schedule and the words beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { corners, height, words } from "../../client/drawing/schedule-curve.ts";

test("the curve fills its box: from left to right, the greatest value at the top, zero at the foot", () => {
  assert.deepEqual(corners([4, 2, 0]), [
    [0, 2],
    [50, 13],
    [100, 24],
  ]);
});

test("a schedule of one step, or of zeros, is drawn too", () => {
  assert.deepEqual(corners([3]), [[0, 2]]);
  assert.deepEqual(corners([0, 0]), [
    [0, 24],
    [100, 24],
  ]);
});

test("the words tell both ends, and the peak where it lies between", () => {
  assert.equal(words([0.25, 0.1, 0.0025]), "0.25 → 0.0025");
  assert.equal(words([0.04, 1, 0.0001]), "0.04 → 1 → 0.0001");
  assert.equal(words([0.5]), "0.5 → 0.5");
  assert.equal(words([0.000123, 1.26e-7]), "0.00012 → 1.3e−7");
  assert.equal(words([0.9, 0.98689]), "0.9 → 0.9869");
});

test("a momentum is drawn as its slider has it, a learning rate as it is", () => {
  assert.deepEqual(
    [0, 0.9, 0.99].map((value) => Number(height("momentum", value).toFixed(9))),
    [0, 1, 2],
  );
  assert.equal(height("learning_rate", 0.9), 0.9);
  assert.equal(Number.isFinite(height("momentum", 1)), true);
});
