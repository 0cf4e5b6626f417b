// What is said of the history, and the table of a training in a file of its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lookAt } from "../../client/standalone/train-data.ts";
import { numbersAt } from "../../client/standalone/train-table.ts";
import { lookWords, lossWords, shareWords, tipWords } from "../../client/train/plot-words.ts";

const curve = (...losses) => ({
  points: losses.length,
  last: 2 * (losses.length - 1),
  columns: [losses, losses.map((loss) => 2 * loss), losses.map(() => 0.5), losses.map(() => Number.NaN)].map((column) =>
    Float32Array.from(column),
  ),
});
const report = { name: "Adam", numbers: ["1", "2", "50.0 %", "—", "0.5 at 4"], spread: "" };
const answer = {
  steps: 8,
  every: 2,
  epochs: Float32Array.of(0, 0.5, 1, 1.5, 2),
  trainings: [[curve(4, 2, 1), curve(8, 0.25, 3)]],
  reports: [report],
};

test("the caption tells what lines, widths and smoothing mean", () => {
  const one = { validation: 0.25, seed: 3, seeds: 1 };
  assert.equal(lookWords(one, 0, false), "solid: trained on, dotted: kept back");
  assert.equal(lookWords({ ...one, validation: 0, seeds: 2 }, 0, false), "thick: seed 3, thin: the other seed");
  assert.equal(
    lookWords({ ...one, validation: 0, seeds: 4 }, 6, true),
    "thick: seed 3, thin: the 3 other seeds; means of 6 steps to either side; " +
      "what rises far above the first loss leaves the plot",
  );
});

test("a point is told with its epoch, and what is kept back only where something is", () => {
  const under = { run: 0, point: 1, step: 2 };
  assert.equal(tipWords(answer, under, { classes: false, validated: false }), "Adam\nstep 2   epoch 0.5\nloss 2");
  assert.equal(
    tipWords(answer, under, { classes: true, validated: true }),
    "Adam\nstep 2   epoch 0.5\nloss 2   kept back 4\naccuracy 50.0 %   kept back NaN",
  );
  assert.deepEqual([3.4028e38, Infinity, Number.NaN, 0.25].map(lossWords), ["over 3e38", "∞", "NaN", "0.25"]);
  assert.equal(shareWords(Number.NaN), "NaN");
});

test("the table has the numbers of the last look up to the player's step, and where a run has ended those", () => {
  assert.deepEqual(numbersAt(answer, 0, 3.9), ["2\n(0.25 to 2)", "4", "50.0 %", "—", "0.5 at 4"]);
  assert.deepEqual(numbersAt(answer, 0, 7)[0], "1\n(1 to 3)");
});

test("what was learned is that of the last kept step that the player has come to", () => {
  const looks = [0, 12, 25].map((step) => ({ step }));
  assert.deepEqual(
    [0, 11.9, 12, 24, 25, 30].map((time) => lookAt(looks, time).step),
    [0, 0, 12, 12, 25, 25],
  );
});
