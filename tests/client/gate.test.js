// The gate carries the newest wish and never loses it; the clock is the test's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createGate } from "../../client/wire/gate.ts";

function opened(lanes) {
  const sent = [];
  let time = 0;
  const send = (lane, sequence, payload) => sent.push({ lane, sequence, payload });
  const gate = createGate({ send, lanes, now: () => time });
  const wait = (milliseconds) => (time += milliseconds);
  const payloads = () => sent.map((one) => one.payload);
  const settle = (k) => gate.settle(sent[k].lane, sent[k].sequence);
  return { gate, sent, wait, payloads, settle };
}

// A gate whose measured round trip is exactly `milliseconds`.
function measured(lanes, milliseconds) {
  const it = opened(lanes);
  it.gate.request("measure");
  it.wait(milliseconds);
  it.settle(0);
  it.sent.length = 0;
  return it;
}

function random(seed) {
  let state = seed;
  return (below) => Math.floor(((state = (state * 16807) % 2147483647) / 2147483647) * below);
}

test("a first request goes at once, in lane 0 with number 1", () => {
  const { gate, sent } = opened(1);
  assert.ok(gate.idle());
  gate.request("a");
  assert.deepEqual(sent, [{ lane: 0, sequence: 1, payload: "a" }]);
  assert.ok(!gate.idle());
});

test("one is in flight, the newest waits, those between are dropped", () => {
  const { gate, payloads, settle } = opened(1);
  for (const payload of ["a", "b", "c", "d"]) gate.request(payload);
  assert.deepEqual(payloads(), ["a"]);
  assert.equal(settle(0), true);
  assert.deepEqual(payloads(), ["a", "d"]);
  assert.equal(settle(1), true);
  assert.deepEqual(payloads(), ["a", "d"]);
  assert.ok(gate.idle());
});

test("a payload of any kind may wait", () => {
  for (const payload of [null, undefined, 0, ""]) {
    const { gate, payloads, settle } = opened(1);
    gate.request("first");
    gate.request(payload);
    settle(0);
    assert.deepEqual(payloads(), ["first", payload]);
  }
});

test("an answer that a newer one has overtaken is no news, but frees its lane", () => {
  const { gate, payloads, settle } = measured(3, 200);
  for (const payload of ["a", "b", "c", "d"]) gate.request(payload);
  assert.deepEqual(payloads(), ["a", "b", "c"]);
  assert.equal(settle(2), true);
  assert.deepEqual(payloads(), ["a", "b", "c", "d"]);
  assert.equal(settle(0), false);
  gate.request("e");
  assert.deepEqual(payloads(), ["a", "b", "c", "d", "e"]);
  assert.equal(settle(1), false);
  assert.equal(settle(4), true);
  assert.equal(settle(3), false);
  assert.ok(gate.idle());
});

test("the same answer twice is news once and frees nothing twice", () => {
  const { gate, payloads, settle } = opened(1);
  gate.request("a");
  settle(0);
  gate.request("b");
  gate.request("c");
  assert.equal(settle(0), false);
  assert.deepEqual(payloads(), ["a", "b"]);
});

test("further lanes open only when an answer takes long: the third at twice the time of the second", () => {
  const open = (milliseconds) => {
    const { gate, payloads } = measured(3, milliseconds);
    for (const payload of ["a", "b", "c", "d"]) gate.request(payload);
    return payloads().length;
  };
  const counts = Array.from({ length: 301 }, (_, milliseconds) => open(milliseconds));
  const quick = counts.lastIndexOf(1);
  assert.ok(quick >= 10 && quick <= 100, `one lane up to ${quick} ms`);
  assert.equal(counts.lastIndexOf(2), 2 * quick);
  assert.deepEqual(counts, counts.toSorted());
  assert.equal(open(60000), 3);
});

test("before anything is measured, and with one lane, one is in flight", () => {
  const fresh = opened(3);
  fresh.gate.request("a");
  fresh.gate.request("b");
  assert.deepEqual(fresh.payloads(), ["a"]);
  const single = measured(1, 5000);
  single.gate.request("a");
  single.gate.request("b");
  assert.deepEqual(single.payloads(), ["a"]);
});

test("every lane carries one request", () => {
  const { gate, sent } = measured(3, 200);
  for (const payload of ["a", "b", "c"]) gate.request(payload);
  assert.deepEqual(
    sent.map((one) => one.lane),
    [0, 1, 2],
  );
});

test("one slow answer among quick ones opens no lane for long", () => {
  const { gate, sent, wait, settle, payloads } = measured(3, 200);
  for (let k = 0; k < 20; k++) {
    gate.request(k);
    wait(5);
    settle(k);
  }
  sent.length = 0;
  gate.request("a");
  gate.request("b");
  assert.deepEqual(payloads(), ["a"]);
});

test("waiting tells how long the oldest has been under way", () => {
  const { gate, wait, settle } = measured(3, 200);
  assert.equal(gate.waiting(), 0);
  gate.request("a");
  wait(30);
  gate.request("b");
  wait(12);
  assert.equal(gate.waiting(), 42);
  settle(0);
  assert.equal(gate.waiting(), 12);
  settle(1);
  assert.equal(gate.waiting(), 0);
});

