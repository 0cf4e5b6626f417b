// Heights on a grid, as fall_line/figures/grid_encoding.py writes them, where the format is told.

/** What the server sends of a grid. */
export interface EncodedGrid {
  readonly rows: number;
  readonly columns: number;
  /** Bytes in base64. */
  readonly planes: string;
  /** Heights that are no number, or too great to be written like the others. */
  readonly outside: readonly (number | null)[];
}

const UNIT = 1024;
const BITS = 24;
const MARK = 2 ** (BITS - 1) - 1;

/** The rows of the grid. */
export function decodedGrid({ rows, columns, planes, outside }: EncodedGrid): Float32Array[] {
  const numbers = wholeNumbers(bytesOf(planes), rows, columns);
  let next = 0;
  const height = (whole: number) => (whole === MARK ? (outside[next++] ?? Number.NaN) : whole / UNIT);
  return Array.from({ length: rows }, (_, row) =>
    Float32Array.from(numbers.subarray(row * columns, (row + 1) * columns), height),
  );
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
}

// Each number is the sum of its difference and of what was before it, along the row and along the column.
function wholeNumbers(bytes: Uint8Array, rows: number, columns: number): Int32Array {
  const size = rows * columns;
  const numbers = new Int32Array(size);
  for (let row = 0; row < rows; row++) {
    let along = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      along += signed((bytes[at] << 16) | (bytes[size + at] << 8) | bytes[2 * size + at]);
      numbers[at] = wrapped(along + (row > 0 ? numbers[at - columns] : 0));
    }
  }
  return numbers;
}

const signed = (zigzag: number): number => (zigzag >>> 1) ^ -(zigzag & 1);

// Modulo 2^24, with its sign.
const wrapped = (value: number): number => (value << (32 - BITS)) >> (32 - BITS);
