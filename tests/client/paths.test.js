// The numbers of an answer arrive where they belong, also those that are not finite.
import assert from "node:assert/strict";
import { test } from "node:test";
import { copied, hasShape, lossAt, over, renew, reshaped, unpack } from "../../client/drawing/paths.ts";

function packed(numbers) {
  return Buffer.from(new Float32Array(numbers).buffer).toString("base64");
}

function answer(points, heights, steps, floor, ends) {
  const runs = heights.length / (steps + 1);
  const last = ends || new Array(runs).fill(steps);
  return {
    steps,
    floor,
    ends: last,
    points: packed(points),
    heights: packed(heights),
    fan: null,
    band: null,
    reports: [],
  };
}

test("a run that outgrows float32 is drawn to there but has not stopped", () => {
  const points = [0, 0, 1, 1, Infinity, 2, 0, 0, 1, 1, NaN, NaN];
  const { ends, stopped } = unpack(answer(points, [1, 1, 1, 1, 1, NaN], 2, 0, [2, 1]));
  assert.deepEqual(ends, [1, 1]);
  assert.deepEqual(stopped, [false, true]);
});

test("two runs of two steps", () => {
  const paths = unpack(answer([0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15], [6, 5, 4, 26, 25, 24], 2, 0.5));
  assert.deepEqual([paths.steps, paths.runs, paths.floor], [2, 2, 0.5]);
  assert.deepEqual([...paths.points], [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15]);
  assert.deepEqual([...paths.heights], [6, 5, 4, 26, 25, 24]);
  assert.deepEqual(paths.ends, [2, 2]);
});

test("curves are the points (step, height) of every run", () => {
  const { curves } = unpack(answer(new Array(12).fill(0), [6, 5, 4, 26, 25, 24], 2, 0));
  assert.deepEqual([...curves], [0, 6, 1, 5, 2, 4, 0, 26, 1, 25, 2, 24]);
});

test("numbers that are not finite pass as they are", () => {
  const { points, heights } = unpack(answer([0, NaN, Infinity, -Infinity], [NaN, Infinity], 1, null));
  assert.deepEqual([...points], [0, NaN, Infinity, -Infinity]);
  assert.deepEqual([...heights], [NaN, Infinity]);
});

test("a run ends before the first step whose point or height isn't finite", () => {
  const fine = [0, 0, 1, 1, 2, 2, 3, 3];
  const changed = (at, value) => fine.map((one, k) => (k === at ? value : one));
  const end = (points, heights) => unpack(answer(points, heights, 3, 0)).ends[0];
  assert.equal(end(fine, [3, 2, 1, 0]), 3);
  assert.equal(end(changed(6, NaN), [3, 2, 1, 0]), 2);
  assert.equal(end(changed(5, -Infinity), [3, 2, 1, 0]), 1);
  assert.equal(end(fine, [3, 2, Infinity, 0]), 1);
  assert.equal(end(fine, [3, NaN, 1, NaN]), 0);
  assert.equal(end(changed(1, NaN), [3, 2, 1, 0]), -1);
  assert.equal(end(fine, [NaN, 2, 1, 0]), -1);
});

test("a run that ends shortens no other run", () => {
  const { ends } = unpack(answer([0, 0, NaN, NaN, 0, 0, 1, 1, 0, 0, 1, 1], [1, NaN, 1, 0, 1, Infinity], 1, 0));
  assert.deepEqual(ends, [0, 1, 0]);
});

test("the loss is the height above the floor, or the height where no floor is known", () => {
  const heights = [6, 5, 4, 26, 25, 24];
  const above = unpack(answer(new Array(12).fill(0), heights, 2, -100));
  assert.equal(lossAt(above, 1, 2), -76);
  assert.equal(lossAt(above, 0, 0), -94);
  const bare = unpack(answer(new Array(12).fill(0), heights, 2, null));
  assert.equal(bare.floor, null);
  assert.equal(lossAt(bare, 1, 1), 25);
});

test("a fan holds the paths of all seeds of the first run, then those of the next", () => {
  const one = answer(new Array(8).fill(0), [1, 1, 1, 1], 1, 0);
  const points = packed([...Array(16).keys()].map((k) => (k === 14 ? NaN : k)));
  const { fan } = unpack({ ...one, fan: { seeds: 2, points, heights: packed([8, 7, 6, 5, 4, 3, 2, 1]) } });
  assert.equal(fan.seeds, 2);
  assert.deepEqual([...fan.points].slice(4, 8), [4, 5, 6, 7]);
  assert.deepEqual([...fan.curves], [0, 8, 1, 7, 0, 6, 1, 5, 0, 4, 1, 3, 0, 2, 1, 1]);
  assert.deepEqual(fan.ends, [1, 1, 1, 0]);
  assert.equal(unpack(one).fan, null);
});

test("the step that a run goes back to comes from its report", () => {
  const one = answer(new Array(8).fill(0), [1, 1, 1, 1], 1, 0);
  assert.deepEqual(unpack({ ...one, reports: [{ kept_step: 0 }, { kept_step: null }] }).kept, [0, null]);
});

