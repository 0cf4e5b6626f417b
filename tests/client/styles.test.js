// Sixteen styles that can be told apart, drawn on a canvas that only writes down.
import assert from "node:assert/strict";
import { test } from "node:test";
import { look, marker, swatch } from "../../client/drawing/styles.ts";

const PALETTE = { runs: ["#100", "#200", "#300", "#400", "#500", "#600", "#700", "#800"] };
const STYLES = Array.from({ length: 16 }, (_, style) => style);

function recorder() {
  const calls = [];
  const context = { calls };
  const names = ["beginPath", "closePath", "moveTo", "lineTo", "arc", "stroke", "fill", "setTransform", "clearRect"];
  for (const name of [...names, "setLineDash"]) context[name] = (...values) => calls.push([name, ...values]);
  return context;
}

function outline(style, x, y, radius) {
  const context = recorder();
  marker(context, style, x, y, radius);
  return context.calls;
}

test("no two styles look the same", () => {
  assert.equal(new Set(STYLES.map((style) => JSON.stringify(look(style, PALETTE)))).size, 16);
});

test("the second eight are the first eight dashed, with the same markers", () => {
  for (const style of STYLES.slice(0, 8)) {
    assert.deepEqual(look(style, PALETTE), { color: PALETTE.runs[style], dash: [] });
    assert.equal(look(style + 8, PALETTE).color, PALETTE.runs[style]);
    assert.ok(look(style + 8, PALETTE).dash.length > 0);
    assert.deepEqual(outline(style, 0, 0, 6), outline(style + 8, 0, 0, 6));
  }
});

test("each colour has a marker of its own", () => {
  const outlines = STYLES.slice(0, 8).map((style) => JSON.stringify(outline(style, 0, 0, 6)));
  assert.equal(new Set(outlines).size, 8);
});

test("a marker is one closed path around its centre", () => {
  for (const style of STYLES) {
    const calls = outline(style, 100, 50, 6);
    assert.equal(calls[0][0], "beginPath");
    assert.equal(calls.at(-1)[0], "closePath");
    const places = calls.slice(1, -1).map(([, x, y]) => [x, y]);
    const [x, y] = [0, 1].map((axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length);
    assert.ok(Math.hypot(x - 100, y - 50) < 1e-9);
    for (const place of places) assert.ok(Math.hypot(place[0] - 100, place[1] - 50) <= 6 * 1.15 + 1e-9);
  }
});

test("a sample shows the line's colour, its dash and its marker", () => {
  for (const style of [2, 10]) {
    const context = recorder();
    swatch({ getContext: () => context }, style, PALETTE);
    assert.deepEqual([context.strokeStyle, context.fillStyle], ["#300", "#300"]);
    const dashes = context.calls.filter(([name]) => name === "setLineDash").map(([, dash]) => dash.length);
    assert.deepEqual(dashes, [look(style, PALETTE).dash.length]);
    const shape = outline(style, 11, 8, 4.5);
    assert.deepEqual(context.calls.slice(-shape.length - 1, -1), shape);
    assert.deepEqual(context.calls.at(-1), ["fill"]);
  }
});
