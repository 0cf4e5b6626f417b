// The contour drawn pixel by pixel, against what is known of circles, planes and gaps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shade, shadesOf } from "../../client/drawing/contour-shading.ts";

const COLORS = {
  contour: ["#000000", "#640000", "#c80000"],
  contour_line: "rgba(0, 255, 0, 1)",
  faint: "#0000ff",
  paper: "#0000aa",
};
const LEVELS = 10;

// The contour of `height(x, y)`, which is given pixels, on a grid of cells.
function drawn(height, { width = 200, rows = 160, cell = 8, density = 1, levels = LEVELS } = {}) {
  const columns = Math.ceil(width / cell) + 1;
  const values = new Float64Array(columns * (Math.ceil(rows / cell) + 1));
  for (let k = 0; k < values.length; k += 1) values[k] = height((k % columns) * cell, Math.floor(k / columns) * cell);
  const pixels = new Uint32Array(width * rows);
  shade(pixels, width, { values, columns, cell }, shadesOf(COLORS, levels, density), density);
  const at = (x, y) => [0, 8, 16].map((shift) => (pixels[y * width + x] >>> shift) & 255);
  return {
    at,
    each: (visit) =>
      pixels.forEach((_, k) => visit(at(k % width, Math.floor(k / width)), k % width, Math.floor(k / width))),
  };
}

const isLine = ([, green]) => green > 0;

test("the lines of x² + y² are circles", () => {
  for (const cell of [4, 8, 12]) {
    // Level k is the circle of radius 10 √(k + 1) around a middle that is no corner.
    const radius = (x, y) => Math.hypot(x - 101.3, y - 77.7);
    const bow = (cell * cell) / (4 * 10 * Math.SQRT2); // how far a chord of a cell bends from the second circle, at most
    const seen = new Set();
    drawn((x, y) => (radius(x, y) / 10) ** 2 - 1, { cell }).each((color, x, y) => {
      if (!isLine(color)) return;
      const at = radius(x + 0.5, y + 0.5);
      const level = Math.round((at / 10) ** 2 - 1);
      const off = Math.abs(at - 10 * Math.sqrt(level + 1));
      assert.ok(level <= 0 || off <= 1 + bow, `a pixel of level ${level} is ${off} off with cells of ${cell}`);
      seen.add(level);
    });
    for (let level = 0; level < LEVELS; level += 1)
      assert.ok(seen.has(level), `no line ${level} with cells of ${cell}`);
  }
});

test("a line covers 0.8 pixels of the document, however it runs and however dense the screen is", () => {
  for (const density of [1, 2, 3]) {
    for (const degrees of [0, 17, 45, 90]) {
      const [along, across] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const height = (x, y) => (along * (x - 97.2) + across * (y - 79.4)) / 1000;
      let ink = 0;
      drawn(height, { density, levels: 1 }).each(([, green]) => (ink += green / 255));
      const length = degrees === 0 ? 160 : degrees === 90 ? 200 : Math.min(160 / along, 200 / across);
      assert.ok(Math.abs(ink / length - 0.8 * density) < 0.06 * density, `${ink / length} at ${degrees}°, ${density}`);
    }
  }
});

test("each gap between two levels has one colour, evenly along the scale; beyond them it goes on", () => {
  const { at } = drawn((x) => x / 16 - 1);
  for (let band = 0; band <= LEVELS; band += 1)
    assert.deepEqual(at(band * 16 + 8, 50), [Math.round((200 * band) / LEVELS), 0, 0]);
  assert.deepEqual(at(196, 50), [200, 0, 0]);
});

test("there are lines at the levels only", () => {
  const { at } = drawn((x) => x / 16 - 1);
  const found = Array.from({ length: 200 }, (_, x) => x).filter((x) => isLine(at(x, 50)));
  assert.ok(found.every((x) => Math.abs(x + 0.5 - 16 * Math.round((x + 0.5) / 16)) < 1));
  assert.equal(new Set(found.map((x) => Math.round((x + 0.5) / 16))).size, LEVELS);
  drawn(() => 3.5).each((color) => assert.deepEqual(color, [80, 0, 0]));
});

test("where there is no number are stripes and no line, up to half way to the next", () => {
  const { each } = drawn((x, y) => (x >= 96 ? Number.NaN : (x + y) / 20));
  const stripes = { 255: 0, 170: 0 };
  each(([red, green, blue], x) => {
    if (x < 92) assert.equal(blue, 0);
    else assert.deepEqual([red, green, blue > 0], [0, 0, true]);
    if (x >= 92) stripes[blue] += 1;
  });
  assert.ok(Math.abs(stripes[255] / (stripes[255] + stripes[170]) - 0.25) < 0.02);
});

test("heights without bound are drawn like any others", () => {
  drawn((x) => (x < 96 ? -1e9 : 1e9)).each(([red], x) => {
    if (x < 88) assert.equal(red, 0);
    if (x > 96) assert.equal(red, 200);
  });
});
