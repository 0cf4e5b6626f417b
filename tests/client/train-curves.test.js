// Curves that come in pieces, and what is typed on the Train page.

import assert from "node:assert/strict";
import { test } from "node:test";
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
  assert.equal(known().a, 5);
});

test("nothing new changes nothing; a server that knows less does not take anything away", () => {
  take(sent("b", 0, 4));
  assert.deepEqual(columns(take({ ...sent("b", 4, 0), last: 3 }))[0], [0, 1, 2, 3]);
  assert.equal(take(sent("b", 0, 2)).points, 4);
  assert.equal(known().b, 4);
});

test("a training that has not begun has no points", () => {
  assert.equal(take({ key: "c", step: 0, done: false, from: 0, columns: "" }).points, 0);
});

test("the oldest curves are forgotten", () => {
  for (let k = 0; k < 200; k++) take(sent(`many ${k}`, 0, 1));
  assert.equal("many 0" in known(), false);
  assert.equal("many 199" in known(), true);
  assert.equal(Object.keys(known()).length, 160);
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
