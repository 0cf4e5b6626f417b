// Ranges, ticks, panels and the window of the Response plot.
import assert from "node:assert/strict";
import { test } from "node:test";
import { panels, panned, roundRange, ticks, zoomed } from "../../client/response/axes.ts";

test("a range holds every finite value and 0, with room", () => {
  for (const values of [[1, 2, 3], [-3, -1], [-0.02, 0.013], [1e-9], [5e6, -1], [0.4, NaN, Infinity]]) {
    const [low, high] = roundRange(values);
    const finite = values.filter(Number.isFinite);
    assert.ok(low <= 0 && high >= 0 && low <= Math.min(...finite) && high >= Math.max(...finite), `${values}`);
    assert.ok(high - low < 4 * (Math.max(0, ...finite) - Math.min(0, ...finite)), `${values}`);
  }
});

test("a small change of the values leaves the range where it is", () => {
  assert.deepEqual(roundRange([1.71]), roundRange([1.73]));
});

test("nothing but zeros still has a range", () => {
  assert.deepEqual(roundRange([0, 0]), [-1, 1]);
  assert.deepEqual(roundRange([]), [-1, 1]);
});

test("ticks are round, inside, and about as many as asked for", () => {
  assert.deepEqual(ticks(0, 299, 6), [0, 50, 100, 150, 200, 250]);
  assert.deepEqual(ticks(-2, 2, 4), [-2, -1, 0, 1, 2]);
  assert.deepEqual(ticks(-0.35, 0.35, 3), [-0.2, 0, 0.2]);
  for (const [low, high] of [
    [0, 1e-7],
    [-3e5, 1e6],
    [12.3, 14.1],
  ]) {
    const found = ticks(low, high, 5);
    assert.ok(found.length >= 3 && found.length <= 11, `${found}`);
    assert.ok(found.every((tick) => tick >= low - 1e-12 && tick <= high + 1e-12));
  }
});

test("panels lie one under another, the updates the tallest, and fit", () => {
  for (const accumulators of [0, 1, 4]) {
    const found = panels(700, accumulators);
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ["signal", "updates", ...Array(accumulators).fill("memory")],
    );
    found.slice(1).forEach((panel, k) => assert.ok(panel.top > found[k].top + found[k].height));
    const last = found[found.length - 1];
    assert.ok(last.top + last.height <= 700 && found[0].top > 0);
    assert.ok(found.every(({ height }) => height <= found[1].height));
  }
});

test("a zoom keeps what it is about in place and never leaves the epochs", () => {
  const [low, high] = zoomed([0, 299], 0.5, 100, 299);
  assert.equal(high - low, 149.5);
  assert.equal((100 - low) / (high - low), 100 / 299);
  assert.deepEqual(zoomed([100, 200], 10, 150, 299), [0, 299]);
  assert.deepEqual(zoomed([0, 20], 0.01, 0, 299), [0, 10]);
  assert.deepEqual(zoomed([289, 299], 2, 299, 299), [279, 299]);
});

test("a pan stops at both ends and keeps its width", () => {
  assert.deepEqual(panned([100, 150], 20, 299), [120, 170]);
  assert.deepEqual(panned([100, 150], -500, 299), [0, 50]);
  assert.deepEqual(panned([100, 150], 500, 299), [249, 299]);
});
