// How long arrows and squares of the step inspector are on the screen.

import type { PixelMap } from "../../drawing/geometry.ts";
import { toPixel } from "../../drawing/geometry.ts";
import type { StepArrow, StepSquare } from "./answer.ts";

const SHORT = 36; // pixels: outside these an arrow's factor is chosen anew
const LONG = 130;
const WANTED = 70;

export type Pixel = readonly [number, number];

/** An arrow in pixels of the plot: it leads from `from` by `by`, times its group's factor. */
export interface DrawnArrow extends StepArrow {
  readonly group: string;
  readonly from: Pixel;
  readonly by: Pixel;
}

/** Two squares whose sides are in pixels, before its group's factor: the square of a side is the value. */
export interface DrawnSquare extends StepSquare {
  readonly group: string;
  readonly sides: readonly number[];
}

interface Length {
  readonly group: string;
  readonly length: number;
}

type Factors = Readonly<Record<string, number>>;

/** The greatest of 1, 2, 5 times a power of ten that isn't above `value`. */
export function nice(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const lead = value / power + 1e-9;
  return Number(((lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power).toPrecision(1));
}

/** The factor for something `length` pixels long: the one it has as long as it can be seen so, else another. */
export function heldFactor(length: number, held = 1): number {
  if (!(length > 0) || !Number.isFinite(length)) return held;
  if (length * held >= SHORT && length * held <= LONG) return held;
  return nice(WANTED / length);
}

/** The factors of all groups: gradients share one, each part of the memory and the update have their own. */
export function factors(lengths: readonly Length[], held: Factors): Factors {
  const longest: Record<string, number> = {};
  for (const { group, length } of lengths) longest[group] = Math.max(longest[group] || 0, length);
  return Object.fromEntries(Object.entries(longest).map(([group, length]) => [group, heldFactor(length, held[group])]));
}

export function groupOf({ kind, key }: Pick<StepArrow, "kind" | "key">): string {
  return kind === "asked" ? "gradient" : key;
}

function finite(vector: unknown): boolean {
  return Array.isArray(vector) && vector.every((one) => typeof one === "number" && Number.isFinite(one));
}

/** The step's arrows in pixels. Once a line of the explanation has set a memory, its new value is drawn. */
export function inPixels(
  arrows: readonly StepArrow[],
  maps: { readonly x: PixelMap; readonly y: PixelMap },
  isSet: (key: string) => boolean,
): DrawnArrow[] {
  return arrows.flatMap((arrow) => {
    const vector = isSet(arrow.key) && arrow.later ? arrow.later : arrow.vector;
    if (!finite(arrow.at) || !finite(vector)) return [];
    const from: Pixel = [toPixel(maps.x, arrow.at[0]), toPixel(maps.y, arrow.at[1])];
    return [{ ...arrow, group: groupOf(arrow), from, by: [maps.x.unit * vector[0], maps.y.unit * vector[1]] }];
  });
}

/** The sides of all squares. */
export function sides(squares: readonly StepSquare[], isSet: (key: string) => boolean): DrawnSquare[] {
  return squares.flatMap((one) => {
    const values = isSet(one.key) && one.later ? one.later : one.values;
    if (!finite(values) || values.some((value) => value < 0)) return [];
    return [{ ...one, group: one.key, sides: values.map(Math.sqrt) }];
  });
}
