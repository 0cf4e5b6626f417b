// Gradient and sharpness along trainings: what is sent, where it is drawn, and what is told of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sharpnessOf } from "../../client/train/views/sharpness-answer.ts";
import {
  lastBefore,
  nearestStep,
  readingOf,
  sharpnessWords,
  stepped,
  toldNear,
  under,
} from "../../client/train/views/sharpness-readings.ts";
import { LEFT, rangeOf, shownRuns, staged } from "../../client/train/views/sharpness-stage.ts";

const base64 = (numbers) => Buffer.from(Float32Array.from(numbers).buffer).toString("base64");

const GRADIENT_DESCENT = {
  steps: base64([0, 10, 20, 30, 40]),
  norms: base64([1, 0.5, 0.25, 0.2, 0.1]),
  sharp_steps: base64([0, 20, 40]),
  sharpness: base64([1, 8, 20]),
  limit_steps: base64([0, 10, 20, 30, 40]),
  limits: base64([20, 20, 20, 40, 40]),
  formula: "2/η",
};
const ADAM = { ...GRADIENT_DESCENT, norms: base64([1, 1, 1, 1, Number.NaN]), limits: null, formula: null };
const SENT = { whole: true, done: true, waiting: 0, runs: [GRADIENT_DESCENT, ADAM, null] };
const RUNS = [
  { hidden: false, style: 0 },
  { hidden: false, style: 1 },
  { hidden: false, style: 2 },
];
const ANSWER = { steps: 40, every: 1, epochs: Float32Array.from({ length: 41 }, (_, step) => step / 4) };
const SCENE = {
  sharpness: sharpnessOf(SENT),
  runs: RUNS,
  names: ["Gradient descent", "Adam", "Momentum"],
  palette: {},
  answer: ANSWER,
  by: "steps",
  step: 40,
  highlight: null,
  stale: false,
};
const WITHOUT = { ...SCENE, sharpness: { ...SCENE.sharpness, runs: [null, SCENE.sharpness.runs[1], null] } };

test("what is sent becomes numbers, and what has not begun stays away", () => {
  const [first, second, third] = SCENE.sharpness.runs;
  assert.deepEqual([...first.sharpness.values], [1, 8, 20]);
  assert.deepEqual([...first.limits.values], [20, 20, 20, 40, 40]);
  assert.equal(second.limits, null);
  assert.equal(third, null);
  assert.deepEqual(shownRuns(SCENE), [0, 1]);
  assert.deepEqual(shownRuns({ ...SCENE, highlight: 0 }), [1, 0]);
});

test("both axes are logarithmic, and pixels lead back to steps", () => {
  const stage = staged(SCENE, 462, 400);
  const [gradient, sharp] = stage.panels;
  assert.equal(stage.x(40) - stage.x(0), 400);
  assert.equal(stage.step(stage.x(13)), 13);
  for (const panel of stage.panels) {
    const middle = panel.y(Math.sqrt(2 * 8));
    assert.ok(Math.abs(middle - (panel.y(2) + panel.y(8)) / 2) < 1e-9);
  }
  assert.ok(gradient.y(1) < gradient.y(0.1));
  assert.ok(sharp.y(40) >= sharp.top && sharp.y(1) <= sharp.top + sharp.height);
  const epochs = staged({ ...SCENE, by: "epochs" }, 462, 400);
  assert.equal(epochs.end, 10);
  assert.ok(Math.abs(epochs.x(20) - LEFT - 200) < 1e-9);
});

