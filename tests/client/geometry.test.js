// The plots' geometry against its definitions.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  between,
  clipped,
  fitted,
  including,
  inside,
  lossAmong,
  near,
  nearest,
  pixelMap,
  toPixel,
} from "../../client/drawing/geometry.ts";

const FAR = 1e5;
const PIXELS = { x: { origin: 0, unit: 1, log: false }, y: { origin: 0, unit: 1, log: false } };

function random(seed) {
  let state = seed;
  return (low, high) => low + ((state = (state * 16807) % 2147483647) / 2147483647) * (high - low);
}

function close(actual, expected, tolerance) {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`);
}

test("pixels are linear in the value, or in its logarithm", () => {
  const l2p = (value) => 40 - 5 * value;
  const linear = pixelMap({ type: "linear", l2p });
  for (const value of [-3, 0, 0.5, 1e6]) close(toPixel(linear, value), l2p(value), 1e-6);
  const log = pixelMap({ type: "log", l2p });
  for (const value of [1e-9, 1, 300]) close(toPixel(log, value), l2p(Math.log10(value)), 1e-9);
});

test("an axis of ten thousand steps ends where Plotly says, though it rounds pixels", () => {
  const l2p = (value) => Math.round(100 * (315 / 10000) * value) / 100;
  const map = pixelMap({ type: "linear", l2p });
  for (const step of [0, 1, 5000, 10000]) close(toPixel(map, step), (315 / 10000) * step, 0.01);
});

test("what has no logarithm lies far outside, but somewhere", () => {
  const map = pixelMap({ type: "log", l2p: (value) => 40 - 5 * value });
  for (const value of [0, -1]) assert.equal(toPixel(map, value), 40 + 5 * 300);
});

test("a segment inside stays as it is", () => {
  assert.deepEqual(clipped(1, 2, -3, 4), [1, 2, -3, 4]);
  assert.deepEqual(clipped(-FAR, -FAR, FAR, FAR), [-FAR, -FAR, FAR, FAR]);
  assert.deepEqual(clipped(5, 5, 5, 5), [5, 5, 5, 5]);
});

test("clipped segments lie on the original line, inside the box, in its direction", () => {
  const next = random(3);
  let crossing = 0;
  for (let k = 0; k < 3000; k++) {
    const [ax, ay, bx, by] = Array.from({ length: 4 }, () => next(-1, 1) * 10 ** next(2, 9));
    const piece = clipped(ax, ay, bx, by);
    if (piece === null) continue;
    crossing += 1;
    const length = Math.hypot(bx - ax, by - ay);
    for (const [x, y] of [piece.slice(0, 2), piece.slice(2)]) {
      assert.ok(Math.max(Math.abs(x), Math.abs(y)) <= FAR + 1e-4);
      close(((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length, 0, 1e-4);
    }
    assert.ok((piece[2] - piece[0]) * (bx - ax) + (piece[3] - piece[1]) * (by - ay) >= 0);
  }
  assert.ok(crossing > 500);
});

test("clipping leaves out nothing that is inside", () => {
  const next = random(4);
  for (let k = 0; k < 400; k++) {
    const [ax, ay, bx, by] = Array.from({ length: 4 }, () => next(-4, 4) * FAR);
    const piece = clipped(ax, ay, bx, by);
    for (let part = 0; part <= 1; part += 1 / 64) {
      const [x, y] = [ax + part * (bx - ax), ay + part * (by - ay)];
      if (Math.max(Math.abs(x), Math.abs(y)) > FAR - 1) continue;
      assert.notEqual(piece, null);
      const [px, py, qx, qy] = piece;
      close(Math.hypot(x - px, y - py) + Math.hypot(x - qx, y - qy), Math.hypot(qx - px, qy - py), 1e-4);
    }
  }
});

test("a segment beside the box is null, also along its axes and past its corner", () => {
  assert.equal(clipped(2 * FAR, 0, 3 * FAR, 0), null);
  assert.equal(clipped(0, 2 * FAR, 0, 9 * FAR), null);
  assert.equal(clipped(-2 * FAR, -2 * FAR, 2 * FAR, -2 * FAR), null);
  assert.equal(clipped(-3 * FAR, 0, 0, 3 * FAR), null);
});

test("an end inside stays where it is, however far the other one is", () => {
  for (const far of [1e6, 1e12, 1e20, 3e38, -3e38]) {
    const out = clipped(30, 40, far, 40);
    assert.deepEqual(out.slice(0, 2), [30, 40]);
    close(out[2], Math.sign(far) * FAR, 1e-3);
    const back = clipped(far, 40, 30, 40);
    close(back[2], 30, 1e-3);
    assert.equal(back[3], 40);
  }
});

test("near means inside the box that canvases can draw", () => {
  assert.deepEqual([0, FAR - 1, 1 - FAR].map(near), [true, true, true]);
  assert.deepEqual([FAR, -FAR, 1e40, Infinity, NaN].map(near), [false, false, false, false, false]);
});

// Three runs of two steps: along y = 0, along y = 10, and one that stops being finite.
const POLYLINES = new Float32Array([0, 0, 10, 0, 20, 0, 0, 10, 10, 10, 20, 10, 5, 5, NaN, NaN, 20, 20]);
const SCENE = { shown: [0, 1, 2], ends: [2, 2, 0], steps: 2, upTo: 2, reach: 5 };

test("the nearest drawn point is found, run and step", () => {
  assert.deepEqual(nearest(POLYLINES, PIXELS, { x: 11, y: 1 }, SCENE), { run: 0, step: 1 });
  assert.deepEqual(nearest(POLYLINES, PIXELS, { x: 19, y: 9 }, SCENE), { run: 1, step: 2 });
  assert.deepEqual(nearest(POLYLINES, PIXELS, { x: 5, y: 5.5 }, SCENE), { run: 2, step: 0 });
});

test("nothing is nearest beyond reach, among hidden runs, past the player or past a run's end", () => {
  assert.equal(nearest(POLYLINES, PIXELS, { x: 15, y: 5 }, SCENE), null);
  assert.equal(nearest(POLYLINES, PIXELS, { x: 10, y: 1 }, { ...SCENE, shown: [1, 2] }), null);
  assert.equal(nearest(POLYLINES, PIXELS, { x: 20, y: 0 }, { ...SCENE, upTo: 1.9 }), null);
  assert.equal(nearest(POLYLINES, PIXELS, { x: 20, y: 20 }, SCENE), null);
  assert.equal(nearest(POLYLINES, PIXELS, { x: 0, y: 0 }, { ...SCENE, shown: [] }), null);
});

test("a point that is not a number is nobody's nearest", () => {
  const scene = { ...SCENE, shown: [2], ends: [2, 2, 2] };
  assert.deepEqual(nearest(POLYLINES, PIXELS, { x: 20, y: 19 }, scene), { run: 2, step: 2 });
  assert.equal(nearest(POLYLINES, PIXELS, { x: 0, y: 0 }, { ...scene, ends: [2, 2, 1] }), null);
});

test("the fitted box has the plot's aspect, contains the box around the same centre, and touches it", () => {
  const next = random(5);
  for (let k = 0; k < 200; k++) {
    const [x, y, w, h] = [next(-9, 9), next(-9, 9), 10 ** next(-3, 3), 10 ** next(-3, 3)];
    const [width, height] = [next(50, 2000), next(50, 2000)];
    const [xLow, xHigh, yLow, yHigh] = fitted([x, x + w, y, y + h], width, height);
    close(((xHigh - xLow) * height) / ((yHigh - yLow) * width), 1, 1e-6);
    assert.ok(xLow <= x + 1e-9 && xHigh >= x + w - 1e-9 && yLow <= y + 1e-9 && yHigh >= y + h - 1e-9);
    close(xLow + xHigh, 2 * x + w, 1e-9);
    close(yLow + yHigh, 2 * y + h, 1e-9);
    close(Math.min((xHigh - xLow) / w, (yHigh - yLow) / h), 1, 1e-6);
  }
});

const TICKS = { x: [-2, -1, 0, 1, 2], y: [0, 0.5, 1] };
const bilinear = (x, y) => 3 - 2 * x + 5 * y + 7 * x * y;
const GRID = { ...TICKS, z: TICKS.y.map((y) => TICKS.x.map((x) => bilinear(x, y))) };

test("between points a bilinear function is exact, edges and corners included", () => {
  const next = random(6);
  for (let k = 0; k < 200; k++) {
    const [x, y] = [next(-2, 2), next(0, 1)];
    close(between(GRID, x, y), bilinear(x, y), 1e-12);
  }
  for (const x of TICKS.x) for (const y of TICKS.y) close(between(GRID, x, y), bilinear(x, y), 1e-12);
});

test("outside the grid there is no value", () => {
  for (const [x, y] of [
    [-2.01, 0.5],
    [2.01, 0.5],
    [0, -0.01],
    [0, 1.01],
    [NaN, 0.5],
    [0, NaN],
    [Infinity, 0],
  ]) {
    assert.equal(between(GRID, x, y), null);
  }
});

const TABLE = [-1, 0, 0.5, 4, 20];

test("a table of losses is read at its entries, and linearly between them", () => {
  TABLE.forEach((loss, place) => assert.equal(lossAmong(TABLE, place), loss));
  const placed = (loss) => {
    const k = TABLE.findLastIndex((entry, index) => entry <= loss && index < TABLE.length - 1);
    return k + (loss - TABLE[k]) / (TABLE[k + 1] - TABLE[k]);
  };
  for (let loss = -1; loss <= 20; loss += 0.37) close(lossAmong(TABLE, placed(loss)), loss, 1e-12);
});

test("beyond the table it goes on with the last slope", () => {
  assert.equal(lossAmong(TABLE, -1), -2);
  assert.equal(lossAmong(TABLE, -2.5), -3.5);
  assert.equal(lossAmong(TABLE, 5), 36);
  assert.equal(lossAmong(TABLE, 4.5), 28);
  assert.equal(lossAmong([1, 3], 10), 21);
});

test("a box including a point keeps the box and has the point well inside", () => {
  const box = [-3, 3, -2, 2];
  for (const point of [
    [5, 0],
    [-7, 9],
    [0, -2.5],
    [1, 1],
  ]) {
    const wider = including(box, point);
    assert.ok(inside(wider, point));
    assert.ok(wider[0] <= -3 && wider[1] >= 3 && wider[2] <= -2 && wider[3] >= 2);
    if (inside(box, point)) assert.deepEqual(wider, box);
    else assert.ok(!inside(box, point));
  }
});
