// Heights on a grid, as fall_line/explanations/grid_encoding.py writes them, where the format is told.

import { bytes, floats } from "./base64.ts";
import { signed } from "./zigzag.ts";

/** What the server sends of a grid. */
export interface EncodedGrid {
  readonly rows: number;
  readonly columns: number;
  /** High, middle and low bytes, in base64 or as they are. */
  readonly planes: string | Uint8Array;
  /** Heights that are no number, or too great to be written like the others: float32 in base64, or as bytes. */
  readonly outside: string | Uint8Array<ArrayBuffer>;
}

const UNIT = 1024;
const BITS = 24;
const MARK = 2 ** (BITS - 1) - 1;

/** The rows of the grid. */
export function decodedGrid({ rows, columns, planes, outside }: EncodedGrid): Float32Array[] {
  const numbers = wholeNumbers(typeof planes === "string" ? bytes(planes) : planes, rows, columns);
  const others = typeof outside === "string" ? floats(outside) : new Float32Array(outside.buffer);
  let next = 0;
  const height = (whole: number) => (whole === MARK ? others[next++] : whole / UNIT);
  return Array.from({ length: rows }, (_, row) =>
    Float32Array.from(numbers.subarray(row * columns, (row + 1) * columns), height),
  );
}

// Each number is the sum of its difference and of what was before it, along the row and along the column.
function wholeNumbers(all: Uint8Array, rows: number, columns: number): Int32Array {
  const size = rows * columns;
  const numbers = new Int32Array(size);
  for (let row = 0; row < rows; row++) {
    let along = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      along += signed((all[at] << 16) | (all[size + at] << 8) | all[2 * size + at]);
      numbers[at] = wrapped(along + (row > 0 ? numbers[at - columns] : 0));
    }
  }
  return numbers;
}

// Modulo 2^24, with its sign.
const wrapped = (value: number): number => (value << (32 - BITS)) >> (32 - BITS);
