// The store of sheets: each stop is fetched once, what is no longer wanted is called off, and it never grows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createSheets } from "../../client/wire/sheets.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));
const numbers = (count, from = 0) => Array.from({ length: count }, (_, k) => from + k);

function random(seed) {
  let state = seed;
  return (below) => Math.floor(((state = (state * 16807) % 2147483647) / 2147483647) * below);
}

function framed(bytes) {
  const whole = new Uint8Array(4 + bytes.length);
  new DataView(whole.buffer).setUint32(0, bytes.length, true);
  whole.set(bytes, 4);
  return whole;
}

function headerBytes(header) {
  return framed(new TextEncoder().encode(JSON.stringify(header)));
}

// The block of the value at `place`, of which the store knows nothing but its length.
function blockBytes(place, length = 8) {
  const body = new Uint8Array(4 + length).fill(place);
  new DataView(body.buffer).setUint32(0, place, true);
  return framed(body);
}

// A store whose questions wait until the test answers them.
function opened() {
  const asked = [];
  const fetchSheet = (question, signal, onBytes) =>
    new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(false));
      const answer = async (places, whole, floor = 0, length = 8) => {
        onBytes(headerBytes({ floor }));
        places.forEach((place) => onBytes(blockBytes(place, length)));
        if (whole !== undefined) resolve(whole);
        await settled();
      };
      const end = (whole) => {
        resolve(whole);
        return settled();
      };
      asked.push({ question, signal, answer, end });
    });
  const sheets = createSheets({ fetchSheet });
  const want = (key, values) => sheets.want(key, values, (missing) => ({ key, missing }));
  const questions = () => asked.map(({ question }) => question);
  const held = (key) => [...(sheets.find(key)?.blocks.keys() ?? [])].sort((a, b) => a - b);
  return { sheets, asked, want, questions, held };
}

test("a sheet is fetched once, and its stops are there as they come", async () => {
  const { sheets, asked, want, questions, held } = opened();
  want("a", [3, 1, 2]);
  assert.deepEqual(questions(), [{ key: "a", missing: [3, 1, 2] }]);
  assert.ok(sheets.busy());
  await asked[0].answer([0]);
  assert.deepEqual(held("a"), [3]);
  assert.equal(sheets.find("a").header.floor, 0);
  want("a", [3, 1, 2]);
  want("a", [2]);
  await asked[0].answer([], undefined);
  assert.ok(!asked[0].signal.aborted);
  await asked[0].end(true);
  assert.ok(!sheets.busy());
  want("a", [1, 2, 3]);
  assert.equal(asked.length, 1);
});

test("a place is that of the value in the question that was asked", async () => {
  const { asked, want, held } = opened();
  want("a", [10, 20]);
  await asked[0].answer([0, 1], true);
  want("a", [10, 30, 20, 40]);
  assert.deepEqual(asked[1].question.missing, [30, 40]);
  await asked[1].answer([1], undefined);
  assert.deepEqual(held("a"), [10, 20, 40]);
});

test("what is wanted now calls off what was wanted before, and both can be had", async () => {
  const { sheets, asked, want, held } = opened();
  want("a", [1, 2]);
  await asked[0].answer([1]);
  want("b", [1, 2]);
  assert.ok(asked[0].signal.aborted);
  assert.ok(!asked[1].signal.aborted);
  await settled();
  assert.ok(sheets.busy(), "the end of the first was taken for that of the second");
  await asked[1].answer([0, 1], true);
  assert.ok(!sheets.busy());
  assert.deepEqual([held("a"), held("b")], [[2], [1, 2]]);
  want("a", [1, 2]);
  assert.deepEqual(asked[2].question.missing, [1]);
});

test("what is called off is asked again at once where it is still wanted among others", async () => {
  const { asked, want, held } = opened();
  want("a", [1, 2, 3]);
  await asked[0].answer([0]);
  want("a", [1, 2, 3, 4]);
  assert.ok(asked[0].signal.aborted);
  assert.deepEqual(asked[1].question.missing, [2, 3, 4]);
  await settled();
  await asked[1].answer([0, 1, 2], true);
  assert.deepEqual(held("a"), [1, 2, 3, 4]);
  want("a", [1, 2, 3, 4]);
  assert.equal(asked.length, 2);
});

test("there and back before the first has ended: it is asked anew", async () => {
  const { asked, want, held } = opened();
  want("a", [1]);
  want("b", [1]);
  want("a", [1]);
  assert.deepEqual(
    asked.map(({ signal }) => signal.aborted),
    [true, true, false],
  );
  await settled();
  await asked[2].answer([0], true);
  assert.deepEqual([held("a"), held("b")], [[1], []]);
});

test("what is there already calls nothing off", async () => {
  const { asked, want } = opened();
  want("a", [1]);
  await asked[0].answer([0], true);
  want("b", [1]);
  want("a", [1]);
  assert.ok(!asked[1].signal.aborted);
});

test("what was refused or broke off may be asked again, without what came", async () => {
  const { sheets, asked, want, held } = opened();
  want("a", [1, 2]);
  await asked[0].end(false);
  assert.equal(sheets.find("a"), null);
  want("a", [1, 2]);
  assert.deepEqual(asked[1].question.missing, [1, 2]);
  await asked[1].answer([1], false);
  assert.deepEqual(held("a"), [2]);
  want("a", [1, 2]);
  assert.deepEqual(asked[2].question.missing, [1]);
});

test("of an answer with fewer stops than were asked for the others are not asked again", async () => {
  const { asked, want, held } = opened();
  want("a", [1, 2, 3]);
  await asked[0].answer([0, 2], true);
  want("a", [1, 2, 3]);
  assert.equal(asked.length, 1);
  assert.deepEqual(held("a"), [1, 3]);
  want("none", [1, 2]);
  await asked[1].end(true);
  want("none", [1, 2]);
  assert.equal(asked.length, 2);
});

