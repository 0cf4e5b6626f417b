// The axes of the Train page's history, and its curves without their trembling.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accuracyRange, epochAt, lossHeights, pointAt, stepAt, stepOf } from "../../client/train/axes.ts";
import { smoothed } from "../../client/train/smoothing.ts";

const curve = (loss, validation = loss, accuracy = [], kept = accuracy) => ({
  columns: [loss, validation, accuracy, kept].map((values) => Float32Array.from(values)),
  points: loss.length,
  last: loss.length - 1,
});

test("a logarithmic loss axis reaches from the least loss to the greatest, in half decades", () => {
  const { log, range, cut } = lossHeights([curve([1, 0.5, 0.02])], true);
  assert.deepEqual([log, cut], [true, false]);
  assert.ok(range[0] <= Math.log10(0.02) && range[0] > Math.log10(0.02) - 1);
  assert.ok(range[1] >= 0 && range[1] <= 0.5);
  assert.ok(range.every((end) => Number.isInteger(2 * end)));
});

test("a run that flies off does not press the others flat, and that it leaves the plot is said", () => {
  const calm = lossHeights([curve([1, 0.5, 0.1])], true);
  const wild = lossHeights([curve([1, 0.5, 0.1]), curve([1, 1e20, Number.NaN])], true);
  assert.equal(wild.cut, true);
  assert.equal(wild.range[0], calm.range[0]);
  assert.ok(wild.range[1] <= 1.5);
  assert.equal(lossHeights([curve([1, 4])], false).cut, true);
});

test("without any finite loss there is still an axis; losses of 0 make it linear", () => {
  assert.deepEqual(lossHeights([curve([Number.NaN])], true).range, [0, 1]);
  assert.equal(lossHeights([curve([0, 0])], true).log, false);
});

test("accuracies reach from the worst tenth up to 1", () => {
  const [low, high] = accuracyRange([curve([1], [1], [0.62, 0.9])]);
  assert.equal(high, 1);
  assert.ok(low <= 0.62 && low >= 0.5);
});

test("the last point is that of the last step, wherever it lies", () => {
  const stopped = { points: 4, last: 60 };
  assert.deepEqual(
    [0, 1, 2, 3].map((k) => stepOf(stopped, 25, k)),
    [0, 25, 50, 60],
  );
  assert.deepEqual(
    [0, 24.9, 25, 59, 60, 500].map((time) => pointAt(stopped, 25, time)),
    [0, 0, 1, 2, 3, 3],
  );
  assert.equal(pointAt({ points: 0, last: 0 }, 25, 10), -1);
});

test("epochs lie between those that were told, and steps are found back", () => {
  const answer = { epochs: Float32Array.from([0, 1, 2, 2.5]), every: 10, steps: 25 };
  assert.equal(epochAt(answer, 15), 1.5);
  assert.equal(epochAt(answer, 25), 2.5);
  for (const step of [0, 3, 10, 19, 24]) assert.equal(stepAt(answer, "epochs", epochAt(answer, step)), step);
  assert.equal(stepAt(answer, "steps", 7.5), 7.5);
});

test("smoothing keeps a line, takes means, and lets what is not finite stay and say nothing", () => {
  const line = Float32Array.from({ length: 9 }, (_, k) => k);
  assert.deepEqual([...smoothed(line, 2)].slice(2, 7), [2, 3, 4, 5, 6]);
  const broken = smoothed(Float32Array.from([1, 3, Number.NaN, 1e30, 5]), 1);
  assert.deepEqual([...broken].slice(0, 3), [2, 2, Number.NaN]);
  assert.equal(smoothed(Float32Array.from([1e38, 0, 0, 4, 0]), 1)[3], Float32Array.from([4 / 3])[0]);
});
