// A training that goes on with other values, as data.

import assert from "node:assert/strict";
import { test } from "node:test";
import { changeMethod, duplicate, move, setHyper } from "../../client/experiment/edit.ts";
import { differences, filled, goneOn, takenBack, turnOf } from "../../client/train/stages.ts";

const adam = { optimizer: "adam", hypers: { learning_rate: 0.01, beta1: 0.9 }, label: "", hidden: false, style: 0 };
const momentum = { ...adam, optimizer: "momentum", hypers: { learning_rate: 0.1, gamma: 0.9 }, style: 1 };
const experiment = { task: "moons", steps: 500, batch: 20, batch_schedule: {}, l2: 0, runs: [adam, momentum] };
const symbol = (one) => ({ symbol: one });
const optimizers = {
  adam: { label: "Adam", hypers: { learning_rate: symbol("η"), beta1: symbol("β₁") } },
  momentum: { label: "Momentum", hypers: { learning_rate: symbol("η"), gamma: symbol("γ") } },
};

test("what goes on keeps its values and is taken back to what it was, whatever was changed meanwhile", () => {
  const later = goneOn(experiment, 300, 800);
  assert.equal(turnOf(later), 300);
  assert.deepEqual(later.continued, { step: 300, steps: 500, batch: 20, batch_schedule: {} });
  assert.deepEqual(differences(later, { optimizers }), []);
  const changed = { ...setHyper(move(later, 0, 1), 1, "learning_rate", 0.5), batch: 0 };
  assert.deepEqual(differences(changed, { optimizers }), ["Adam η 0.01", "batch 20"]);
  const back = takenBack(changed);
  assert.equal(turnOf(back), null);
  assert.deepEqual([back.steps, back.batch, back.runs.length], [500, 20, 2]);
  assert.deepEqual(
    back.runs.map(({ hypers }) => hypers),
    [momentum.hypers, adam.hypers],
  );
});

test("a copy has the values of before too, another method and a new run those that they come with", () => {
  const later = setHyper(goneOn(experiment, 300, 800), 0, "beta1", 0.5);
  assert.deepEqual(duplicate(later, 0).runs[1].before, later.runs[0].before);
  const ranges = { learning_rate: { low: 0, high: 1 }, gamma: { low: 0, high: 1 } };
  const other = filled(changeMethod(later, 0, "momentum", { learning_rate: 0.1, gamma: 0.8 }, ranges));
  assert.deepEqual(other.runs[0].before, { hypers: { learning_rate: 0.01, gamma: 0.8 }, schedules: {} });
  const added = filled({ ...later, runs: [...later.runs, momentum] });
  assert.deepEqual(added.runs[2].before.hypers, momentum.hypers);
  assert.equal(filled(experiment), experiment);
});

test("a schedule that comes or goes is told", () => {
  const cosine = { learning_rate: { kind: "cosine", final: 0 } };
  const [one, other] = goneOn({ ...experiment, runs: [{ ...adam, schedules: cosine }, momentum] }, 10, 20).runs;
  const later = {
    ...goneOn(experiment, 10, 20),
    runs: [
      { ...one, schedules: {} },
      { ...other, schedules: cosine },
    ],
  };
  assert.deepEqual(differences(later, { optimizers }), [
    "Adam learning rate cosine",
    "Momentum learning rate constant",
  ]);
});