test("what flies off, or lies far away, doesn't press the others flat", () => {
  const line = (values, limits = null) => ({
    series: { values: Float32Array.from(values) },
    limits: limits && { values: Float32Array.from(limits) },
  });
  const [low, high] = rangeOf([line([1, 1e30, Number.NaN]), line([0.1, 0.5])]);
  assert.ok(low < -1 && low > -1.5);
  assert.ok(high > 3 && high < 3.5);
  assert.ok(rangeOf([line([1, 2], [20, Number.POSITIVE_INFINITY])])[1] < 1.5);
  assert.ok(rangeOf([line([1, 2], [1e6])])[1] < 1);
  assert.ok(rangeOf([line([1, 2], [0.01])])[0] < -2);
  assert.deepEqual(rangeOf([line([Number.NaN])]), [0, 1]);
});

test("where each step sees a minibatch there is one plot, and a sentence that says why", () => {
  const batches = { ...SCENE, sharpness: { ...SCENE.sharpness, whole: false } };
  const { panels } = staged(batches, 462, 400);
  assert.deepEqual(
    panels.map(({ title }) => title),
    ["Norm of the gradient, ‖∇J‖"],
  );
  assert.match(sharpnessWords(batches), /only where each step sees all points.*Let the batch be “all”/);
});

test("the limits of the methods that are shown are named, and that others have none", () => {
  assert.match(sharpnessWords(SCENE), /the dashed limit \(2\/η for Gradient descent\).*on a parabola would swing up/);
  assert.match(sharpnessWords(WITHOUT), /No limit for it is known of these methods/);
});

test("points are found by their steps", () => {
  const series = { steps: Float32Array.of(0, 20, 40) };
  assert.deepEqual(
    [-1, 0, 19.9, 20, 99].map((step) => lastBefore(series, step)),
    [0, 0, 0, 1, 2],
  );
  assert.equal(lastBefore({ steps: new Float32Array() }, 3), -1);
  assert.equal(nearestStep(series, 31), 40);
  assert.equal(nearestStep({ steps: new Float32Array() }, 31), null);
});

test("beside the player stands what is known at one step, of minibatches at each look", () => {
  const [first] = SCENE.sharpness.runs;
  assert.deepEqual(toldNear(first, 22), { step: 20, norm: 0.25, sharpness: 8, limit: 20 });
  const alone = { ...first, sharpness: { steps: new Float32Array(), values: new Float32Array() }, limits: null };
  assert.deepEqual(toldNear(alone, 12), { step: 10, norm: 0.5, sharpness: undefined, limit: undefined });
});

test("a point is read with the limit at its step, and NaN as NaN", () => {
  assert.equal(readingOf(SCENE, { run: 0, step: 40 }), "Gradient descent, step 40: ‖∇J‖ 0.1, λmax 20, limit 2/η = 40");
  assert.equal(readingOf(SCENE, { run: 0, step: 30 }), "Gradient descent, step 30: ‖∇J‖ 0.2, limit 2/η = 40");
  assert.equal(readingOf(SCENE, { run: 1, step: 40 }), "Adam, step 40: ‖∇J‖ NaN, λmax 20");
});

test("the pointer finds the nearest curve of its plot, and keys go along it and from run to run", () => {
  const stage = staged(SCENE, 462, 400);
  const [gradient, sharp] = stage.panels;
  assert.deepEqual(under(stage, stage.x(9), gradient.y(0.5)), { run: 0, step: 10 });
  assert.deepEqual(under(stage, stage.x(19), sharp.y(8)), { run: 1, step: 20 }); // the topmost of equal ones
  assert.equal(under(stage, stage.x(20), sharp.top + sharp.height), null);
  const at = stepped(SCENE, null, 1, 0);
  assert.deepEqual(at, { run: 0, step: 40 });
  assert.deepEqual(stepped(SCENE, at, -1, 0), { run: 0, step: 20 });
  assert.deepEqual(stepped(SCENE, at, 1, 0), at);
  assert.deepEqual(stepped(SCENE, at, 0, 1), { run: 1, step: 40 });
  assert.deepEqual(stepped(SCENE, at, 0, -1), at);
  assert.equal(stepped({ ...SCENE, runs: RUNS.map((run) => ({ ...run, hidden: true })) }, null, 1, 0), null);
});
