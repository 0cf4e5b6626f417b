// Edits make a new experiment and leave the old one, and everything that isn't meant, alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as edit from "../../client/experiment/edit.ts";

function frozen(value) {
  if (value !== null && typeof value === "object") Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

function run(optimizer, style, learning_rate) {
  return { optimizer, hypers: { learning_rate, gamma: 0.9 }, label: `our ${optimizer}`, hidden: style === 1, style };
}

const EXPERIMENT = frozen({
  surface: "rotated_quadratic",
  parameters: { condition_number: 10, angle: 30 },
  start: [2, 1],
  steps: 125,
  runs: [run("momentum", 0, 0.01), run("adam", 1, 0.25), run("rmsprop", 5, 0.1)],
  view: [-1, 1, -2, 2],
  tolerance: 0.01,
});
const RANGES = frozen([
  { low: 1e-4, high: 10 },
  { low: 1e-4, high: 10 },
  { low: 1e-4, high: 1 },
]);
const BASE = frozen([0.01, 0.25, 0.1]);

function random(seed) {
  let state = seed;
  return (below) => Math.floor(((state = (state * 16807) % 2147483647) / 2147483647) * below);
}

function others(experiment) {
  const { runs, ...rest } = experiment;
  return rest;
}

test("a hyperparameter changes in one run only", () => {
  const next = edit.setHyper(EXPERIMENT, 1, "learning_rate", 0.5);
  assert.deepEqual(next.runs[1], { ...EXPERIMENT.runs[1], hypers: { learning_rate: 0.5, gamma: 0.9 } });
  assert.deepEqual([next.runs[0], next.runs[2]], [EXPERIMENT.runs[0], EXPERIMENT.runs[2]]);
  assert.deepEqual(others(next), others(EXPERIMENT));
  assert.equal(EXPERIMENT.runs[1].hypers.learning_rate, 0.25);
});

test("a surface's parameter changes alone", () => {
  const next = edit.setParameter(EXPERIMENT, "angle", -5);
  assert.deepEqual(next, { ...EXPERIMENT, parameters: { condition_number: 10, angle: -5 } });
});

test("another surface brings its parameters and start, drops the view, keeps the runs", () => {
  const start = frozen([3, 4]);
  const next = edit.changeSurface(EXPERIMENT, "wobbly", frozen({}), start);
  assert.deepEqual(next, { ...EXPERIMENT, surface: "wobbly", parameters: {}, start: [3, 4], view: null });
  assert.notEqual(next.start, start);
});

test("a new run stands last, in the first free style, with values of its own", () => {
  const defaults = frozen({ learning_rate: 1 });
  const next = edit.addRun(EXPERIMENT, "adagrad", defaults);
  const added = { optimizer: "adagrad", hypers: { learning_rate: 1 }, label: "", hidden: false, style: 2 };
  assert.deepEqual(next, { ...EXPERIMENT, runs: [...EXPERIMENT.runs, added] });
  assert.notEqual(next.runs[3].hypers, defaults);
});

test("a copy stands right behind its original and differs only in style", () => {
  const next = edit.duplicate(EXPERIMENT, 1);
  const [first, second, third] = EXPERIMENT.runs;
  assert.deepEqual(next.runs, [first, second, { ...second, style: 2 }, third]);
  assert.notEqual(next.runs[2].hypers, second.hypers);
});

test("removing takes out one run and touches no other", () => {
  assert.deepEqual(edit.remove(EXPERIMENT, 0).runs, EXPERIMENT.runs.slice(1));
  assert.deepEqual(edit.remove(EXPERIMENT, 2).runs, EXPERIMENT.runs.slice(0, 2));
});

test("moving keeps every run and puts the moved one where it was sent", () => {
  for (const [index, by] of [
    [0, 1],
    [0, 2],
    [1, -1],
    [1, 1],
    [2, -1],
    [2, -2],
  ]) {
    const { runs } = edit.move(EXPERIMENT, index, by);
    assert.equal(runs[index + by], EXPERIMENT.runs[index]);
    assert.deepEqual(
      runs.filter((one) => one !== EXPERIMENT.runs[index]),
      EXPERIMENT.runs.toSpliced(index, 1),
    );
  }
});

test("up and down again is where it was", () => {
  assert.deepEqual(edit.move(edit.move(EXPERIMENT, 2, -1), 1, 1), EXPERIMENT);
});

test("styles stay unique up to sixteen runs, whatever is done", () => {
  const below = random(11);
  let experiment = EXPERIMENT;
  let most = 0;
  for (let k = 0; k < 600; k++) {
    const count = experiment.runs.length;
    const index = below(count);
    const kind = below(4);
    if (kind === 0 && count > 1) experiment = edit.remove(experiment, index);
    if (kind === 1 && count > 1) experiment = edit.move(experiment, index, index === 0 ? 1 : -1);
    if (kind === 2 && count < 16) experiment = edit.duplicate(experiment, index);
    if (kind === 3 && count < 16) experiment = edit.addRun(experiment, "adam", {});
    const styles = experiment.runs.map((one) => one.style);
    assert.equal(new Set(styles).size, styles.length);
    assert.ok(styles.every((style) => Number.isInteger(style) && style >= 0 && style < 16));
    most = Math.max(most, styles.length);
  }
  assert.equal(most, 16);
});

test("linked rates all follow by the same factor", () => {
  assert.deepEqual(edit.linkedRates(EXPERIMENT, BASE, 0, 0.02, RANGES), [0.02, 0.5, 0.2]);
  assert.deepEqual(edit.linkedRates(EXPERIMENT, BASE, 1, 0.025, RANGES), [0.001, 0.025, 0.01]);
});

test("linked rates keep their ratios to three digits where no range stops them", () => {
  for (let k = -20; k <= 10; k++) {
    const rates = edit.linkedRates(EXPERIMENT, BASE, 0, 0.01 * 10 ** (k / 11), RANGES);
    rates.forEach((rate, index) => assert.ok(Math.abs((rate / rates[0]) * (BASE[0] / BASE[index]) - 1) <= 0.0051));
  }
});

test("linked rates stop at the ends of their own ranges", () => {
  assert.deepEqual(edit.linkedRates(EXPERIMENT, BASE, 0, 10, RANGES), [10, 10, 1]);
  assert.deepEqual(edit.linkedRates(EXPERIMENT, BASE, 1, 1e-4, RANGES), [1e-4, 1e-4, 1e-4]);
});

test("linked rates come back with the one that is dragged, also from beyond a range", () => {
  const away = edit.linkedRates(EXPERIMENT, BASE, 0, 10, RANGES);
  const runs = EXPERIMENT.runs.map((one, k) => ({ ...one, hypers: { learning_rate: away[k] } }));
  assert.deepEqual(edit.linkedRates({ ...EXPERIMENT, runs }, BASE, 0, BASE[0], RANGES), BASE);
});

test("linked rates that were typed with many digits come back too", () => {
  const base = [0.01, 0.123456, 0.1];
  assert.deepEqual(edit.linkedRates(EXPERIMENT, base, 0, 0.01, RANGES), base);
});

test("another method brings its own values but keeps a learning rate that it allows", () => {
  const defaults = frozen({ learning_rate: 1, epsilon: 1e-6 });
  const allowed = (low, high) => frozen({ learning_rate: { low, high } });
  const rate = (low, high) => edit.changeMethod(EXPERIMENT, 1, "adagrad", defaults, allowed(low, high)).runs[1].hypers;
  assert.deepEqual(rate(1e-4, 100), { learning_rate: 0.25, epsilon: 1e-6 });
  assert.deepEqual(rate(0.25, 0.5), { learning_rate: 0.25, epsilon: 1e-6 });
  assert.deepEqual(rate(0.1, 0.25), { learning_rate: 0.25, epsilon: 1e-6 });
  assert.deepEqual(rate(0.5, 100), { learning_rate: 1, epsilon: 1e-6 });
  assert.deepEqual(rate(1e-4, 0.1), { learning_rate: 1, epsilon: 1e-6 });
});

test("another method keeps the run's name, style and place", () => {
  const allowed = { learning_rate: { low: 1e-4, high: 100 } };
  const next = edit.changeMethod(EXPERIMENT, 1, "adagrad", { learning_rate: 1 }, allowed);
  const expected = { ...EXPERIMENT.runs[1], optimizer: "adagrad", hypers: { learning_rate: 0.25 }, schedules: {} };
  assert.deepEqual(next.runs[1], expected);
  assert.deepEqual(others(next), others(EXPERIMENT));
});

test("another method keeps the schedules that it has a use for", () => {
  const [cosine, window] = [frozen({ kind: "cosine", final: 0 }), frozen({ kind: "growing_window", half: 30 })];
  const scheduled = edit.withRun(EXPERIMENT, 1, { schedules: { learning_rate: cosine, momentum: window } });
  const rate = { low: 1e-4, high: 100, schedulable: "rate" };
  const kept = (ranges) => edit.changeMethod(scheduled, 1, "adagrad", { learning_rate: 1 }, ranges).runs[1].schedules;
  assert.deepEqual(kept({ learning_rate: rate, gamma: { schedulable: "" } }), { learning_rate: cosine });
  assert.deepEqual(kept({ learning_rate: rate, gamma: { schedulable: "window" } }), {
    learning_rate: cosine,
    momentum: window,
  });
});
