// Sizes, times and progress in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, bytes, facts, LOST, NO_WORKER, share, standing } from "../../client/exporting/words.ts";

test("sizes have a unit and two digits at least", () => {
  const said = [0, 999, 1000, 9949, 10_500, 999_400, 1_000_000, 1_250_000, 31_400_000].map(bytes);
  assert.deepEqual(said, ["0 bytes", "999 bytes", "1.0 kB", "9.9 kB", "11 kB", "999 kB", "1.0 MB", "1.3 MB", "31 MB"]);
});

test("an animation has frames and seconds, a picture has not, a table only its size", () => {
  const film = { width: 1200, height: 800, frames: 1800, seconds: 61.04, bytes: 2e6 };
  assert.deepEqual(facts(film), ["1200 × 800", "1,800 frames", "61 s", "about 2.0 MB"]);
  assert.deepEqual(facts({ ...film, frames: 1, seconds: 0 }), ["1200 × 800", "about 2.0 MB"]);
  assert.deepEqual(facts({ frames: 1, seconds: 0, bytes: 4000, exact: true }), ["4.0 kB"]);
  assert.deepEqual(facts({ frames: 1, seconds: 0, bytes: null }), []);
});

test("the time since an export is told roughly", () => {
  const minutes = [0, 0.9, 1, 59, 60, 23.9 * 60, 24 * 60, 47 * 60, 72 * 60];
  assert.deepEqual(
    minutes.map((one) => ago(0, one * 60_000)),
    ["just now", "just now", "1 min ago", "59 min ago", "1 h ago", "23 h ago", "yesterday", "yesterday", "3 days ago"],
  );
});

test("an export tells its place, its frame, its end", () => {
  const said = (entry, lost) => standing({ worker: true, done: 0, total: 0, ...entry }, lost);
  assert.equal(said({ kind: "waiting", ahead: 0 }), "Next to be drawn");
  assert.equal(said({ kind: "waiting", ahead: 1 }), "1 export before this one");
  assert.equal(said({ kind: "waiting", ahead: 2 }), "2 exports before this one");
  assert.equal(said({ kind: "drawing" }), "Starting to draw");
  assert.equal(said({ kind: "drawing", done: 57, total: 120 }), "Frame 57 of 120");
  assert.equal(said({ kind: "drawing", done: 120, total: 120 }), "Finishing the file");
  assert.equal(said({ kind: "done", size: 2e6 }), "2.0 MB");
  assert.equal(said({ kind: "failed", problem: "The disk is full." }), "The disk is full.");
  assert.equal(said({ kind: "cancelled" }), "Cancelled");
  assert.equal(said({ kind: "expired" }), "Expired");
});

test("a lost server or worker is told only of what still runs", () => {
  assert.equal(standing({ kind: "waiting", ahead: 3, worker: false }), NO_WORKER);
  assert.equal(standing({ kind: "drawing", done: 1, total: 2, worker: false }), NO_WORKER);
  assert.equal(standing({ kind: "drawing", done: 1, total: 2, worker: true }, true), LOST);
  assert.equal(standing({ kind: "cancelled", worker: false }, true), "Cancelled");
});

test("only what is drawn has come some way", () => {
  assert.equal(share({ kind: "drawing", done: 30, total: 120 }), 0.25);
  assert.equal(share({ kind: "drawing", done: 0, total: 0 }), 0);
  assert.equal(share({ kind: "waiting", done: 0, total: 0 }), 0);
});
