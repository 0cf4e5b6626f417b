// What the table's cells show of a report.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cells } from "../../client/drawing/outcomes.ts";

const REPORT = {
  final_loss: "0.5",
  best_loss: "0.25",
  best_step: 7,
  steps_to_tolerance: 5,
  path_length: "3.2",
  kept_step: null,
};

test("four cells: final loss, best loss and its step, steps to tolerance, path length", () => {
  assert.deepEqual(cells(REPORT), ["0.5", "0.25 at 7", "5", "3.2"]);
});

test("the start is a step like any other", () => {
  assert.deepEqual(cells({ ...REPORT, best_step: 0, steps_to_tolerance: 0 }), ["0.5", "0.25 at 0", "0", "3.2"]);
});

test("a step that doesn't exist is a dash", () => {
  const nowhere = { ...REPORT, final_loss: "NaN", best_loss: "NaN", best_step: -1, steps_to_tolerance: null };
  assert.deepEqual(cells(nowhere), ["NaN", "—", "—", "3.2"]);
});

test("a run that goes back says from which step its loss is", () => {
  assert.equal(cells({ ...REPORT, final_loss: "0.25", kept_step: 7 })[0], "0.25 kept from step 7");
  assert.equal(cells({ ...REPORT, final_loss: "0.25", kept_step: 0 })[0], "0.25 kept from step 0");
  assert.equal(cells({ ...REPORT, kept_step: null })[0], "0.5");
});

test("of several seeds the quartiles and how many came within the tolerance stand beside the median's", () => {
  const seeds = { count: 32, lower: "0.4", upper: "0.75", reached: 28 };
  assert.deepEqual(cells({ ...REPORT, seeds }), ["0.5\n(0.4 to 0.75)", "0.25 at 7", "5\n(28 of 32 seeds)", "3.2"]);
  assert.equal(cells({ ...REPORT, seeds: { ...seeds, reached: null } })[2], "5");
  assert.equal(cells({ ...REPORT, steps_to_tolerance: null, seeds })[2], "—\n(28 of 32 seeds)");
});
