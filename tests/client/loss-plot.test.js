// The loss axis: what it can show, and whether it can be logarithmic.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lossRange, steady } from "../../client/drawing/loss-axis.ts";
import { createLossPlot } from "../../client/drawing/loss-plot.ts";

// Paths whose runs have these heights; a run ends before its first height that isn't finite.
function paths(runs, floor) {
  const steps = runs[0].length - 1;
  const ends = runs.map((heights) => {
    const bad = heights.findIndex((height) => !Number.isFinite(height));
    return bad < 0 ? steps : bad - 1;
  });
  const curves = runs.flatMap((heights) => heights.flatMap((height, k) => [k, height]));
  return { steps, ends, floor, heights: new Float32Array(runs.flat()), curves: new Float32Array(curves), fan: null };
}

// What the plot asks of Plotly, and what it hands to the overlay.
function plotted(given, wanted) {
  const graph = { on: () => {}, addEventListener: () => {} };
  let axes = null;
  globalThis.window = { Plotly: { relayout: (_, values) => (axes = values) } };
  const order = given.ends.map((_, run) => run);
  const made = createLossPlot(graph, { onHover: () => {} }).setPaths(given, order, wanted);
  return { ...made, axes };
}

// The range shows all values and not much else: a decade too many at each end, or twice their extent.
function fits({ log, range: [low, high] }, ...values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const slack = 1e-12 * Math.max(Math.abs(least), Math.abs(most));
  assert.ok(low < high && low <= least + slack && high >= most - slack, `${least} … ${most} in ${low} … ${high}`);
  if (log) assert.ok(low >= least - 1 && high <= most + 1.1, `${least} … ${most} in ${low} … ${high}`);
  else assert.ok(high - low <= 2.2 * (most - least || 1), `${least} … ${most} in ${low} … ${high}`);
}

test("heights above a known floor get a logarithmic axis", () => {
  const given = lossRange(
    paths(
      [
        [100, 1, 0.01],
        [50, 20, 10],
      ],
      -3,
    ),
    [0, 1],
    "log",
  );
  assert.equal(given.log, true);
  fits(given, 2, -2);
});

test("a linear axis shows losses, not heights", () => {
  const given = lossRange(paths([[10, 4, 2]], -100), [0], "linear");
  assert.equal(given.log, false);
  fits(given, -90, -98);
});

test("without a known floor a logarithm needs losses above zero", () => {
  assert.equal(lossRange(paths([[3, 2, 1]], null), [0], "log").log, true);
  for (const last of [0, -1]) {
    const given = lossRange(paths([[3, 2, last]], null), [0], "log");
    assert.equal(given.log, false);
    fits(given, 3, last);
  }
});

test("a height of nothing, or rounded below the floor, doesn't pull a logarithmic axis down", () => {
  for (const least of [0, 1e-17, -1e-16]) {
    const given = lossRange(paths([[10, 1, least]], 2), [0], "log");
    assert.equal(given.log, true);
    fits(given, 0, 1);
  }
});

test("a run that stands at the minimum all along has no logarithm", () => {
  const given = lossRange(paths([[0, 0, 0]], 2), [0], "log");
  assert.equal(given.log, false);
  fits(given, 2);
});

test("only drawn runs count, and only up to their ends", () => {
  const given = paths(
    [
      [1, 2, 3],
      [1, NaN, 1e9],
      [1e6, 1e6, 1e6],
    ],
    0,
  );
  fits(lossRange(given, [0, 1], "linear"), 1, 3);
  fits(lossRange(given, [0, 1], "log"), 0, Math.log10(3));
});

test("without a finite height there is an axis all the same", () => {
  for (const wanted of ["log", "linear"]) {
    assert.deepEqual(lossRange(paths([[NaN, NaN]], 0), [0], wanted), { log: false, range: [0, 1] });
    assert.deepEqual(lossRange(paths([[1, 2]], 0), [], wanted), { log: false, range: [0, 1] });
  }
});

test("a loss that never changes has an axis around it", () => {
  for (const loss of [4, 1e-9, 1e7, 123.456]) {
    const height = Math.fround(loss);
    fits(lossRange(paths([[height, height]], null), [0], "linear"), height);
    fits(lossRange(paths([[height, height]], null), [0], "log"), Math.log10(height));
  }
});

