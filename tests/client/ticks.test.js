import assert from "node:assert/strict";
import { test } from "node:test";
import { decadeTicks, linearTicks } from "../../client/standalone/ticks.ts";

const texts = (ticks) => ticks.map(({ text }) => text);

test("round numbers as Plotly has them on the page, with a true minus sign", () => {
  assert.deepEqual(texts(linearTicks([-6.14, 6.14], 9)), ["−6", "−4", "−2", "0", "2", "4", "6"]);
  assert.deepEqual(texts(linearTicks([-3, 3], 9)), ["−3", "−2", "−1", "0", "1", "2", "3"]);
  assert.deepEqual(texts(linearTicks([-0.1, 0.25], 9)), ["−0.1", "−0.05", "0", "0.05", "0.1", "0.15", "0.2", "0.25"]);
  assert.deepEqual(texts(linearTicks([0, 125], 6)), ["0", "50", "100"]);
});

test("ends that are ticks but for their last digits have their numbers", () => {
  assert.deepEqual(texts(linearTicks([0.1 + 0.2, 0.9], 7)), ["0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"]);
});

test("numbers that lie closely or are great keep the digits that tell them apart", () => {
  const [near, far] = [texts(linearTicks([1.00000001, 1.00000005], 4)), texts(linearTicks([2e6, 4e6], 4))];
  assert.equal(new Set(near).size, near.length);
  assert.deepEqual(far, ["2e+6", "2.5e+6", "3e+6", "3.5e+6", "4e+6"]);
  assert.deepEqual(texts(linearTicks([0, 2e-7], 4)), ["0", "5e−8", "1e−7", "1.5e−7", "2e−7"]);
});

test("every text reads back as its place", () => {
  for (let k = -9; k <= 9; k += 1) {
    for (const [low, high] of [
      [-1.3, 2.9],
      [0.17, 0.93],
      [-777, 1.2],
      [5, 5.001],
    ]) {
      for (const { at, text } of linearTicks([low * 10 ** k, high * 10 ** k], 7)) {
        const read = Number(text.replaceAll("−", "-"));
        assert.ok(Math.abs(read - at) <= 1e-9 * Math.max(Math.abs(low), Math.abs(high)) * 10 ** k, `${text} for ${at}`);
      }
    }
  }
});

test("decades, each so many exponents apart", () => {
  assert.deepEqual(texts(decadeTicks([-6, 1], 2)), ["1e−6", "1e−4", "0.01", "1"]);
  assert.deepEqual(texts(decadeTicks([-1, 4], 1)), ["0.1", "1", "10", "100", "1e+3", "1e+4"]);
});
