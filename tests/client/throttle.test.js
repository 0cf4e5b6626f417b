// Rarer calls: none is lost at the end, and none comes too early.
import assert from "node:assert/strict";
import { test } from "node:test";
import { afterRest, throttled } from "../../client/wire/throttle.ts";

test("a throttled call comes once a pause, and once more after the last", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let count = 0;
  const call = throttled(() => (count += 1), 100);
  for (let k = 0; k < 25; k++) {
    call();
    context.mock.timers.tick(10);
  }
  assert.equal(count, 2);
  context.mock.timers.tick(300);
  assert.equal(count, 3);
  context.mock.timers.tick(1000);
  assert.equal(count, 3);
});

test("a call after rest waits until nothing more comes", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let count = 0;
  const call = afterRest(() => (count += 1), 100);
  for (let k = 0; k < 30; k++) {
    call();
    context.mock.timers.tick(99);
  }
  assert.equal(count, 0);
  context.mock.timers.tick(1);
  assert.equal(count, 1);
});