test("stopping calls off what is under way and keeps what came; forgetting keeps nothing", async () => {
  const { sheets, asked, want, held } = opened();
  sheets.stop();
  want("a", [1, 2]);
  await asked[0].answer([0]);
  sheets.stop();
  assert.ok(asked[0].signal.aborted);
  assert.ok(!sheets.busy());
  assert.deepEqual(held("a"), [1]);
  want("b", [1]);
  sheets.forget();
  assert.ok(asked[1].signal.aborted);
  assert.deepEqual(sheets.facts(), { sheets: 0, bytes: 0 });
  await settled();
  await asked[1].answer([0]);
  assert.deepEqual(sheets.facts(), { sheets: 0, bytes: 0 });
});

test("eight sheets are kept, those used last", async () => {
  const { sheets, asked, want } = opened();
  for (const key of numbers(8)) {
    want(key, [1]);
    await asked[key].answer([0], true);
  }
  sheets.find(0);
  want(1, [1]);
  want(8, [1]);
  await asked[8].answer([0], true);
  assert.equal(sheets.facts().sheets, 8);
  assert.deepEqual(
    numbers(9).filter((key) => sheets.find(key) === null),
    [2],
  );
});

test("all sheets together hold 32 MB at most, the oldest go first", async () => {
  const { sheets, asked, want } = opened();
  for (const key of numbers(5)) {
    want(key, [1]);
    await asked[key].answer([0], true, 0, 9e6);
    assert.ok(sheets.facts().bytes <= 32e6);
  }
  assert.deepEqual(
    numbers(5).filter((key) => sheets.find(key) === null),
    [0, 1],
  );
  want("huge", [1]);
  await asked[5].answer([0], true, 0, 33e6);
  assert.deepEqual(sheets.facts(), { sheets: 0, bytes: 0 });
});

test("a sheet that would get more than 600 stops begins again, with all that is wanted", async () => {
  const { asked, want, held } = opened();
  want("a", numbers(400));
  await asked[0].answer(numbers(400), true);
  want("a", numbers(201, 300));
  assert.deepEqual(asked[1].question.missing, numbers(101, 400));
  await asked[1].answer(numbers(101), true);
  assert.equal(held("a").length, 501);
  want("a", numbers(201, 450));
  assert.deepEqual(asked[2].question.missing, numbers(201, 450));
  await asked[2].answer(numbers(201), true);
  assert.deepEqual(held("a"), numbers(201, 450));
});

test("heights over another floor don't stand beside those that came before", async () => {
  const { sheets, asked, want, held } = opened();
  want("a", [1, 2]);
  await asked[0].answer([0, 1], true, null);
  want("a", [1, 2, 3]);
  await asked[1].answer([0], true, -7);
  assert.equal(sheets.find("a").header.floor, -7);
  assert.deepEqual(held("a"), [3]);
  want("a", [1, 2, 3]);
  assert.deepEqual(asked[2].question.missing, [1, 2]);
});

test("a header in two pieces is waited for", async () => {
  const pieces = headerBytes({ floor: 2 });
  const fetchSheet = async (_question, _signal, onBytes) => {
    onBytes(pieces.slice(0, 9));
    onBytes(pieces.slice(9));
    onBytes(blockBytes(0));
    return true;
  };
  const sheets = createSheets({ fetchSheet });
  sheets.want("a", [5], () => null);
  await settled();
  assert.equal(sheets.find("a").header.floor, 2);
  assert.deepEqual([...sheets.find("a").blocks.keys()], [5]);
});

test("ten thousand wants and whatever is answered: bounded, one at a time, and what is held is what was asked", async () => {
  const below = random(11);
  let underway = 0;
  const fetchSheet = async ({ key, missing }, signal, onBytes) => {
    underway += 1;
    try {
      const outcome = below(6);
      if (outcome === 0) return false; // refused
      if (outcome === 1) return true; // unusable
      onBytes(headerBytes({ floor: key.length }));
      for (let place = 0; place < missing.length; place++) {
        if (below(3) === 0) await settled();
        if (signal.aborted) return false;
        if (below(40) === 0) return below(2) === 0; // broken off, or less than was asked for
        onBytes(blockBytes(place, below(200) === 0 ? 3e6 : 64));
      }
      return true;
    } finally {
      underway -= 1;
    }
  };
  const sheets = createSheets({ fetchSheet });
  const most = { sheets: 0, bytes: 0, stops: 0 };
  for (let k = 0; k < 10_000; k++) {
    const key = `slider ${below(4) === 0 ? k : below(12)}`;
    const values = numbers(1 + below(12), below(2000));
    sheets.want(key, values, (missing) => ({ key, missing }));
    if (below(50) === 0) sheets.stop();
    if (below(3) === 0) await settled();
    const facts = sheets.facts();
    most.sheets = Math.max(most.sheets, facts.sheets);
    most.bytes = Math.max(most.bytes, facts.bytes);
    const entry = sheets.find(key);
    if (entry === null) continue;
    most.stops = Math.max(most.stops, entry.asked.size);
    for (const value of entry.blocks.keys()) assert.ok(entry.asked.has(value), "a stop that nobody asked for");
    assert.ok(entry.blocks.size === 0 || entry.header.floor === key.length);
  }
  assert.ok(most.sheets <= 8 && most.bytes <= 32e6 && most.stops <= 600, JSON.stringify(most));
  assert.ok(most.sheets === 8 && most.bytes > 5e6, "the bounds were never near");
  sheets.stop();
  for (let k = 0; underway > 0 && k < 1000; k++) await settled();
  assert.equal(underway, 0);
  assert.ok(!sheets.busy());
});
