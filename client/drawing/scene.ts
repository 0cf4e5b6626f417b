// What an overlay draws.

import type { Palette, Point } from "../experiment/experiment.ts";
import type { Reals } from "../wire/base64.ts";
import { type Maps, toPixel } from "./geometry.ts";
import type { Band } from "./quartiles.ts";
import { look } from "./styles.ts";

export interface Scene {
  /** Of all runs, one after the other. */
  readonly polylines: Reals;
  readonly steps: number;
  readonly time: number;
  /** The last step of each run that can be drawn. */
  readonly ends: readonly number[];
  /** Whether a run stopped being finite. */
  readonly stopped: readonly boolean[];
  readonly styles: readonly number[];
  /** The runs to draw, the topmost last. */
  readonly order: readonly number[];
  readonly highlight: number | null;
  readonly palette: Pick<Palette, "runs" | "ink" | "paper">;
  /** In pixels, if it isn't the usual. */
  readonly lineWidth?: number;
  /** The paths of all seeds: those of the first run, then those of the next. */
  readonly fan?: {
    readonly polylines: Reals;
    readonly seeds: number;
    readonly ends: readonly number[];
  } | null;
  /** What lies between the quartiles of all seeds, in a plot of losses. */
  readonly band?: Band | null;
  /** The steps that runs go back to. */
  readonly kept?: readonly (number | null)[];
  /** While something moves: how many pieces of all paths are drawn, each path from its start; the rest follows at rest. */
  readonly most?: number;
  /** The runs that are drawn above the others. */
  readonly apart?: readonly number[];
}

/** A scene over the axes of a plot. */
export interface Placed extends Scene {
  readonly maps: Maps;
}

const LINE = 2; // pixels
const DIMMED = 0.22;

/** Where step `k` of a run is drawn. */
export function pixels(scene: Placed, run: number, k: number): Point {
  const at = 2 * (run * (scene.steps + 1) + k);
  return [toPixel(scene.maps.x, scene.polylines[at]), toPixel(scene.maps.y, scene.polylines[at + 1])];
}

/** How opaque a run is beside one that stands out. */
export function opacity(scene: Scene, run: number): number {
  return scene.highlight === null || scene.highlight === run ? 1 : DIMMED;
}

export function colorOf(scene: Scene, run: number): string {
  return look(scene.styles[run], scene.palette).color;
}

export function lineWidth(scene: Scene): number {
  return scene.lineWidth ?? LINE;
}
