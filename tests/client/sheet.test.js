// A sheet is read from bytes that come cut anywhere; the writer here follows the format's description.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createSheet, read, unrolled } from "../../client/wire/sheet.ts";

const BOX = [-3, 3, 10, 70];

function random(seed) {
  let state = seed;
  return (below) => Math.floor(((state = (state * 16807) % 2147483647) / 2147483647) * below);
}

// ---- a writer ----

function number(write, value) {
  const bytes = Buffer.alloc(4);
  bytes[write](value);
  return bytes;
}

const u32 = (value) => number("writeUInt32LE", value);
const i32 = (value) => number("writeInt32LE", value);
const f32 = (value) => number("writeFloatLE", value);
const framed = (bytes) => Buffer.concat([u32(bytes.length), bytes]);

// Differences to the one before, modulo 2^bits, as 0, 1, 2, 3 for 0, −1, 1, −2.
function zigzag(codes, bits) {
  const span = 2 ** bits;
  return codes.map((code, k) => {
    const difference = ((((code - (k ? codes[k - 1] : 0) + span / 2) % span) + span) % span) - span / 2;
    return difference < 0 ? -2 * difference - 1 : 2 * difference;
  });
}

function planes(x, y, loss) {
  const [xs, ys, losses] = [zigzag(x, 16), zigzag(y, 16), zigzag(loss, 20)];
  const byte = (values, shift) => Buffer.from(values.map((value) => (value >> shift) & 255));
  const pairs = [
    [xs, 8],
    [xs, 0],
    [ys, 8],
    [ys, 0],
    [losses, 16],
    [losses, 8],
    [losses, 0],
  ];
  return Buffer.concat(pairs.map(([values, shift]) => byte(values, shift)));
}

// A path is {end, x, y, loss, written}: codes, and for each code 65535 the numbers written out.
function pathBytes({ end, x, y, loss, written }) {
  const numbers = written.flat().map(f32);
  return Buffer.concat([i32(end), u32(written.length), planes(x, y, loss), ...numbers]);
}

function blockBytes(place, runs) {
  const told = runs.map(({ kept, middle, paths }) => Buffer.concat([i32(kept), u32(middle), ...paths.map(pathBytes)]));
  return framed(Buffer.concat([u32(place), ...told]));
}

function headerBytes(header) {
  return framed(Buffer.from(JSON.stringify(header)));
}

// ---- what is written at random ----

function randomPath(below, rows) {
  const codes = () => Array.from({ length: rows }, () => below(65535));
  const [x, y] = [codes(), codes()];
  const written = [];
  for (let k = 0; k < rows; k++) {
    if (below(4) !== 0) continue;
    x[k] = y[k] = 65535;
    written.push([[NaN, Infinity, -Infinity, 1e30, -7.25][below(5)], below(1000) - 500]);
  }
  return { end: below(rows + 1) - 1, x, y, loss: Array.from({ length: rows }, () => below(2 ** 20)), written };
}

function randomSheet(seed) {
  const below = random(seed);
  const header = {
    runs: [[0], [2], [0, 1, 3]][below(3)],
    seeds: 1 + below(3),
    steps: 1 + below(9),
    box: BOX,
    floor: null,
  };
  const values = Array.from({ length: 1 + below(5) }, (_, k) => 0.5 + k / 3);
  const stops = values.map(() =>
    header.runs.map(() => ({
      kept: below(5) - 1,
      middle: below(header.seeds),
      paths: Array.from({ length: header.seeds }, () => randomPath(below, header.steps + 1)),
    })),
  );
  const order = values.map((_, k) => k).sort(() => below(3) - 1);
  const bytes = Buffer.concat([headerBytes(header), ...order.map((place) => blockBytes(place, stops[place]))]);
  return { header, values, stops, bytes, below };
}

function expectedPoints({ x, y, written }) {
  let out = 0;
  return x.flatMap((code, k) => {
    if (code === 65535) return written[out++].map(Math.fround);
    return [BOX[0] + (code * 6) / 65534, BOX[2] + (y[k] * 60) / 65534];
  });
}

function expectedHeights({ loss }) {
  return loss.map((bits) => new Float32Array(new Uint32Array([bits * 4096]).buffer)[0]);
}

function near(got, expected) {
  got.forEach((value, k) => {
    const close = Math.abs(value - expected[k]) <= 1e-6 * Math.abs(expected[k]) + 1e-6;
    assert.ok(Object.is(value, expected[k]) || close, `${value} at ${k}, not ${expected[k]}`);
  });
}

