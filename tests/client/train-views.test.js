// The views of trained networks: values between the places of a grid, colours, matrices, planes and what is told of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, sameWeights } from "../../client/train/views/asking.ts";
import { FIRST, within } from "../../client/train/views/choices.ts";
import { diverging, viewColors } from "../../client/train/views/colors.ts";
import { cellAt, sharesOf } from "../../client/train/views/confusion.ts";
import { between, mapPixels, toldAt, winner } from "../../client/train/views/decision-map.ts";
import { curveAt, heightsOf } from "../../client/train/views/fitted-curve.ts";
import { keysOf, learnedOf } from "../../client/train/views/learned-answer.ts";
import {
  captionOf,
  explanationOf,
  placeWords,
  readingAt,
  scaleEnds,
} from "../../client/train/views/learned-readings.ts";
import { fitting } from "../../client/train/views/multiples.ts";
import { planeOf } from "../../client/train/views/plane-answer.ts";
import { contourPixels, frameOf, heightAt, reached } from "../../client/train/views/plane-drawing.ts";
import {
  contourWords,
  leftWords,
  lookAt,
  planeWords,
  readingUnder,
  seedWords,
  under,
} from "../../client/train/views/plane-readings.ts";
import { smoothAt } from "../../client/train/views/smooth-grid.ts";
import { scaleEnd } from "../../client/train/views/weight-pictures.ts";

const PALETTE = {
  ink: "#3d4754",
  faint: "#d5dae1",
  paper: "#ffffff",
  contour: ["#c3d5e6", "#f8f5ec"],
  contour_line: "rgba(52, 72, 98, 0.22)",
  runs: ["#0063a6", "#c8500a"],
};
const COLORS = viewColors(PALETTE);

// A grid of `height(u, v)`, shares of the width and the height from the low ends.
const gridOf = (height, places = 9) =>
  Array.from({ length: places }, (_, row) =>
    Float32Array.from({ length: places }, (_, column) => height(column / (places - 1), row / (places - 1))),
  );

const rgb = (pixel) => [0, 8, 16].map((shift) => (pixel >>> shift) & 255);
const points = (count, right = []) => ({ count, at: null, right: Float32Array.from(right) });

const LEARNED = {
  kind: "map",
  loss: "logistic",
  classes: ["first", "second"],
  view: { low: [-1, -2], high: [1, 2] },
  image: null,
  points: { training: points(3, [0, 1, 1]), validation: points(2, [0, 1]) },
};
const RUN = {
  step: 40,
  training: { loss: 0.5, accuracy: 0.75 },
  validation: { loss: 0.61234, accuracy: 0.5 },
  outputs: [gridOf((u, v) => 8 * (u - 0.5) + 2 * (v - 0.5))],
  values: new Float32Array(),
  told: null,
  counts: null,
  neurons: 0,
  pictures: null,
};
const SIZE = { width: 200, height: 200 };

test("between the places of a grid values go straight, and at its ends they are its own", () => {
  const grid = gridOf((u, v) => 3 * u - 2 * v + 1);
  for (const [u, v] of [
    [0, 0],
    [1, 1],
    [0.31, 0.77],
    [0.999, 0.001],
  ])
    assert.ok(Math.abs(between(grid, u, v) - (3 * u - 2 * v + 1)) < 1e-6);
  assert.equal(between([Float32Array.of(7)], 0.4, 0.9), 7);
});

test("a smooth surface goes through every height, and is exact for a parabola away from the edges", () => {
  const grid = gridOf((u, v) => u * u - u * v);
  for (let row = 0; row < 9; row++)
    for (let column = 0; column < 9; column++)
      assert.ok(Math.abs(smoothAt(grid, column / 8, row / 8) - grid[row][column]) < 1e-6);
  for (const [u, v] of [
    [0.33, 0.41],
    [0.55, 0.62],
  ])
    assert.ok(Math.abs(smoothAt(grid, u, v) - (u * u - u * v)) < 1e-6);
  const broken = gridOf((u) => u);
  broken[4][4] = Number.NaN;
  assert.ok(Number.isNaN(smoothAt(broken, 0.5, 0.5)));
  assert.ok(Math.abs(smoothAt(broken, 0.7, 0.5) - 0.7) < 1e-6); // next to it only the cubic is lost
});

