"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const arrows = require("../../assets/js/inspectorarrows.js");
require("../../assets/js/scales.js");
const chosen = require("../../assets/js/inspectorchosen.js");

test("a nice number is 1, 2 or 5 times a power of ten and not above the value", () => {
  for (let k = -60; k <= 60; k++) {
    const value = 1.37 * 10 ** (k / 7);
    const found = arrows.nice(value);
    const lead = Number(found.toExponential().split("e")[0]);
    assert.ok([1, 2, 5].includes(lead), String(found));
    assert.ok(found <= value * (1 + 1e-8) && found > value / 2.5000001, `${found} for ${value}`);
  }
});

test("a factor stays as long as the arrow can be seen with it", () => {
  assert.equal(arrows.heldFactor(50), 1);
  assert.equal(arrows.heldFactor(50, 2), 2);
  assert.equal(arrows.heldFactor(50, 100), 1);
  assert.equal(arrows.heldFactor(0.01), 5000);
  assert.equal(arrows.heldFactor(4000), 0.01);
  for (const nothing of [0, NaN, Infinity]) assert.equal(arrows.heldFactor(nothing, 20), 20);
});

test("all gradients share a factor, so that their lengths can be compared", () => {
  const group = (kind, key) => arrows.groupOf({ kind, key });
  assert.equal(group("asked", "asked-1"), group("gradient", "gradient"));
  assert.notEqual(group("memory", "memory-v"), group("update", "update"));
  const found = arrows.factors([{ group: "a", length: 1 }, { group: "a", length: 700 }, { group: "b", length: 35 }], { b: 2 });
  assert.deepEqual(found, { a: 0.1, b: 2 });
});

const maps = { x: { origin: 100, unit: 10 }, y: { origin: 50, unit: -10 } };
const toPixel = (map, value) => map.origin + map.unit * value;

test("arrows point where they do in the plane, and those without numbers are left out", () => {
  const found = arrows.inPixels(
    [
      { key: "update", kind: "update", at: [1, 2], vector: [3, 4] },
      { key: "gradient", kind: "gradient", at: [1, 2], vector: [null, 4] },
    ],
    maps, toPixel, () => false,
  );
  assert.equal(found.length, 1);
  assert.deepEqual([found[0].from, found[0].by], [[110, 30], [30, -40]]);
});

test("a memory that the explanation has set is drawn with its new value", () => {
  const memory = { key: "memory-v", kind: "memory", at: [0, 0], vector: [1, 0], later: [2, 0] };
  assert.deepEqual(arrows.inPixels([memory], maps, toPixel, () => false)[0].by, [10, -0]);
  assert.deepEqual(arrows.inPixels([memory], maps, toPixel, () => true)[0].by, [20, -0]);
  const square = { key: "memory-G", symbol: "G", values: [4, 9], later: [16, 25] };
  assert.deepEqual(arrows.sides([square], () => false)[0].sides, [2, 3]);
  assert.deepEqual(arrows.sides([square], () => true)[0].sides, [4, 5]);
  assert.deepEqual(arrows.sides([{ ...square, values: [null, 1] }], () => false), []);
});

test("the chosen rate stands on the slider where its value would, and never outside", () => {
  const hyper = { scale: "log", low: 0.01, high: 100 };
  const places = [0.01, 1, 10, 100, 1e9, 1e-9, 0].map((value) => chosen.share(hyper, value));
  assert.deepEqual(places.map((one) => Number(one.toFixed(6))), [0, 0.5, 0.75, 1, 1, 0, 0]);
});