function checkStop(sheet, { header, values, stops }, place) {
  const { runs, seeds, steps } = header;
  const rows = steps + 1;
  const first = 2; // rows that belong to others
  const points = new Float32Array(2 * (runs.length * seeds * rows + first)).fill(99);
  const heights = new Float32Array(runs.length * seeds * rows + first).fill(99);
  const told = [];
  const row = (run, seed) => first + (runs.indexOf(run) * seeds + seed) * rows;
  const target = (run, seed) => ({ points, heights, row: row(run, seed) });
  const ends = read(sheet, values[place], target, (run, one) => told.push([run, one.kept, one.middle]));
  assert.deepEqual(
    ends,
    stops[place].map(({ paths }) => paths.map(({ end }) => end)),
  );
  assert.deepEqual(
    told,
    stops[place].map(({ kept, middle }, k) => [runs[k], kept, middle]),
  );
  assert.deepEqual(
    [[...points.slice(0, 4)], [...heights.slice(0, 2)]],
    [
      [99, 99, 99, 99],
      [99, 99],
    ],
  );
  runs.forEach((run, k) =>
    stops[place][k].paths.forEach((path, seed) => {
      const at = row(run, seed);
      near(points.subarray(2 * at, 2 * (at + rows)), expectedPoints(path));
      assert.deepEqual([...heights.subarray(at, at + rows)], expectedHeights(path));
    }),
  );
}

// ---- tests ----

test("bytes cut anywhere give the same sheet as all at once", () => {
  for (let seed = 1; seed <= 120; seed++) {
    const made = randomSheet(seed);
    const { values, bytes, below } = made;
    const sheet = createSheet(values);
    const most = [1, 3, 40, bytes.length][below(4)];
    for (let at = 0; at < bytes.length; ) {
      const piece = new Uint8Array(bytes.subarray(at, (at += 1 + below(most))));
      sheet.take(piece);
      piece.fill(170); // what carried the bytes may be used again
    }
    assert.equal(sheet.bytes, bytes.length);
    assert.deepEqual(sheet.header, made.header);
    assert.deepEqual([...sheet.blocks.keys()].sort(), values);
    values.forEach((_, place) => checkStop(sheet, made, place));
  }
});

test("a stop can be read as soon as its last byte is there, and not before", () => {
  const made = randomSheet(5);
  const sheet = createSheet(made.values);
  const ends = [];
  for (let at = 0; at < made.bytes.length; at += 4 + made.bytes.readUInt32LE(at)) ends.push(at);
  made.bytes.forEach((byte, k) => {
    sheet.take(Uint8Array.of(byte));
    const whole = [...ends.slice(1), made.bytes.length].filter((end) => end <= k + 1).length;
    assert.equal((sheet.header ? 1 : 0) + sheet.blocks.size, whole);
  });
});

test("empty pieces and a piece in the middle of a longer array are taken as they are", () => {
  const made = randomSheet(9);
  const sheet = createSheet(made.values);
  const around = new Uint8Array(made.bytes.length + 20).fill(255);
  around.set(made.bytes, 10);
  sheet.take(new Uint8Array(0));
  sheet.take(around.subarray(10, 13));
  sheet.take(new Uint8Array(0));
  sheet.take(around.subarray(13, 10 + made.bytes.length));
  made.values.forEach((_, place) => checkStop(sheet, made, place));
});

test("what is kept of a sheet is not longer than what is read of it", () => {
  const made = randomSheet(12);
  const sheet = createSheet(made.values);
  sheet.take(new Uint8Array(made.bytes));
  const kept = [...sheet.blocks.values()];
  for (const block of kept) assert.equal(block.buffer.byteLength, block.length);
});

test("edges of the box, and every value that a loss may have", () => {
  const loss = [0, 2 ** 20 - 1, 0x7f800, 0xff800, 0x3f800, 0x80000];
  const path = { end: 3, x: [0, 65534, 0, 65534, 1, 65533], y: [65534, 0, 65534, 0, 1, 2], loss, written: [] };
  const header = { runs: [0], seeds: 1, steps: 5, box: BOX, floor: 0 };
  const sheet = createSheet([1]);
  sheet.take(
    new Uint8Array(Buffer.concat([headerBytes(header), blockBytes(0, [{ kept: -1, middle: 0, paths: [path] }])])),
  );
  const { points, heights, ends, runs, steps } = unrolled(sheet, 1);
  assert.deepEqual([...points.slice(0, 8)], [-3, 70, 3, 10, -3, 70, 3, 10]);
  assert.deepEqual([...heights], [0, NaN, Infinity, -Infinity, 1, -0]);
  assert.deepEqual([ends, runs, steps], [[3], 1, 5]);
});

test("unrolled paths stand one run after the other, whatever the runs' numbers are", () => {
  const below = random(3);
  const header = { runs: [4, 1], seeds: 1, steps: 6, box: BOX, floor: 0 };
  const paths = header.runs.map(() => randomPath(below, 7));
  const sheet = createSheet(["at most"]);
  const block = blockBytes(
    0,
    paths.map((path) => ({ kept: 0, middle: 0, paths: [path] })),
  );
  sheet.take(new Uint8Array(Buffer.concat([headerBytes(header), block])));
  const got = unrolled(sheet, "at most");
  near(got.points, paths.flatMap(expectedPoints));
  assert.deepEqual([...got.heights], paths.flatMap(expectedHeights));
  assert.deepEqual([got.ends, got.runs], [paths.map(({ end }) => end), 2]);
});
