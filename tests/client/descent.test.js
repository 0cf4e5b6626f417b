// What paths depend on: what is equal walks equally, and what changes no path makes no difference.
import assert from "node:assert/strict";
import { test } from "node:test";

import { samePaths, situationOf, untouched, walkOf } from "../../client/experiment/descent.ts";

const ADAM = { optimizer: "adam", hypers: { learning_rate: 0.1, beta1: 0.9 }, label: "", hidden: false, style: 0 };
const PLAIN = { optimizer: "gradient_descent", hypers: { learning_rate: 0.1 }, label: "", hidden: false, style: 1 };
const EXPERIMENT = {
  surface: "booth",
  parameters: { a: 1, b: 2 },
  start: [1, 2],
  steps: 10,
  runs: [ADAM, PLAIN],
  view: null,
  levels: "published",
  loss_axis: "log",
  tolerance: 0.01,
  link_learning_rates: false,
  step: null,
  noise: "none",
  sigma: 0.3,
  batch: 4,
  seed: 0,
  seeds: 1,
  return_best: false,
};
const changed = (change) => samePaths(EXPERIMENT, { ...EXPERIMENT, ...change });

test("names, colours, order and how it is looked at change no path", () => {
  const looks = { view: [0, 1, 0, 1], levels: "automatic", loss_axis: "linear", tolerance: 1, step: 3 };
  assert.ok(changed({ ...looks, link_learning_rates: true, parameters: { b: 2, a: 1 } }));
  const renamed = { ...ADAM, label: "mine", hidden: true, style: 7, tuned: "64:final", schedules: {} };
  assert.ok(changed({ runs: [PLAIN, { ...renamed, hypers: { beta1: 0.9, learning_rate: 0.1 } }] }));
});

test("what paths are made of makes a difference", () => {
  for (const change of [
    { surface: "beale" },
    { parameters: { a: 1, b: 3 } },
    { start: [1, 2.1] },
    { steps: 11 },
    { return_best: true },
    { runs: [ADAM] },
    { runs: [ADAM, PLAIN, PLAIN] },
    { runs: [ADAM, { ...PLAIN, hypers: { learning_rate: 0.2 } }] },
    { runs: [ADAM, { ...PLAIN, optimizer: "momentum" }] },
    { runs: [ADAM, { ...PLAIN, schedules: { learning_rate: { kind: "cosine", final: 0.1 } } }] },
    { noise: "additive" },
  ]) {
    assert.ok(!changed(change), JSON.stringify(change));
  }
});

test("numbers of the noise mean something only to the noise that has them", () => {
  assert.ok(changed({ sigma: 1, batch: 1, seed: 5, seeds: 9 }));
  const noisy = { ...EXPERIMENT, noise: "additive" };
  assert.equal(situationOf(noisy), situationOf({ ...noisy, batch: 1 }));
  for (const change of [{ sigma: 1 }, { seed: 5 }, { seeds: 9 }, { noise: "multiplicative" }]) {
    assert.notEqual(situationOf(noisy), situationOf({ ...noisy, ...change }));
  }
  const batched = { ...EXPERIMENT, noise: "minibatch" };
  assert.notEqual(situationOf(batched), situationOf({ ...batched, batch: 1 }));
});

test("a schedule's numbers belong to the walk, in whatever order", () => {
  const scheduled = (one) => walkOf({ ...PLAIN, schedules: { learning_rate: one } });
  assert.equal(scheduled({ kind: "step", every: 5, factor: 0.5 }), scheduled({ factor: 0.5, every: 5, kind: "step" }));
  assert.notEqual(
    scheduled({ kind: "step", every: 5, factor: 0.5 }),
    scheduled({ kind: "step", every: 6, factor: 0.5 }),
  );
});

test("what no edit has touched is the same, however a run or the view was changed", () => {
  assert.ok(untouched(EXPERIMENT, { ...EXPERIMENT, runs: [PLAIN], view: [0, 1, 0, 1], tolerance: 1 }));
  for (const change of [{ parameters: { a: 1, b: 3 } }, { start: [0, 0] }, { steps: 11 }, { seed: 1 }, { sigma: 0.4 }])
    assert.ok(!untouched(EXPERIMENT, { ...EXPERIMENT, ...change }), JSON.stringify(change));
});
