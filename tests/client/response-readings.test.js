// What the table says of a run's memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import { remembered } from "../../client/response/readings.ts";

test("every accumulator has its symbol and its value at the epoch", () => {
  const memory = {
    symbols: ["m", "v"],
    values: [
      [1, -0.5],
      [0.25, 1e-9],
    ],
  };
  assert.equal(remembered(memory, 0), "m = 1   v = 0.25");
  assert.equal(remembered(memory, 1), "m = −0.5   v = 1.00e−9");
});

test("a method without memory says so", () => assert.equal(remembered({ symbols: [], values: [] }, 3), "none"));