test("every loss is within the axis that Plotly is asked for", () => {
  const cases = [
    [1, 100],
    [99.6, 100.4],
    [1000, 1004],
    [3.49999, 3.5433],
    [0.99991, 0.99999],
    [1e-14, 3e30],
  ];
  for (const [low, high] of cases.map((pair) => pair.map(Math.fround))) {
    for (const wanted of ["log", "linear"]) {
      const { axes } = plotted(paths([[high, low]], 0), wanted);
      const log = axes["yaxis.type"] === "log";
      fits({ log, range: axes["yaxis.range"] }, ...(log ? [low, high].map(Math.log10) : [low, high]));
    }
  }
});

test("ends are round, so that a small change leaves the axis where it is", () => {
  for (const wanted of ["log", "linear"]) {
    const one = lossRange(paths([[9.2, 3.51]], 0), [0], wanted);
    assert.deepEqual(lossRange(paths([[9.15, 3.53]], 0), [0], wanted), one);
    assert.notDeepEqual(lossRange(paths([[92, 3.53]], 0), [0], wanted), one);
  }
});

test("the step axis spans the steps; a logarithmic one has a few ticks at whole decades", () => {
  const { axes } = plotted(paths([[1e3, 1e-12, 1e-15]], 0), "log");
  assert.deepEqual(axes["xaxis.range"], [0, 2]);
  const [low, high] = axes["yaxis.range"];
  assert.ok(Number.isInteger(axes["yaxis.dtick"]));
  assert.ok((high - low) / axes["yaxis.dtick"] <= 5);
  assert.equal(plotted(paths([[1, 2]], 0), "linear").axes["yaxis.dtick"], null);
});

test("curves are heights on a logarithmic axis and losses on a linear one", () => {
  const given = paths([[4, 2, 1]], 10);
  assert.deepEqual([...plotted(given, "log").polylines], [0, 4, 1, 2, 2, 1]);
  assert.deepEqual([...plotted(given, "linear").polylines], [0, 14, 1, 12, 2, 11]);
  assert.deepEqual([...given.curves], [0, 4, 1, 2, 2, 1]);
});

test("the caption says what a logarithm measures, or why there is none", () => {
  assert.equal(plotted(paths([[4, 2]], -1.5), "log").caption, "above the lowest known, −1.5");
  assert.equal(plotted(paths([[4, 2]], 0), "log").caption, "");
  assert.equal(plotted(paths([[4, 2]], 3), "linear").caption, "");
  assert.match(plotted(paths([[4, -2]], null), "log").caption, /^linear: /);
});

test("beside what is said of seeds the caption is short", () => {
  const none = new Float32Array(0);
  const seeds = { ...paths([[4, 2]], -1.5), band: { lower: none, upper: none } };
  assert.equal(plotted(seeds, "log").caption, "above −1.5");
});

test("while runs move the axis stands as long as they fit and half of it is in use", () => {
  const standing = { log: true, range: [-6, 2] };
  for (const [low, high, stays] of [
    [-6, 2, true],
    [-4, 1, true],
    [-2, 2, true],
    [-1, 2, false],
    [-7, 2, false],
    [-4, 3, false],
  ])
    assert.deepEqual(steady(standing, { log: true, range: [low, high] }).range, stays ? standing.range : [low, high]);
  assert.equal(steady(standing, { log: false, range: [-4, 1] }).log, false);
  assert.deepEqual(steady(null, standing), standing);
});

test("at rest the axis is the one that the runs need", () => {
  const asked = [];
  globalThis.window = { Plotly: { relayout: (_, values) => asked.push(values["yaxis.range"]) } };
  const plot = createLossPlot({ on: () => {}, addEventListener: () => {} }, { onHover: () => {} });
  for (const moving of [false, true, false]) {
    plot.setPaths(paths([moving || asked.length > 0 ? [900, 0.2] : [900, 0.002]], 0), [0], "log", moving);
  }
  assert.deepEqual(asked, [
    [-3, 4],
    [-1, 4],
  ]);
});
