// The start's coordinates are as fine as the screen shows them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { roundedCoordinate as rounded } from "../../client/drawing/handle.ts";

test("a view of six units gives three decimals, one of a thousand none", () => {
  assert.equal(rounded(1.23456789, 6), 1.235);
  assert.equal(rounded(-2.8004, 6), -2.8);
  assert.equal(rounded(12.3456, 60), 12.35);
  assert.equal(rounded(123.456, 1000), 123);
  assert.equal(rounded(123456.7, 1e6), 123457);
  assert.equal(rounded(0.123456789, 0.001), 0.123457);
});

test("rounding moves the start by at most a two-thousandth of what is shown", () => {
  for (let power = -9; power <= 6; power += 0.37) {
    const extent = 10 ** power;
    for (let k = -20; k <= 20; k++) {
      const value = (k / 7) * extent;
      assert.ok(Math.abs(rounded(value, extent) - value) <= extent / 1999);
    }
  }
});

test("rounding again changes nothing", () => {
  for (const extent of [1e-9, 0.003, 6, 40, 1e6]) {
    for (const value of [0, 1 / 3, -Math.PI, 1e-10]) {
      const once = rounded(value, extent);
      assert.equal(rounded(once, extent), once);
    }
  }
});

test("a smallest view still gives numbers, not a refusal of toFixed", () => {
  assert.equal(rounded(0.1234567890123456, 1e-12), 0.123456789012);
});
