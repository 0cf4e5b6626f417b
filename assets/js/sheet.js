// A sheet: the paths for every stop of a slider, as they come from the server. Written by
// fall_line/trajectories/sheet_encoding.py, where the format is told.
(function (root) {
  "use strict";

  const OUTSIDE = 65535;
  const LEVELS = 65534;
  const LOSS_SHIFT = 12; // digits of a float32 that were rounded away
  const LOSS_MASK = (1 << 20) - 1;
  const word = new DataView(new ArrayBuffer(4));

  // Takes the bytes as they arrive and finds the blocks in them.
  function createSheet(values) {
    const sheet = { values, header: null, blocks: new Map(), bytes: 0 };
    let rest = new Uint8Array(0);

    function take(bytes) {
      sheet.bytes += bytes.length;
      rest = rest.length === 0 ? bytes : joined(rest, bytes);
      let at = 0;
      for (let end = complete(at); end !== null; end = complete(at)) {
        keep(rest.subarray(at + 4, end));
        at = end;
      }
      rest = rest.slice(at);
    }

    function complete(at) {
      if (rest.length - at < 4) return null;
      const end = at + 4 + viewOf(rest).getUint32(at, true);
      return end <= rest.length ? end : null;
    }

    // The first piece is the header, every other one a stop. A copy, so that it doesn't hold all that came with it.
    function keep(piece) {
      if (sheet.header === null) sheet.header = JSON.parse(new TextDecoder().decode(piece));
      else sheet.blocks.set(values[viewOf(piece).getUint32(0, true)], piece.slice(4));
    }

    return Object.assign(sheet, { take });
  }

  function viewOf(bytes) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  function joined(first, second) {
    const both = new Uint8Array(first.length + second.length);
    both.set(first);
    both.set(second, first.length);
    return both;
  }

  // Reads the block of one value into the arrays that `target(run, seed)` gives, {points, heights, row: the first}, and
  // tells `onRun(run, {kept, middle})`. Returns the last finite steps, ends[moving run][seed].
  function read({ header, blocks }, value, target, onRun = () => {}) {
    const block = blocks.get(value);
    const view = viewOf(block);
    let at = 0;
    return header.runs.map((run) => {
      onRun(run, { kept: view.getInt32(at, true), middle: view.getUint32(at + 4, true) });
      at += 8;
      return Array.from({ length: header.seeds }, (_, seed) => {
        const end = view.getInt32(at, true);
        const outside = view.getUint32(at + 4, true);
        const { points, heights, row } = target(run, seed);
        const planes = block.subarray(at + 8, at + 8 + 7 * (header.steps + 1));
        at += 8 + planes.length;
        readPoints(header, planes, viewOf(block.subarray(at, at + 8 * outside)), points.subarray(2 * row));
        readHeights(header, planes, heights.subarray(row));
        at += 8 * outside;
        return end;
      });
    });
  }

  // The paths of a sheet with one seed as arrays of their own, all runs one after the other.
  function unrolled(entry, value) {
    const { runs, steps } = entry.header;
    const [points, heights] = [2, 1].map((width) => new Float32Array(width * runs.length * (steps + 1)));
    const ends = read(entry, value, (run) => ({ points, heights, row: runs.indexOf(run) * (steps + 1) }));
    return { points, heights, ends: ends.map(([end]) => end), runs: runs.length, steps };
  }

  function readPoints({ steps, box }, planes, outside, points) {
    const [xLow, xHigh, yLow, yHigh] = box;
    const [xStep, yStep] = [(xHigh - xLow) / LEVELS, (yHigh - yLow) / LEVELS];
    const rows = steps + 1;
    let [x, y, out] = [0, 0, 0];
    for (let k = 0; k < rows; k++) {
      x = (x + signed((planes[k] << 8) | planes[rows + k])) & OUTSIDE;
      y = (y + signed((planes[2 * rows + k] << 8) | planes[3 * rows + k])) & OUTSIDE;
      const written = x === OUTSIDE;
      points[2 * k] = written ? outside.getFloat32(out, true) : xLow + x * xStep;
      points[2 * k + 1] = written ? outside.getFloat32(out + 4, true) : yLow + y * yStep;
      if (written) out += 8;
    }
  }

  function readHeights({ steps }, planes, heights) {
    const rows = steps + 1;
    let bits = 0;
    for (let k = 0; k < rows; k++) {
      const at = 4 * rows + k;
      bits = (bits + signed((planes[at] << 16) | (planes[at + rows] << 8) | planes[at + 2 * rows])) & LOSS_MASK;
      word.setUint32(0, bits << LOSS_SHIFT);
      heights[k] = word.getFloat32(0);
    }
  }

  // 0, 1, 2, 3 → 0, −1, 1, −2
  function signed(zigzag) {
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  const sheet = { createSheet, read, unrolled };
  root.fallLine = Object.assign(root.fallLine || {}, { sheet });
  if (typeof module !== "undefined") module.exports = sheet;
})(typeof window === "undefined" ? globalThis : window);
