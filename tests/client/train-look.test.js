// What of a training is looked at: as a link writes it, and as the server has read it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { lookedAt, lookFields } from "../../client/train/look.ts";
import { FIRST, seedOptions, within } from "../../client/train/views/choices.ts";

const USUAL = {
  view: "learned",
  plane: "pca",
  plane_runs: null,
  plane_seed: 0,
  shown_seed: null,
  loss_axis: "log",
  along: "steps",
  smooth: false,
  step: null,
};
const written = (sent) => lookFields(lookedAt({ ...USUAL, ...sent }), sent.step ?? null);

test("what is usual isn't written", () => {
  assert.equal(written({}), "");
});

test("what is looked at is written as the server reads it", () => {
  const sent = { view: "plane", plane: "random", plane_runs: [3, 1], plane_seed: 7, shown_seed: 5, step: 0 };
  assert.equal(
    written({ ...sent, loss_axis: "linear", along: "epochs", smooth: true }),
    "&view=plane&plane=random&plane_runs=3,1&plane_seed=7&shown_seed=5&loss_axis=linear&along=epochs&smooth=true&step=0",
  );
});

test("a plane that isn't seen is left out, and so is what doesn't make it another", () => {
  assert.equal(written({ plane: "ends", plane_runs: [2, 3] }), "");
  assert.equal(written({ view: "plane", plane_runs: [2, 3], plane_seed: 4 }), "&view=plane");
  assert.equal(written({ view: "plane", plane: "ends", plane_seed: 4 }), "&view=plane&plane=ends");
});

test("a seed is one of those that there are, and the first one is none of its own", () => {
  const chosen = (seed) => within({ ...FIRST, seed }, 2, { first: 3, count: 4 }).seed;
  assert.deepEqual([2, 3, 4, 6, 7, null].map(chosen), [null, null, 4, 6, null, null]);
  assert.deepEqual(seedOptions({ first: 3, count: 2 }), [
    ["3", "seed 3 (1 of 2)"],
    ["4", "seed 4 (2 of 2)"],
  ]);
});
