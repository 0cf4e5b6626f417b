// Paths of any length have no more pieces than can be seen, and look as if all were drawn.
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.window = globalThis;
const { trace, traceCurve } = await import("../../client/drawing/trace.ts");

const STEPS = 10_000;

// A canvas that only remembers where its path went.
function canvas() {
  const corners = [];
  const add = (x, y) => corners.push([x, y]);
  return { corners, moveTo: add, lineTo: add };
}

// How far each of the points is from the nearest corner.
const farthest = (points, corners) =>
  Math.max(...points.map(([x, y]) => Math.min(...corners.map(([a, b]) => Math.hypot(a - x, b - y)))));

const spiral = (k) => [300 + 200 * 0.998 ** k * Math.cos(k / 9), 200 + 150 * 0.998 ** k * Math.sin(k / 9)];
const tangled = (k) => [300 + 200 * Math.sin(k * k), 200 + 150 * Math.cos(3 * k * k)];

test("a path that comes to rest has few pieces, and no step is further from them than a quarter of a pixel", () => {
  const context = canvas();
  trace(context, spiral, 0, STEPS);
  assert.ok(context.corners.length < STEPS / 3, `${context.corners.length}`);
  const some = Array.from({ length: 500 }, (_, k) => spiral(20 * k));
  assert.ok(farthest(some, context.corners) <= 0.25 * Math.SQRT2);
  assert.deepEqual(context.corners[0], spiral(0));
  assert.deepEqual(context.corners.at(-1), spiral(STEPS));
});

test("a short path has all its steps", () => {
  const context = canvas();
  const near = (k) => [100 + k / 1000, 100];
  trace(context, near, 0, 200);
  assert.equal(context.corners.length, 201);
});

test("no more than so many pieces are drawn while something moves, from the start; at rest all are", () => {
  for (const [most, pieces] of [
    [1250, 1250],
    [undefined, STEPS],
  ]) {
    const context = canvas();
    trace(context, tangled, 0, STEPS, most);
    assert.equal(context.corners.length, pieces + 1);
    context.corners.forEach((corner, k) => assert.deepEqual(corner, tangled(k)));
  }
});

test("a curve has as many pieces as the screen has columns, and is as high and as low in each", () => {
  const curve = (k) => [k * (330 / STEPS), 100 + 80 * Math.sin(k * k)];
  const context = canvas();
  traceCurve(context, curve, 0, STEPS);
  assert.ok(context.corners.length <= 4 * 2 * 331, `${context.corners.length}`);
  const all = Array.from({ length: STEPS + 1 }, (_, k) => curve(k));
  const extremes = (points, from) => {
    const within = points.filter(([x]) => x >= from && x < from + 5).map(([, y]) => y);
    return [Math.min(...within), Math.max(...within)];
  };
  for (let from = 0; from < 330; from += 5) {
    const [drawn, whole] = [extremes(context.corners, from), extremes(all, from)];
    for (const end of [0, 1]) assert.ok(Math.abs(drawn[end] - whole[end]) <= 0.25);
  }
  assert.deepEqual(context.corners.at(-1), curve(STEPS));
});
