// How far a slider goes by pages, and what is said of where it comes to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { further } from "../../client/runs/slider-keys.ts";
import { plain, spokenValue } from "../../client/runs/spoken-values.ts";

const RATE = { scale: "log", low: 1e-4, high: 10 };
const MOMENTUM = { scale: "one_minus_log", low: 0, high: 0.9999 };
const STEPS = { scale: "log", low: 1, high: 10000, whole: true };

test("ten stops of two hundred are a twentieth of the range: a quarter of a decade of five", () => {
  assert.equal(further(RATE, 0.01, 10), Number((0.01 * 10 ** 0.25).toPrecision(3)));
  assert.equal(further(RATE, 1, -40), 0.1);
  assert.equal(further(MOMENTUM, 0.9, 50), 0.99);
  assert.equal(further(STEPS, 100, 50), 1000);
});

test("no key leads out of the range, from a value beyond it neither", () => {
  assert.equal(further(RATE, 9, 10), 10);
  assert.equal(further(RATE, 1e-4, -10), 1e-4);
  assert.equal(further(RATE, 100, -10), Number((10 ** 0.75).toPrecision(3)));
  assert.equal(further(MOMENTUM, 0, -10), 0);
});

test("a value is said as it is shown, with what it counts in the right number", () => {
  assert.equal(spokenValue(125, "steps"), "125 steps");
  assert.equal(spokenValue(1, "seeds"), "1 seed");
  assert.equal(spokenValue(1e-8, ""), "1e-8");
  assert.equal(spokenValue("abc", ""), "abc");
});

test("a number without an exponent reads back the same", () => {
  for (const value of [0, 1, -2.8, 0.01, 1e-6, 1e-8, 3.14e-9, 1e-12, 10000]) {
    assert.match(plain(value), /^-?\d+(\.\d+)?$/);
    assert.equal(Number(plain(value)), value);
  }
});