test("the colours of a map are those of what is told, with a line where both classes are as likely", () => {
  const pixels = mapPixels(LEARNED, RUN, 80, 80, COLORS);
  const color = (x, y) => rgb(pixels[y * 80 + x]);
  const near = (a, b) => a.every((one, k) => Math.abs(one - b[k]) <= 1);
  const p = (x, y) => 1 / (1 + Math.exp(-(8 * ((x + 0.5) / 80 - 0.5) + 2 * (1 - (y + 0.5) / 80 - 0.5))));
  for (const [x, y] of [
    [5, 5],
    [70, 20],
    [75, 75],
  ])
    assert.ok(near(color(x, y), diverging(COLORS, p(x, y))), `${color(x, y)} at ${x}, ${y}`);
  // z = 0 at u = ½ − ¼(v − ½): in the middle row it is the middle column.
  assert.deepEqual(color(40, 40), [0x3d, 0x47, 0x54]);
  assert.notDeepEqual(color(44, 40), [0x3d, 0x47, 0x54]);
});

test("where a network says nothing there are stripes of no class", () => {
  const silent = { ...RUN, outputs: [gridOf(() => Number.NaN)] };
  const seen = new Set(Array.from(mapPixels(LEARNED, silent, 40, 40, COLORS), (pixel) => String(rgb(pixel))));
  assert.deepEqual(seen, new Set(["255,255,255", "213,218,225"]));
  assert.equal(readingAt(LEARNED, silent, { x: 0.5, y: 0.5 }, SIZE), "NaN");
});

test("the class that is told has its probability", () => {
  assert.deepEqual(toldAt(LEARNED, RUN, 1, 0.5), { class: 1, value: 1 / (1 + Math.exp(-4)) });
  assert.deepEqual(toldAt(LEARNED, RUN, 0, 0.5), { class: 0, value: 1 / (1 + Math.exp(-4)) });
  const told = winner([1, 3, 2]);
  assert.equal(told.class, 1);
  assert.ok(Math.abs(told.value - Math.exp(3) / (Math.exp(1) + Math.exp(2) + Math.exp(3))) < 1e-12);
  assert.equal(winner([1, Number.NaN]).class, -1);
});

test("low and high are told apart in both themes, and the middle is the paper", () => {
  for (const paper of ["#ffffff", "#14181e"]) {
    const colors = viewColors({ ...PALETTE, paper });
    assert.deepEqual(diverging(colors, 0.5), colors.paper);
    assert.deepEqual(diverging(colors, 0), [...colors.low]);
    assert.deepEqual(diverging(colors, 7), [...colors.high]);
  }
});

test("captions tell how well a run does on what is kept back, and which step is shown if it isn't the one asked for", () => {
  assert.equal(captionOf(LEARNED, RUN, 40), "50.0 % right, loss 0.612");
  assert.equal(captionOf(LEARNED, RUN, 42), "50.0 % right, loss 0.612 at step 40");
  const all = { ...LEARNED, points: { ...LEARNED.points, validation: points(0) } };
  assert.equal(captionOf(all, RUN, 40), "75.0 % right, loss 0.5");
  const values = { ...RUN, validation: { loss: 0.25, accuracy: null } };
  assert.equal(captionOf({ ...LEARNED, loss: "squared" }, values, 40), "loss 0.25");
  assert.equal(captionOf(LEARNED, { ...RUN, validation: { loss: null, accuracy: null } }, 40), "not finite");
});

test("a place is read in its own coordinates, y upwards", () => {
  assert.equal(placeWords(LEARNED, { x: 0.75, y: 0.25 }, SIZE), "At x 0.5, y 1");
  assert.equal(readingAt(LEARNED, RUN, { x: 1, y: 0.5 }, SIZE), "second 98.2 %");
  assert.match(explanationOf(LEARNED), /Disc: first, square: second; hollow: kept back/);
  assert.deepEqual(scaleEnds(LEARNED, 1), ["first", "second"]);
});

