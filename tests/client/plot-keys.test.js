// What keys and two fingers make of the box that a plot shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { turns } from "../../client/drawing/pinch.ts";
import { moved } from "../../client/drawing/plot-keys.ts";

const BOX = [-2, 2, 10, 20];

test("an arrow pans by a tenth of what is shown, with Shift by half", () => {
  assert.deepEqual(moved(BOX, "ArrowRight", false), [-1.6, 2.4, 10, 20]);
  assert.deepEqual(moved(BOX, "ArrowUp", false), [-2, 2, 11, 21]);
  assert.deepEqual(moved(BOX, "ArrowLeft", true), [-4, 0, 10, 20]);
  assert.deepEqual(moved(BOX, "ArrowDown", true), [-2, 2, 5, 15]);
});

test("plus and minus zoom about the middle and undo each other", () => {
  const out = moved(BOX, "-", false);
  assert.deepEqual(out, [-2.5, 2.5, 8.75, 21.25]);
  moved(out, "+", false).forEach((edge, k) => assert.ok(Math.abs(edge - BOX[k]) < 1e-12));
});

test("other keys are left to the page", () => {
  for (const key of [" ", "Home", "i", "Tab"]) assert.equal(moved(BOX, key, false), null);
});

test("what a pinch turns the wheel by zooms as far as the fingers went, in pieces that Plotly takes", () => {
  // Plotly's own: each turn makes what is shown exp(deltaY / 200) times as wide, at most 20 at once.
  for (const ratio of [0.2, 0.97, 1, 1.02, 2, 5]) {
    const made = turns(ratio);
    assert.ok(made.every((deltaY) => Math.abs(deltaY) <= 20));
    const wide = made.reduce((width, deltaY) => width * Math.exp(deltaY / 200), 1);
    assert.ok(Math.abs(wide * ratio - 1) < 1e-12);
  }
});