test("reset frees a gate whose answer never came, and drops what waited", () => {
  const { gate, payloads } = opened(1);
  gate.request("lost");
  gate.request("waiting");
  gate.reset();
  assert.ok(gate.idle());
  assert.equal(gate.waiting(), 0);
  gate.request("a");
  assert.deepEqual(payloads(), ["lost", "a"]);
});

test("overtaken by what was drawn without asking: no answer under way is news, and nothing that waits is sent", () => {
  const { gate, payloads, settle } = measured(3, 200);
  for (const payload of ["a", "b", "c", "d"]) gate.request(payload);
  gate.overtake();
  assert.ok(!gate.idle());
  assert.equal(settle(2), false);
  assert.equal(settle(0), false);
  assert.equal(settle(1), false);
  assert.deepEqual(payloads(), ["a", "b", "c"]);
  assert.ok(gate.idle());
});

test("what is asked after an overtake is sent and is news, also before older answers come", () => {
  const { gate, payloads, settle } = measured(3, 200);
  gate.request("a");
  gate.overtake();
  gate.request("b");
  assert.deepEqual(payloads(), ["a", "b"]);
  assert.equal(settle(1), true);
  assert.equal(settle(0), false);
  const single = opened(1);
  single.gate.request("a");
  single.gate.overtake();
  single.gate.request("b");
  assert.deepEqual(single.payloads(), ["a"]);
  assert.equal(single.settle(0), false);
  assert.deepEqual(single.payloads(), ["a", "b"]);
  assert.equal(single.settle(1), true);
});

test("an idle gate that is overtaken stays idle and answers the next", () => {
  const { gate, settle } = opened(1);
  gate.overtake();
  gate.overtake();
  assert.ok(gate.idle());
  gate.request("a");
  assert.equal(settle(0), true);
});

test("an overtaken answer was shown before: the same is no news afterwards", () => {
  const { gate, settle } = opened(1);
  gate.request("a");
  assert.equal(settle(0), true);
  gate.overtake();
  assert.equal(settle(0), false);
});

test("an answer from before a reset neither frees a lane nor overtakes", () => {
  const { gate, payloads, settle } = opened(1);
  gate.request("lost");
  gate.reset();
  gate.request("a");
  gate.request("b");
  settle(0);
  assert.deepEqual(payloads(), ["lost", "a"]);
  assert.equal(settle(1), true);
  assert.equal(settle(0), false);
});

test("whatever the order of answers, the last request is sent, answered and shown", () => {
  for (let seed = 1; seed <= 150; seed++) {
    const below = random(seed);
    const { gate, sent, wait, settle } = opened(1 + below(3));
    const underway = () => sent.map((_, k) => k).filter((k) => !answered.has(k));
    const answered = new Set();
    let asked = 0;
    let last = null;
    let shown = null;
    const answer = (k) => {
      answered.add(k);
      assert.ok(sent.length <= asked, "more was sent than was asked");
      if (settle(k)) shown = sent[k].payload;
    };
    for (let k = 0; k < 120; k++) {
      const waiting = underway();
      if (below(3) === 0) {
        asked += 1;
        gate.request((last = k));
      }
      if (waiting.length && below(3) === 0) answer(waiting[below(waiting.length)]);
      else wait(below(80));
      const lanes = underway().map((one) => sent[one].lane);
      assert.equal(new Set(lanes).size, lanes.length, "two requests share a lane");
    }
    for (let left = underway(); left.length; left = underway()) answer(left[below(left.length)]);
    assert.equal(sent.at(-1).payload, last);
    assert.equal(shown, last);
    assert.ok(gate.idle());
    sent.forEach((one, k) => assert.ok(k === 0 || one.payload > sent[k - 1].payload, "an old wish after a newer one"));
  }
});

test("whatever the order, nothing that was asked before an overtake is shown after it, and the last is", () => {
  for (let seed = 1; seed <= 150; seed++) {
    const below = random(seed);
    const { gate, sent, wait, settle } = opened(1 + below(3));
    const answered = new Set();
    const underway = () => sent.map((_, k) => k).filter((k) => !answered.has(k));
    let [last, shown, overtaken] = [null, null, -1];
    const answer = (k) => {
      answered.add(k);
      if (!settle(k)) return;
      shown = sent[k].payload;
      assert.ok(shown > overtaken, "older than what was drawn");
    };
    for (let k = 0; k < 120; k++) {
      const waiting = underway();
      const move = below(4);
      if (move === 0) gate.request((last = k));
      else if (move === 1 && below(4) === 0) gate.overtake((overtaken = k));
      else if (waiting.length && move === 2) answer(waiting[below(waiting.length)]);
      else wait(below(80));
    }
    gate.request((last = 120));
    for (let left = underway(); left.length; left = underway()) answer(left[below(left.length)]);
    assert.equal(shown, last);
    assert.ok(gate.idle());
  }
});
