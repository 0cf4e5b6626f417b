// Curves that come in pieces, and what is typed on the Train page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { redrawing } from "../../client/train/apart.ts";
import { known, take } from "../../client/train/curves.ts";
import { fieldText, meaning } from "../../client/train/fields.ts";

const packed = (values) => Buffer.from(Float32Array.from(values).buffer).toString("base64");
const sent = (key, from, points, offset = 0) => ({
  key,
  step: 100,
  done: false,
  from,
  last: from + points - 1,
  columns: packed(
    Array.from({ length: 4 * points }, (_, k) => offset + Math.floor(k / points) * 100 + from + (k % points)),
  ),
});
const columns = (curve) => curve.columns.map((column) => [...column]);

test("pieces are put together column by column", () => {
  take(sent("a", 0, 3));
  const whole = take(sent("a", 3, 2));
  assert.deepEqual(columns(whole)[1], [100, 101, 102, 103, 104]);
  assert.deepEqual(columns(whole)[3], [300, 301, 302, 303, 304]);
  assert.deepEqual(known([[whole]]), { a: 5 });
});

test("nothing new changes nothing; a server that knows less does not take anything away", () => {
  const first = take(sent("b", 0, 4));
  assert.equal(take({ ...sent("b", 4, 0), last: 3 }), first);
  assert.deepEqual(columns(take({ ...sent("b", 4, 0), last: 3, done: true }))[0], [0, 1, 2, 3]);
  assert.equal(take(sent("b", 0, 2)).points, 4);
  assert.deepEqual(known([[first]]), { b: 4 });
});

test("a training that has not begun has no points", () => {
  assert.equal(take({ key: "c", step: 0, done: false, from: 0, columns: "" }).points, 0);
});

test("the oldest curves are forgotten", () => {
  const all = Array.from({ length: 200 }, (_, k) => take(sent(`many ${k}`, 0, 1)));
  const points = Object.values(known([all]));
  assert.equal(points.filter((one) => one === 1).length, 160);
  assert.deepEqual([points[0], points[199]], [0, 1]);
});

test("while one run is dragged its curves alone are drawn, and all where something else has changed", () => {
  const [a, b, other, third] = ["A", "B", "C", "D"].map((key) => take(sent(key, 0, 2)));
  const standing = (curves, apart) => ({ look: "x", curves, apart });
  const all = { others: true, apart: null };
  assert.deepEqual(redrawing(null, "x", [[a], [b]]), all);
  assert.deepEqual(redrawing(standing([[a], [b]], null), "x", [[a], [b]]), { others: false, apart: null });
  // The first move takes the run off the canvas of the others, and the next ones draw it alone.
  assert.deepEqual(redrawing(standing([[a], [b]], null), "x", [[other], [b]]), { others: true, apart: 0 });
  assert.deepEqual(redrawing(standing([[other], [b]], 0), "x", [[third], [b]]), { others: false, apart: 0 });
  assert.deepEqual(redrawing(standing([[third], [b]], 0), "x", [[third], [a]]), { others: true, apart: 1 });
  assert.deepEqual(redrawing(standing([[a], [b]], 0), "x", [[other], [third]]), all);
  assert.deepEqual(redrawing(standing([[a], [b]], 0), "y", [[other], [b]]), all);
  assert.deepEqual(redrawing(standing([[a], [b]], 0), "x", [[a]]), all);
  assert.deepEqual(redrawing(standing([[a, b]], null), "x", [[a, third]]), { others: true, apart: 0 });
});

test("what is typed becomes widths, sizes and numbers, or stays a text that is refused", () => {
  assert.deepEqual(meaning("layers", "16, 8"), [16, 8]);
  assert.deepEqual(meaning("layers", " 16;8 4 "), [16, 8, 4]);
  assert.deepEqual(meaning("layers", "None"), []);
  assert.deepEqual(meaning("layers", "16, wide"), [16, "wide"]);
  assert.equal(meaning("batch", " All"), 0);
  assert.equal(meaning("batch", "64"), 64);
  assert.equal(meaning("l2", "1e-3"), 0.001);
  assert.equal(meaning("seed", "seven"), "seven");
});

test("what stands in a field means what it says", () => {
  const experiment = { layers: [16, 8], batch: 0, l2: 1e-5, seed: 3, patience: 0 };
  for (const key of Object.keys(experiment))
    assert.deepEqual(meaning(key, fieldText(key, experiment)), experiment[key]);
  assert.equal(fieldText("layers", { layers: [] }), "none");
});
