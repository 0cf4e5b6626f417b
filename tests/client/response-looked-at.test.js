// What is looked at follows the runs, and a zoom is kept as the server takes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as edit from "../../client/experiment/edit.ts";
import { epochsOf, following, windowOf } from "../../client/response/looked-at.ts";
import { same } from "../../client/response/published-values.ts";

const run = (label) => ({ optimizer: "adam", hypers: { beta1: 0.9 }, label, hidden: false, style: 0 });
const made = (chosen) => ({ signal: "spikes", runs: [run("a"), run("b"), run("c")], chosen });
const name = ({ runs, chosen }) => runs[chosen - 1].label;

test("the chosen run stays chosen wherever it is moved", () => {
  const before = made(2);
  for (const [index, by] of [
    [1, 1],
    [1, -1],
    [0, 1],
    [2, -1],
    [0, 2],
  ]) {
    assert.equal(name(following(before, edit.move(before, index, by))), "b");
  }
});

test("it stays chosen when others come and go", () => {
  const before = made(2);
  assert.equal(name(following(before, edit.remove(before, 0))), "b");
  assert.equal(name(following(before, edit.remove(before, 2))), "b");
  assert.equal(following(before, edit.duplicate(before, 0)).chosen, 3);
  assert.equal(following(before, edit.duplicate(before, 1)).chosen, 2);
});

test("once it is removed the next one is chosen, or the last", () => {
  assert.equal(name(following(made(2), edit.remove(made(2), 1))), "c");
  const last = made(3);
  assert.equal(name(following(last, edit.remove(last, 2))), "b");
});

test("changing it keeps it, and another experiment brings its own choice", () => {
  const before = made(3);
  assert.equal(following(before, edit.setHyper(before, 2, "beta1", 0.1)).chosen, 3);
  assert.equal(following(before, made(1)).chosen, 1);
  assert.equal(following(before, { ...before, chosen: 1 }).chosen, 1);
});

test("a window is kept in hundredths of an epoch and never made narrower; all epochs are none", () => {
  assert.equal(epochsOf([0, 299], 299), null);
  assert.deepEqual(epochsOf([12.3456, 22.3456], 299), [12.34, 22.35]);
  assert.deepEqual(epochsOf([0, 150], 299), [0, 150]);
  assert.deepEqual(epochsOf([286.66, 286.66 + 12.34 + 1e-13], 299), [286.66, 299]);
  assert.deepEqual(epochsOf([-1e-13, 20], 299), [0, 20]);
  assert.deepEqual(windowOf(null, 299), [0, 299]);
  assert.deepEqual(windowOf([3, 40], 299), [3, 40]);
});

test("published values are those of all hyperparameters", () => {
  assert.ok(same({ a: 1, b: 2 }, { b: 2, a: 1 }));
  assert.ok(!same({ a: 1, b: 2 }, { a: 1, b: 2.5 }));
});
