// What the small plots show, and how signal and answers share one zero line.
"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
globalThis.window = globalThis;
const { experiments, zeroLine, extremes } = require("../../assets/js/responsegrid.js");

const catalogue = {
  optimizers: { adam: { label: "Adam", hypers: { beta1: { default: 0.9 } } }, momentum: { label: "Momentum", hypers: {} } },
  signals: { spikes: { label: "Spikes" }, chirp: { label: "Chirp" } },
};
const drawn = { signal: "drawn", drawn: [1, 2], runs: [{ optimizer: "adam", hypers: { beta1: 0.3 }, style: 4 }] };

test("every method stands alone at its defaults on the same signal", () => {
  const made = experiments("methods", drawn, catalogue);
  assert.deepEqual(made.map(({ title }) => title), ["Adam", "Momentum"]);
  assert.deepEqual(made[0].experiment.runs, [{ optimizer: "adam", hypers: { beta1: 0.9 }, label: "", hidden: false, style: 0 }]);
  assert.ok(made.every(({ experiment }) => experiment.signal === "drawn" && experiment.drawn === drawn.drawn));
});

test("the runs stand as they are on every signal, without the drawing", () => {
  const made = experiments("signals", drawn, catalogue);
  assert.deepEqual(made.map(({ experiment }) => experiment.signal), ["spikes", "chirp"]);
  assert.ok(made.every(({ experiment }) => experiment.runs === drawn.runs && experiment.drawn === null));
});

test("one plot has no grid", () => assert.deepEqual(experiments("one", drawn, catalogue), []));

test("the zero line leaves room for both series", () => {
  assert.equal(zeroLine([[0, 3], [0, 1]]), 1);
  assert.equal(zeroLine([[-1, 1], [0, 100]]), 0.5);
  assert.equal(zeroLine([[-5, 0], [-1, 0]]), 0);
  assert.equal(zeroLine([[0, 0], [0, 0]]), 0.5);
});

test("extremes hold 0 and pass over what isn't finite", () => {
  assert.deepEqual(extremes([[1, NaN, 2], [Infinity, 0.5]]), [0, 2]);
  assert.deepEqual(extremes([]), [0, 0]);
});
