// The arrows of the inspected step over the plot.

import { near, pixelMap, toPixel } from "../../drawing/geometry.ts";
import { clear, layerOver } from "../../drawing/layers.ts";
import { byId } from "../../shell/document.ts";
import { graph } from "../plots.ts";
import type { Kind, StepAnswer } from "./answer.ts";
import { type DrawnArrow, type DrawnSquare, factors, inPixels, type Pixel, sides } from "./arrow-sizes.ts";
import { type ArrowScene, drawArrows } from "./arrows.ts";
import { showLegend } from "./numbers.ts";
import { inspected, isBright, isSet, to } from "./state.ts";

const KINDS: readonly Kind[] = ["gradient", "asked", "memory", "update", "square"];

function colors(): Record<Kind | "paper", string> {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const entries = KINDS.map((kind) => [kind, read(`--arrow-${kind}`)]);
  return { ...Object.fromEntries(entries), paper: read("--paper") };
}

/**
 * Draws the answer's arrows, or none. `anew`: another step is drawn, or another line explained; a plot of another size
 * may need other factors too.
 */
export function drawStep(answer: StepAnswer | null, anew: boolean): void {
  const context = layerOver(graph(), "arrows");
  if (context !== null) clear(context);
  if (context === null || answer === null) return;
  const before = inspected.factors;
  const scene = sceneOf(answer);
  const other = Object.keys(inspected.factors).some((group) => inspected.factors[group] !== before[group]);
  if (anew || other) showLegend(byId("inspector-legend"), scene);
  drawArrows(context, scene);
}

function sceneOf({ point, looks, arrows, squares }: StepAnswer): ArrowScene {
  const { xaxis, yaxis } = graph()._fullLayout;
  const maps = { x: pixelMap(xaxis), y: pixelMap(yaxis) };
  const place = ([x, y]: readonly [number | null, number | null]): Pixel =>
    x === null || y === null ? [NaN, NaN] : [toPixel(maps.x, x), toPixel(maps.y, y)];
  const pixel = place(point);
  const style = { point: pixel, colors: colors(), bright: isBright };
  if (!pixel.every(near)) return { ...style, arrows: [], squares: [], looks: [], factors: {} };
  const drawn = inPixels(arrows, maps, isSet);
  const boxes = sides(squares, isSet);
  to.scaled(factors(lengths(drawn, boxes), inspected.factors));
  const ahead = looks.map(place).filter((one) => one.every(near));
  return { ...style, arrows: drawn, squares: boxes, looks: ahead, factors: inspected.factors };
}

function lengths(arrows: readonly DrawnArrow[], squares: readonly DrawnSquare[]) {
  return [
    ...arrows.map(({ group, by }) => ({ group, length: Math.hypot(...by) })),
    ...squares.map(({ group, sides: both }) => ({ group, length: Math.max(...both) * 1.6 })),
  ];
}