test("a curve is read between its places, and its axis holds all points", () => {
  const run = { values: Float32Array.of(0, 1, 4) };
  assert.equal(curveAt(run, 0.25), 0.5);
  assert.equal(curveAt(run, 1), 4);
  const [low, high] = heightsOf({ points: { training: points(2, [-1, 3]), validation: points(1, [4]) } });
  assert.ok(low < -1 && high > 4);
});

test("a cell of the matrix is found under the pointer, and its share is of the row", () => {
  assert.deepEqual(cellAt(10, 18 + 5, 18 + 5, 198, 198), [0, 0]);
  assert.deepEqual(cellAt(10, 197, 18 + 3 * 18 + 1, 198, 198), [3, 9]);
  assert.equal(cellAt(10, 4, 100, 198, 198), null);
  assert.deepEqual(sharesOf([3, 1, 0]), [0.75, 0.25, 0]);
  assert.deepEqual(sharesOf([0, 0]), [0, 0]);
  const counts = [
    [3, 1],
    [0, 6],
  ];
  const learned = { ...LEARNED, kind: "confusion", view: null };
  const run = { ...RUN, counts: { training: [], validation: counts } };
  assert.equal(readingAt(learned, run, { x: 0.9, y: 0.2 }, SIZE), "1 of 4");
  assert.equal(placeWords(learned, { x: 0.9, y: 0.2 }, SIZE), "Right: first, told: second");
});

test("one colour scale serves the weights of all runs", () => {
  const of = (...weights) => ({ ...RUN, pictures: Float32Array.from(weights) });
  assert.equal(scaleEnd([of(0.5, -2), null, of(Number.NaN, 1)]), 2);
  // Of 1 … 100 two are greater than 98.
  assert.equal(
    scaleEnd([
      of(...Array.from({ length: 50 }, (_, k) => 2 * k + 1)),
      of(...Array.from({ length: 50 }, (_, k) => -2 * k - 2)),
    ]),
    98,
  );
  assert.equal(scaleEnd([RUN]), 1);
  assert.deepEqual(scaleEnds({ ...LEARNED, kind: "confusion", image: [8, 8] }, 0.6142), ["≤ −0.61", "≥ 0.61"]);
});

test("pictures are as large as the room allows, and in a row that scrolls no smaller than can be seen", () => {
  for (const [count, width, height] of [
    [1, 490, 500],
    [3, 490, 500],
    [9, 490, 500],
    [5, 900, 300],
  ]) {
    const { columns, wide } = fitting(count, 1, width, height);
    assert.ok(columns * wide + 12 * (columns - 1) <= width);
    const rows = Math.ceil(count / columns);
    assert.ok(wide < 130 || rows * (wide + 44) + 12 * (rows - 1) <= height || wide === Math.floor((width - 24) / 3));
  }
  assert.equal(fitting(16, 1, 490, 500).columns, 3);
  assert.equal(fitting(5, 1, 362, Number.POSITIVE_INFINITY).columns, 2);
});

const base64 = (numbers) => Buffer.from(Float32Array.from(numbers).buffer).toString("base64");

// Two rows of two heights, all 64 · log₁₀ J = 0: no difference anywhere.
const GRID = {
  rows: 2,
  columns: 2,
  planes: Buffer.alloc(12).toString("base64"),
  outside: "",
  points: 30,
  of: 100,
  unit: 64,
};
const PATH = {
  key: "path",
  thin: [{ steps: base64([0, 3]), at: base64([0, 1, 1, 2]), away: [4, 6.25] }],
  steps: base64([0, 1, 2, 3]),
  at: base64([0, 0, 1, 0, 1, 1, Number.NaN, Number.NaN]),
  looks: base64([0, 2]),
  loss: base64([2, 1]),
  loss_below: base64([2.5, 1.5]),
  distance: base64([0.1, 0.2]),
  moved: base64([0, 3]),
  left: 3,
};
const SENT = {
  kind: "pca",
  through: [],
  key: "a",
  shares: [0.548, 0.126],
  noise: [0.6079, 0.152],
  square: { middle: [1, 0], half: 2 },
  grid_key: "g",
  grid: GRID,
  runs: [PATH, null],
};
const PLANE = planeOf(SENT, null);
const RUNS = [
  { hidden: false, style: 0 },
  { hidden: false, style: 1 },
];
const SCENE = {
  plane: PLANE,
  runs: RUNS,
  names: ["Adam", "Momentum"],
  palette: PALETTE,
  step: 2,
  highlight: null,
  seed: 3,
};