// Two runs of two steps, with a fan of two seeds.
function fanned() {
  const points = Array.from({ length: 12 }, (_, k) => k);
  const fan = { seeds: 2, points: packed([...points, ...points]), heights: packed([...points].map((k) => 20 - k)) };
  return unpack({
    ...answer(points, [6, 5, 4, 26, 25, 24], 2, 0.5),
    reports: [{ kept_step: 1 }, { kept_step: null }],
    fan,
  });
}

function arraysOf(paths) {
  const { points, heights, curves, ends, stopped, kept, fan } = paths;
  return [
    points,
    heights,
    curves,
    ends,
    stopped,
    kept,
    ...(fan ? [fan.points, fan.heights, fan.curves, fan.ends] : []),
  ];
}

test("a copy is equal, and writing into any part of it leaves the original as it was", () => {
  for (const paths of [fanned(), unpack(answer(new Array(8).fill(1), [1, 1, 1, 1], 1, null))]) {
    const before = structuredClone(paths);
    const copy = copied(paths);
    assert.deepEqual(copy, paths);
    for (const array of arraysOf(copy)) array.fill(-1);
    assert.deepEqual(paths, before);
    arraysOf(copy).forEach((array) => assert.ok(array.every((one) => one === -1)));
  }
});

test("renewing a run brings its curve and its end up to its numbers, and leaves the others", () => {
  const paths = unpack(answer(new Array(12).fill(0), [6, 5, 4, 26, 25, 24], 2, 0));
  paths.heights.set([8, 7, Infinity], 3);
  paths.heights.set([1, 1, 1], 0);
  renew(paths, 1, 2);
  assert.deepEqual([...paths.curves], [0, 6, 1, 5, 2, 4, 0, 8, 1, 7, 2, Infinity]);
  assert.deepEqual(paths.ends, [2, 1]);
  paths.heights[5] = 3;
  paths.points[8] = NaN;
  renew(paths, 1, 2);
  assert.deepEqual(paths.ends, [2, 0]);
  paths.points[8] = 1;
  renew(paths, 1, 2);
  renew(paths, 0, 2);
  const { curves, ends } = unpack(answer([...paths.points], [...paths.heights], 2, 0));
  assert.deepEqual([paths.curves, paths.ends], [curves, ends]);
});

test("renewing works on the paths of a fan, counted from the first run's first seed", () => {
  const { fan } = fanned();
  fan.heights.set([3, 2, NaN], 9);
  renew(fan, 3, 2);
  assert.deepEqual([...fan.curves].slice(18), [0, 3, 1, 2, 2, NaN]);
  assert.deepEqual(fan.ends, [2, 2, 2, 1]);
});

const POINTS = [0, 0, 1, 1, 2, 2, 0, 9, 1, 9, NaN, 9]; // two runs of two steps
const HEIGHTS = [9, 3, 4, 9, 8, NaN];

test("fewer steps begin as the old ones did", () => {
  const shorter = reshaped(unpack(answer(POINTS, HEIGHTS, 2, 0.5, [2, 1])), { steps: 1, runs: 2, seeds: 1 });
  assert.deepEqual(shorter, { ...unpack(answer([0, 0, 1, 1, 0, 9, 1, 9], [9, 3, 9, 8], 1, 0.5)), kept: [null, null] });
});

test("more steps hold nothing yet where the old ones end", () => {
  const old = unpack(answer(POINTS, HEIGHTS, 2, 0.5, [2, 1]));
  const longer = reshaped(old, { steps: 3, runs: 2, seeds: 2 });
  assert.deepEqual([...longer.points.slice(0, 8)], [0, 0, 1, 1, 2, 2, NaN, NaN]);
  assert.deepEqual(
    [longer.ends, longer.stopped],
    [
      [2, 1],
      [false, true],
    ],
  );
  assert.deepEqual([longer.fan.ends, longer.band.lower.length], [[-1, -1, -1, -1], 8]);
  assert.ok(hasShape(longer, { steps: 3, runs: 2, seeds: 2 }) && !hasShape(old, { steps: 2, runs: 2, seeds: 2 }));
});

test("what has another shape doesn't share its numbers with the old", () => {
  const old = unpack(answer(POINTS, HEIGHTS, 2, 0.5));
  const before = structuredClone(old);
  const made = reshaped(old, { steps: 2, runs: 2, seeds: 1 });
  for (const array of [made.points, made.heights, made.curves]) array.fill(7);
  assert.deepEqual(old, before);
});

test("over another floor, or none, losses stay what they are", () => {
  const told = unpack(answer([0, 1, 2, 3, 4, 5], [6, 5, 4], 2, 0.5));
  for (const floor of [2, null, -1]) {
    const moved = over(copied(told), floor);
    assert.equal(moved.floor, floor);
    for (const step of [0, 1, 2]) {
      assert.equal(lossAt(moved, 0, step), lossAt(told, 0, step));
      assert.equal(moved.curves[2 * step + 1], moved.heights[step]);
    }
  }
});
