// A slider's position and its value lead to each other, and a number is written so that it reads back.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as scales from "../../client/experiment/scales.ts";
import { SPOKEN, shortly, spoken, toPosition, toValue, written } from "../../client/experiment/scales.ts";

const HYPERS = {
  rate: { scale: "log", low: 1e-4, high: 10 },
  smoothing: { scale: "log", low: 1e-12, high: 10 },
  momentum: { scale: "one_minus_log", low: 0, high: 0.9999 },
  decay: { scale: "one_minus_log", low: 0, high: 0.99999 },
  angle: { scale: "linear", low: -90, high: 90 },
  steps: { scale: "log", low: 1, high: 10000, whole: true },
};
const EXACT = {
  rate: [1e-4, 0.00123, 0.25, 0.999, 1, 9.99, 10],
  smoothing: [1e-12, 3.14e-9, 1e-8, 0.5],
  momentum: [0, 0.1, 0.25, 0.5, 0.9, 0.975, 0.99, 0.999, 0.9999],
  decay: [0.95, 0.9995, 0.99999],
  angle: [-90, -12.34, -0.5, 0, 30, 89.99],
  steps: [1, 2, 10, 125, 999, 1000, 10000],
};

function random(seed) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

function stops(hyper, count = 200) {
  const [low, high] = [toPosition(hyper, hyper.low), toPosition(hyper, hyper.high)];
  return Array.from({ length: count + 1 }, (_, k) => low + (k / count) * (high - low));
}

for (const [name, hyper] of Object.entries(HYPERS)) {
  test(`${name}: a value with few digits comes back exactly from its position`, () => {
    for (const value of EXACT[name]) assert.equal(toValue(hyper, toPosition(hyper, value)), value);
  });

  test(`${name}: both ends of the slider are the ends of the range`, () => {
    assert.equal(toValue(hyper, toPosition(hyper, hyper.low)), hyper.low);
    assert.equal(toValue(hyper, toPosition(hyper, hyper.high)), hyper.high);
  });

  test(`${name}: beyond its ends the slider gives the ends`, () => {
    assert.equal(toValue(hyper, toPosition(hyper, hyper.low) - 1), hyper.low);
    assert.equal(toValue(hyper, toPosition(hyper, hyper.high) + 1), hyper.high);
  });

  test(`${name}: values rise with the position and stay in the range`, () => {
    const values = stops(hyper).map((position) => toValue(hyper, position));
    values.forEach((value, k) => assert.ok(value >= hyper.low && value <= hyper.high && !(value < values[k - 1])));
    assert.ok(new Set(values).size > 100);
  });

  test(`${name}: a value that came from a slider stays when the slider is put where it says`, () => {
    for (const position of stops(hyper)) {
      const value = toValue(hyper, position);
      assert.equal(toValue(hyper, toPosition(hyper, value)), value);
    }
  });

  test(`${name}: what a slider says leads to the value that its position gives`, () => {
    for (const position of stops(hyper)) {
      assert.equal(toValue(hyper, toPosition(hyper, spoken(hyper, position))), toValue(hyper, position));
    }
  });

  test(`${name}: rounding moves a slider by less than a stop`, () => {
    const [first, second] = stops(hyper);
    for (const position of hyper.whole ? stops(hyper).slice(100) : stops(hyper)) {
      assert.ok(Math.abs(toPosition(hyper, toValue(hyper, position)) - position) < (second - first) / 2);
    }
  });
}

test("equal distances are equal factors, of the value or of what it lacks to 1", () => {
  const [rate, decay] = [HYPERS.rate, HYPERS.decay];
  assert.ok(Math.abs(toPosition(rate, 0.1) - toPosition(rate, 0.01) - 1) < 1e-12);
  assert.ok(Math.abs(toPosition(decay, 0.999) - toPosition(decay, 0.99) - 1) < 1e-12);
});

test("values have as few digits as the scale can tell apart", () => {
  assert.equal(toValue(HYPERS.rate, -1.234), 0.0583);
  assert.equal(toValue(HYPERS.decay, 3.21), 0.999383);
  assert.equal(toValue(HYPERS.angle, 12.34567), 12.35);
});

test("whole numbers stay whole", () => {
  for (const position of stops(HYPERS.steps, 997)) assert.ok(Number.isInteger(toValue(HYPERS.steps, position)));
});

test("what is written reads back exactly", () => {
  const next = random(1);
  for (let k = 0; k < 2000; k++) {
    const value = (next() - 0.5) * 10 ** (40 * next() - 20);
    assert.equal(Number(written(value)), value);
  }
  for (const value of [0, 1, -1, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, 2 ** 53]) {
    assert.equal(Number(written(value)), value);
  }
});

test("small and huge numbers are written with an exponent, others without", () => {
  assert.equal(written(0.0001), "0.0001");
  assert.equal(written(0.00001), "1e-5");
  assert.equal(written(-2.5e-8), "-2.5e-8");
  assert.equal(written(1e15), "1000000000000000");
  assert.equal(written(1e16), "1e16");
  assert.equal(written(125), "125");
});

test("captions: NaN, infinities and a true minus sign", () => {
  assert.equal(shortly(NaN), "NaN");
  assert.equal(shortly(Infinity), "∞");
  assert.equal(shortly(-Infinity), "−∞");
  assert.equal(shortly(-1.5), "−1.5");
  assert.equal(shortly(-0), "0");
  assert.equal(shortly(-1e-9), "−1.00e−9");
});

test("captions: four significant digits, exponents only where they help", () => {
  assert.equal(shortly(0.12345), "0.1235");
  assert.equal(shortly(0.001), "0.001");
  assert.equal(shortly(0.00099), "9.90e−4");
  assert.equal(shortly(12345), "12350");
  assert.equal(shortly(123456), "1.23e5");
});

test("a slider says values, not positions", () => {
  assert.equal(spoken(HYPERS.angle, 30), 30);
  assert.equal(spoken(HYPERS.rate, -2), 0.01);
  assert.equal(spoken(HYPERS.decay, 3), 0.999);
  assert.deepEqual([SPOKEN.linear(30), SPOKEN.log(-2), SPOKEN.one_minus_log(3)], [30, 0.01, 0.999]);
});

for (const [name, hyper] of Object.entries(HYPERS)) {
  test(`${name}: the stop under the hand is the one that the slider itself goes to`, () => {
    const chance = random(11);
    for (const share of [-0.5, 0, 0.5, 1, 1.5, ...Array.from({ length: 200 }, chance)]) {
      const [low, high] = [toPosition(hyper, hyper.low), toPosition(hyper, hyper.high)];
      const step = (high - low) / scales.STOPS;
      // Mantine's own: the share of the range in whole steps, from the lower end, with twelve decimals.
      const along = Math.min(1, Math.max(0, share)) * (high - low);
      const place = Number(((along === 0 ? 0 : Math.round(along / step) * step) + low).toFixed(12));
      assert.equal(scales.stopAt(hyper, share), toValue(hyper, toPosition(hyper, spoken(hyper, place))));
    }
  });
}
