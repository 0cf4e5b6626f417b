// An axis with the names that Plotly's have, by which client/drawing finds places on it.

import type { Axis } from "../dash/plotly.ts";

type Range = readonly [number, number];

export interface OwnAxis extends Axis {
  range: [number, number];
  type: "linear" | "log";
  /** The distance of numbers, or null where they are chosen. */
  step: number | null;
  /** From a value itself to pixels. */
  d2p(value: number): number;
}

/** An axis over `length()` pixels; upwards its least value has the greatest pixel. */
export function createAxis(length: () => number, upwards: boolean): OwnAxis {
  const axis: OwnAxis = {
    range: [0, 1],
    type: "linear",
    step: null,
    l2p: (value) => toPixel(axis.range, length(), upwards, value),
    p2l: (pixel) => toValue(axis.range, length(), upwards, pixel),
    d2p: (value) => axis.l2p(axis.type === "log" ? Math.log10(value) : value),
  };
  return axis;
}

function toPixel([low, high]: Range, length: number, upwards: boolean, value: number): number {
  const along = ((value - low) / (high - low)) * length;
  return upwards ? length - along : along;
}

function toValue([low, high]: Range, length: number, upwards: boolean, pixel: number): number {
  return low + ((upwards ? length - pixel : pixel) / length) * (high - low);
}