test("a grid that the page has already stays, and one of another plane doesn't", () => {
  assert.deepEqual(PLANE.grid.rows, [Float32Array.of(0, 0), Float32Array.of(0, 0)]);
  assert.equal(planeOf({ ...SENT, grid: null }, PLANE).grid, PLANE.grid);
  assert.equal(planeOf({ ...SENT, grid: null, grid_key: "other" }, PLANE).grid, null);
});

test("a path of which only the name is sent is the one that the page has", () => {
  const [path] = planeOf({ ...SENT, runs: [{ key: "path" }] }, PLANE).runs;
  assert.equal(path, PLANE.runs[0]);
  assert.deepEqual(planeOf({ ...SENT, runs: [{ key: "unknown" }, null] }, PLANE).runs, [null, null]);
});

test("it is told which seed is thick, how many are thin, and how far they are from the plane", () => {
  assert.equal(
    seedWords(PLANE, 3),
    "Thick: seed 3; thin: the other seed at 2 steps each, which begins elsewhere and is 4 to 6.25 away from the plane.",
  );
  const [{ thin, ...path }] = PLANE.runs;
  assert.match(
    seedWords({ runs: [{ ...path, thin: [...thin, ...thin] }] }, 3),
    /^Thick: seed 3; thin: the 2 other seeds at/,
  );
  assert.equal(seedWords({ runs: [{ ...path, thin: [] }, null] }, 3), "");
  assert.match(planeWords(PLANE, SCENE.names, 3), /principal components of the paths with seed 3:/);
  assert.match(planeWords({ ...PLANE, runs: [{ ...path, thin: [] }] }, SCENE.names, 3), /components of all paths:/);
});

test("both axes have the same unit, and pixels lead back to coordinates", () => {
  const frame = frameOf(PLANE, 434);
  assert.equal(frame.x(3) - frame.x(-1), 400);
  assert.equal(frame.y(-2) - frame.y(2), 400);
  const [alpha, beta] = frame.at(frame.x(0.3), frame.y(-1.2));
  assert.ok(Math.abs(alpha - 0.3) < 1e-12 && Math.abs(beta + 1.2) < 1e-12);
  assert.equal(heightAt(PLANE, 0, 0), 0);
  assert.ok(Number.isNaN(heightAt(PLANE, 5, 0)));
});

test("β rises upwards in the contour", () => {
  const rows = gridOf((_, v) => v, 5);
  const pixels = contourPixels({ key: "", rows, points: 1, of: 1 }, 60, { ...PALETTE, contour_line: "rgba(0,0,0,0)" });
  const [top, bottom] = [rgb(pixels[2 * 60 + 30]), rgb(pixels[57 * 60 + 30])];
  assert.ok(top[0] > 0xf0 && bottom[0] < 0xd0, `${top} above ${bottom}`);
});

test("a path is drawn up to the step at which the player stands", () => {
  assert.deepEqual(
    [-1, 0, 0.5, 1, 2.9, 99].map((step) => reached({ steps: Float32Array.of(0, 1, 2, 3) }, step)),
    [1, 1, 1, 2, 3, 4],
  );
});

