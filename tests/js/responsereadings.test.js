// What the table says of a run's memory.
"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
globalThis.window = globalThis;
require("../../assets/js/scales.js");
const { remembered } = require("../../assets/js/responsereadings.js");

test("every accumulator has its symbol and its value at the epoch", () => {
  const memory = { symbols: ["m", "v"], values: [[1, -0.5], [0.25, 1e-9]] };
  assert.equal(remembered(memory, 0), "m = 1   v = 0.25");
  assert.equal(remembered(memory, 1), "m = −0.5   v = 1.00e−9");
});

test("a method without memory says so", () => assert.equal(remembered({ symbols: [], values: [] }, 3), "none"));
