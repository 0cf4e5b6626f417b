// A claim to be tuned holds wherever its values and situation are found again, and nowhere else.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { believe, forgetClaims, honest } from "../../client/explore/tuned.ts";

const run = (rate, tuned = "") => ({ optimizer: "adam", hypers: { learning_rate: rate }, label: "", style: 0, tuned });
const experiment = (runs, change = {}) => ({
  surface: "booth",
  parameters: {},
  start: [1, 2],
  steps: 10,
  tolerance: 0.01,
  noise: "none",
  sigma: 0,
  return_best: false,
  runs,
  ...change,
});
const claims = (one) => honest(one).runs.map(({ tuned }) => tuned);

beforeEach(forgetClaims);

test("other values or another situation are not tuned, and are again once they are back", () => {
  believe(experiment([run(0.1, "64:final"), run(0.2)]));
  assert.deepEqual(claims(experiment([run(0.1, "64:final"), run(0.2)])), ["64:final", ""]);
  assert.deepEqual(claims(experiment([run(0.3, "64:final"), run(0.2)])), ["", ""]);
  assert.deepEqual(claims(experiment([run(0.1, "64:final")], { start: [0, 0] })), [""]);
  assert.deepEqual(claims(experiment([run(0.2), run(0.1)])), ["", "64:final"]);
});

test("the tolerance matters to who counted steps, and to nobody else", () => {
  believe(experiment([run(0.1, "64:final"), run(0.2, "64:steps")]));
  const runs = [run(0.1), run(0.2)];
  assert.deepEqual(claims(experiment(runs, { tolerance: 1 })), ["64:final", ""]);
  assert.deepEqual(claims(experiment(runs)), ["64:final", "64:steps"]);
});

test("what is said to be as before a tuning takes the claim back", () => {
  believe(experiment([run(0.1, "64:final")]));
  believe(experiment([run(0.1)]));
  assert.deepEqual(claims(experiment([run(0.1)])), [""]);
});

test("without a change of claims it stays the same object", () => {
  believe(experiment([run(0.1, "64:final")]));
  const one = experiment([run(0.1, "64:final")]);
  assert.equal(honest(one), one);
});
