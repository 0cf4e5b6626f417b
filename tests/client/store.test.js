import assert from "node:assert/strict";
import test from "node:test";
import { createStore } from "../../client/state/store.ts";

const counter = () =>
  createStore(
    { count: 0, steps: [] },
    {
      added(state, by) {
        state.count += by;
      },
      cleared(state) {
        state.count = 0;
      },
    },
  );

test("a transition changes the state, then tells its listeners in their order", () => {
  const { state, to, on } = counter();
  const heard = [];
  on("added", (by) => heard.push(["first", by, state.count]));
  on("added", (by) => heard.push(["second", by, state.count]));
  to.added(2);
  to.added(3);
  assert.deepEqual(heard, [
    ["first", 2, 2],
    ["second", 2, 2],
    ["first", 3, 5],
    ["second", 3, 5],
  ]);
});

test("a listener hears of its own transition only", () => {
  const { to, on } = counter();
  let heard = 0;
  on("cleared", () => (heard += 1));
  to.added(1);
  assert.equal(heard, 0);
  to.cleared();
  assert.equal(heard, 1);
});

test("a transition that a listener makes is told before the rest of the first one", () => {
  const { state, to, on } = counter();
  const heard = [];
  on("added", () => state.count < 3 && to.added(1));
  on("added", (by) => heard.push([by, state.count]));
  to.added(2);
  assert.deepEqual(heard, [
    [1, 3],
    [2, 3],
  ]);
});
