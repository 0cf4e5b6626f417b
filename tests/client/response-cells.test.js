// What the small plots show, and how signal and answers share one zero line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { experiments, extremes, zeroLine } from "../../client/response/cells.ts";

const catalogue = {
  optimizers: {
    adam: { label: "Adam", hypers: { beta1: { default: 0.9 } } },
    momentum: { label: "Momentum", hypers: {} },
  },
  signals: { spikes: { label: "Spikes" }, chirp: { label: "Chirp" } },
};
const drawn = {
  signal: "drawn",
  drawn: [1, 2],
  chosen: 2,
  view: "signals",
  runs: [
    { optimizer: "adam", hypers: { beta1: 0.3 }, style: 4 },
    { optimizer: "momentum", hypers: {}, style: 1, hidden: true },
  ],
};

test("every method stands alone at its defaults on the same signal", () => {
  const made = experiments("methods", drawn, catalogue);
  assert.deepEqual(
    made.map(({ title }) => title),
    ["Adam", "Momentum"],
  );
  assert.deepEqual(made[0].experiment.runs, [
    { optimizer: "adam", hypers: { beta1: 0.9 }, label: "", hidden: false, style: 0 },
  ]);
  assert.ok(made.every(({ experiment }) => experiment.signal === "drawn" && experiment.drawn === drawn.drawn));
  assert.ok(made.every(({ opens }) => opens.chosen === 1 && opens.view === "curves"));
});

test("the runs stand as they are on every signal, without the drawing", () => {
  const made = experiments("signals", drawn, catalogue);
  assert.deepEqual(
    made.map(({ experiment }) => experiment.signal),
    ["spikes", "chirp"],
  );
  assert.ok(made.every(({ experiment }) => experiment.runs === drawn.runs && experiment.drawn === null));
  assert.ok(
    made.every(({ experiment, opens }) => experiment === opens && opens.view === "curves" && opens.chosen === 2),
  );
});

test("the chosen run stands alone on every signal, also a hidden one, and a click keeps all runs", () => {
  const made = experiments("run", drawn, catalogue);
  assert.deepEqual(
    made.map(({ experiment }) => experiment.signal),
    ["spikes", "chirp"],
  );
  for (const { experiment, opens } of made) {
    assert.deepEqual(experiment.runs, [{ ...drawn.runs[1], hidden: false }]);
    assert.equal(experiment.chosen, 1);
    assert.deepEqual(opens, { ...drawn, signal: experiment.signal, drawn: null, view: "curves" });
  }
});

test("one plot has no grid", () => assert.deepEqual(experiments("curves", drawn, catalogue), []));

test("the zero line leaves room for both series", () => {
  assert.equal(
    zeroLine([
      [0, 3],
      [0, 1],
    ]),
    1,
  );
  assert.equal(
    zeroLine([
      [-1, 1],
      [0, 100],
    ]),
    0.5,
  );
  assert.equal(
    zeroLine([
      [-5, 0],
      [-1, 0],
    ]),
    0,
  );
  assert.equal(
    zeroLine([
      [0, 0],
      [0, 0],
    ]),
    0.5,
  );
});

test("extremes hold 0 and pass over what isn't finite", () => {
  assert.deepEqual(
    extremes([
      [1, NaN, 2],
      [Infinity, 0.5],
    ]),
    [0, 2],
  );
  assert.deepEqual(extremes([]), [0, 0]);
});