test("beside the plane stands what the network itself says at the nearest look", () => {
  assert.deepEqual(lookAt(PLANE.runs[0], 1.9), {
    step: 2,
    loss: 1,
    lossBelow: 1.5,
    distance: Math.fround(0.2),
    moved: 3,
  });
  const frame = frameOf(PLANE, 434);
  assert.deepEqual(under(SCENE, frame, frame.x(1) + 3, frame.y(1)), { run: 0, point: 2 });
  assert.equal(under(SCENE, frame, frame.x(2), frame.y(-1)), null);
  const told = readingUnder(SCENE, frame, frame.x(1), frame.y(1));
  assert.equal(told, "Adam, step 2: loss 1, on the plane 1.5, 0.2 away from it");
  assert.equal(readingUnder(SCENE, frame, frame.x(2), frame.y(-1)), "At (2, −1) of the plane: loss 1");
});

test("shares stand beside those of pure noise, and who leaves is named", () => {
  assert.match(planeWords(PLANE, SCENE.names, 3), /54\.8 \+ 12\.6 %.*Pure noise would show 61 \+ 15 %\./);
  assert.match(planeWords({ ...PLANE, kind: "ends", through: [0, 1] }, SCENE.names, 3), /ends of Adam and Momentum/);
  assert.match(
    planeWords({ ...PLANE, kind: "random", through: [1] }, SCENE.names, 3),
    /end of Momentum, of the same relative/,
  );
  assert.equal(leftWords(PLANE, SCENE.names), "Adam leaves at step 3.");
  assert.match(contourWords(PLANE), /of 30 of the 100 points, from 1 to 1/);
});

test("a plane stands only for the same weights, and is asked for by its key", () => {
  const experiment = { task: "moons", layers: [8], activation: "tanh", l2: 0 };
  assert.ok(sameWeights(experiment, { ...experiment, l2: 1, layers: ["8"] }));
  assert.ok(!sameWeights(experiment, { ...experiment, layers: [8, 8] }));
  assert.ok(!sameWeights(experiment, { ...experiment, task: "circles" }));
  const question = { experiment, wish: FIRST.plane, grid: 33, stands: true };
  assert.deepEqual(asked(question, PLANE), {
    ...FIRST.plane,
    grid: 33,
    stands: true,
    key: "a",
    grid_key: "g",
    known: ["path"],
  });
  assert.equal(asked(question, null).key, "");
});

const ONE = { first: 0, count: 1 };

test("chosen runs are runs that there are, two of them where there are two", () => {
  const plane = { ...FIRST.plane, runs: [4, 4] };
  assert.deepEqual(within({ ...FIRST, plane }, 3, ONE).plane.runs, [2, 0]);
  assert.deepEqual(within(FIRST, 1, ONE).plane.runs, [0, 0]);
  assert.deepEqual(within(FIRST, 5, ONE).plane.runs, [0, 1]);
});

test("what is sent becomes numbers", () => {
  const sent = {
    ...LEARNED,
    points: {
      training: { count: 1, at: base64([0.5, -1]), right: base64([1]) },
      validation: { count: 0, at: null, right: "" },
    },
    points_key: "xor",
    runs: [null, { key: "run", step: 3, training: {}, validation: {}, outputs: [GRID], neurons: 0, pictures: null }],
  };
  const { points: found, runs } = learnedOf(sent, null);
  assert.deepEqual([...found.training.at], [0.5, -1]);
  assert.equal(runs[0], null);
  assert.deepEqual(runs[1].outputs, [[Float32Array.of(0, 0), Float32Array.of(0, 0)]]);
});

test("of what the page has only the name comes again, and the same objects stand", () => {
  const points = {
    training: { count: 1, at: base64([0.5, -1]), right: base64([1]) },
    validation: { count: 0, at: null, right: "" },
  };
  const run = { key: "a", step: 3, training: {}, validation: {}, outputs: [GRID], neurons: 0, pictures: null };
  const before = learnedOf({ ...LEARNED, points, points_key: "xor", runs: [run, null] }, null);
  assert.deepEqual(keysOf(before), ["xor", "a"]);
  const again = { ...LEARNED, points: null, points_key: "xor", runs: [{ key: "a" }, { ...run, key: "b", step: 4 }] };
  const after = learnedOf(again, before);
  assert.equal(after.points, before.points);
  assert.equal(after.runs[0], before.runs[0]);
  assert.equal(after.runs[1].step, 4);
});
