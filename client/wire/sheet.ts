// A sheet: the paths for every stop of a slider, as they come from the server. Written by
// fall_line/trajectories/sheet_encoding.py, where the format is told.

import type { Box } from "../experiment/experiment.ts";
import type { Reals } from "./base64.ts";
import { signed } from "./zigzag.ts";

const OUTSIDE = 65535;
const LEVELS = 65534;
const LOSS_SHIFT = 12; // digits of a float32 that were rounded away
const LOSS_MASK = (1 << 20) - 1;
const word = new DataView(new ArrayBuffer(4));

export interface Header {
  /** The runs that move. */
  readonly runs: readonly number[];
  readonly seeds: number;
  readonly steps: number;
  readonly box: Box;
  readonly floor: number | null;
}

/** The value at which a slider stops, or the name of the one stop that there is. */
export type Stop = number | string;

/** What has come of a sheet. The header comes before any block. */
export interface Received {
  header: Header | null;
  readonly blocks: Map<Stop, Uint8Array>;
  bytes: number;
}

export interface Sheet extends Received {
  /** Takes the bytes as they arrive and finds the blocks in them. */
  take(bytes: Uint8Array): void;
}

/** Where a path is read to: `row` is the first in both arrays. */
export interface Target {
  readonly points: Float32Array;
  readonly heights: Reals;
  readonly row: number;
}

/** What a block tells of a run: the step that is kept or -1, and the median seed. */
export interface RunOfStop {
  readonly kept: number;
  readonly middle: number;
}

/** Paths of one seed, all runs one after the other. */
export interface Unrolled {
  readonly points: Float32Array;
  readonly heights: Float32Array;
  readonly ends: number[];
  readonly runs: number;
  readonly steps: number;
}

/** A sheet for `values`, still without any of their blocks. */
export function createSheet(values: readonly Stop[]): Sheet {
  const sheet: Sheet = { header: null, blocks: new Map(), bytes: 0, take };
  let rest: Uint8Array = new Uint8Array(0);

  function take(bytes: Uint8Array): void {
    sheet.bytes += bytes.length;
    rest = joined(rest, bytes);
    let at = 0;
    for (let end = complete(at); end !== null; end = complete(at)) {
      keep(rest.subarray(at + 4, end));
      at = end;
    }
    rest = rest.slice(at);
  }

  function complete(at: number): number | null {
    if (rest.length - at < 4) return null;
    const end = at + 4 + viewOf(rest).getUint32(at, true);
    return end <= rest.length ? end : null;
  }

  // The first piece is the header, every other one a stop. A copy, so that it doesn't hold all that came with it.
  function keep(piece: Uint8Array): void {
    if (sheet.header === null) sheet.header = JSON.parse(new TextDecoder().decode(piece));
    else sheet.blocks.set(values[viewOf(piece).getUint32(0, true)], piece.slice(4));
  }

  return sheet;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/**
 * Reads the block of `value`, which has come, into the arrays that `target` gives, and tells what it says of each run.
 * Returns the last finite steps, ends[moving run][seed].
 */
export function read(
  sheet: Pick<Received, "header" | "blocks">,
  value: Stop,
  target: (run: number, seed: number) => Target,
  onRun: (run: number, told: RunOfStop) => void = () => {},
): number[][] {
  const [header, block] = [sheet.header!, sheet.blocks.get(value)!];
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

/** The paths of a sheet with one seed as arrays of their own. */
export function unrolled(sheet: Pick<Received, "header" | "blocks">, value: Stop): Unrolled {
  const { runs, steps } = sheet.header!;
  const [points, heights] = [2, 1].map((width) => new Float32Array(width * runs.length * (steps + 1)));
  const ends = read(sheet, value, (run) => ({ points, heights, row: runs.indexOf(run) * (steps + 1) }));
  return { points, heights, ends: ends.map(([end]) => end), runs: runs.length, steps };
}

function readPoints({ steps, box }: Header, planes: Uint8Array, outside: DataView, points: Float32Array): void {
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

function readHeights({ steps }: Header, planes: Uint8Array, heights: Reals): void {
  const rows = steps + 1;
  let bits = 0;
  for (let k = 0; k < rows; k++) {
    const at = 4 * rows + k;
    bits = (bits + signed((planes[at] << 16) | (planes[at + rows] << 8) | planes[at + 2 * rows])) & LOSS_MASK;
    word.setUint32(0, bits << LOSS_SHIFT);
    heights[k] = word.getFloat32(0);
  }
}
