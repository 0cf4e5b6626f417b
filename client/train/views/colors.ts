// The colours of what networks have learned. The runs' colours mean runs, so that classes and signs have their own: two
// that colour-blind readers can tell apart, and between them the paper.

import type { Palette } from "../../experiment/experiment.ts";

export type Color = readonly [red: number, green: number, blue: number];

export interface ViewColors {
  readonly ink: string;
  /** Of numbers on coloured ground. */
  readonly strong: string;
  readonly faint: string;
  readonly paper: Color;
  /** Towards low values, or the first of two classes; and towards high ones, or the second. */
  readonly low: Color;
  readonly high: Color;
  /** Marks of points, as dark as the ground allows. */
  readonly marks: readonly [low: string, high: string];
}

const LIGHT = {
  low: [94, 170, 168],
  high: [224, 170, 84],
  marks: ["#0b5f5c", "#8a4d00"],
  strong: "#14181e",
} as const;
const DARK = {
  low: [38, 116, 116],
  high: [152, 102, 34],
  marks: ["#8fe0dc", "#ffd08a"],
  strong: "#f4f6f8",
} as const;

/** A colour written as #rrggbb. */
export function parsed(color: string): Color {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return [red, green, blue];
}

/** The colours that go with a palette. */
export function viewColors({ ink, faint, paper }: Pick<Palette, "ink" | "faint" | "paper">): ViewColors {
  const ground = parsed(paper);
  const dark = ground[0] + ground[1] + ground[2] < 384;
  return { ink, faint, paper: ground, ...(dark ? DARK : LIGHT) };
}

/** From `a` to `b` by a share of 0 to 1. */
export function mixed(a: Color, b: Color, share: number): Color {
  const at = Math.min(1, Math.max(0, share));
  return [a[0] + at * (b[0] - a[0]), a[1] + at * (b[1] - a[1]), a[2] + at * (b[2] - a[2])];
}

/** The colour of a share of 0 to 1: low, the paper in the middle, high. */
export function diverging({ low, high, paper }: ViewColors, share: number): Color {
  return share < 0.5 ? mixed(paper, low, 1 - 2 * share) : mixed(paper, high, 2 * share - 1);
}

/** The colour of one of several classes: hues around the circle, as light as the two. */
export function ofClass({ paper }: ViewColors, index: number, classes: number): Color {
  const hue = (360 * index) / classes;
  const part = (shift: number) => {
    const at = (shift + hue / 30) % 12;
    return 0.58 - 0.3 * Math.max(-1, Math.min(at - 3, 9 - at, 1));
  };
  return mixed([255 * part(0), 255 * part(8), 255 * part(4)], paper, 0.25);
}

/** As a canvas and a style sheet want it. */
export const css = ([red, green, blue]: Color): string =>
  `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;

/** As an image holds a pixel. */
export const packed = ([red, green, blue]: Color): number =>
  ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
