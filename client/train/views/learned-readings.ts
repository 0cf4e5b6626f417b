// What has been learned, in numbers and words.

import { shortly } from "../../experiment/scales.ts";
import { cellAt } from "./confusion.ts";
import { toldAt } from "./decision-map.ts";
import { curveAt, shareAt } from "./fitted-curve.ts";
import { judged, type Learned, type LearnedRun } from "./learned-answer.ts";
import type { Place } from "./place.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

const rough = (value: number): string => shortly(Number(value.toPrecision(2)));
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** How well a run does on the points by which it is judged, when its weights are those of the step that is told. */
export function captionOf(learned: Learned, run: LearnedRun, asked: number): string {
  const { loss, accuracy } = run[judged(learned)];
  const step = run.step === asked ? "" : ` at step ${run.step}`;
  if (loss === null || Number.isNaN(loss)) return `not finite${step}`;
  const right = accuracy === null ? "" : `${percent(accuracy)} right, `;
  return `${right}loss ${shortly(Number(loss.toPrecision(3)))}${step}`;
}

/** What a run says at a place: shares of the picture's width and height from the top left. */
export function readingAt(learned: Learned, run: LearnedRun, { x, y }: Place, { width, height }: Size): string {
  if (learned.kind === "map") {
    const { class: told, value } = toldAt(learned, run, x, 1 - y);
    if (Number.isNaN(value)) return "NaN";
    return told < 0 ? shortly(value) : `${learned.classes[told]} ${percent(value)}`;
  }
  if (learned.kind === "curve") return shortly(curveAt(run, shareAt(x * width, width)));
  if (learned.kind === "values" || run.counts === null) return "";
  const counts = run.counts[judged(learned)];
  const cell = cellAt(counts.length, x * width, y * height, width, height);
  if (cell === null) return "";
  const all = counts[cell[0]].reduce((sum, one) => sum + one, 0);
  return `${counts[cell[0]][cell[1]]} of ${all}`;
}

/** Which place that is. */
export function placeWords(learned: Learned, { x, y }: Place, { width, height }: Size): string {
  const { kind, view, classes } = learned;
  const along = (axis: number, share: number) => view!.low[axis] + share * (view!.high[axis] - view!.low[axis]);
  const rounded = (value: number) => shortly(Number(value.toFixed(3)));
  if (kind === "map") return `At x ${rounded(along(0, x))}, y ${rounded(along(1, 1 - y))}`;
  if (kind === "curve") return `At x ${rounded(along(0, shareAt(x * width, width)))}`;
  if (kind === "values") return "";
  const cell = cellAt(classes.length, x * width, y * height, width, height);
  return cell === null ? "" : `Right: ${classes[cell[0]]}, told: ${classes[cell[1]]}`;
}

/** What is seen in the pictures. */
export function explanationOf(learned: Learned): string {
  const { kind, loss, classes, points } = learned;
  const back = points.validation.count > 0;
  if (kind === "map" && loss === "squared")
    return `Colour: the network’s value; a point has its right one${back ? ", with a dark edge if it is kept back" : ""}.`;
  if (kind === "map") {
    const two = loss === "logistic";
    const shapes = two ? `Disc: ${classes[0]}, square: ${classes[1]}` : "Colour: the likeliest class";
    return `${shapes}${back ? "; hollow: kept back" : ""}.${two ? " Line: both as likely." : ""}`;
  }
  if (kind === "curve") return `Line: what the network says. Dots: points${back ? "; rings: points kept back" : ""}.`;
  if (kind === "values")
    return `Across: what is right, up: what is told${back ? "; rings: points kept back" : ""}. On the line both agree.`;
  const of = back ? `${points.validation.count} points kept back` : `${points.training.count} points`;
  const pictures = learned.image === null ? "" : " Below: the weights into each neuron of the first layer.";
  return `Rows: right, columns: told, of ${of}.${pictures}`;
}

/** The ends of the colour scale, or null where colours don't follow one. */
export function scaleEnds({ kind, loss, classes, image, points }: Learned, end: number): [string, string] | null {
  if (kind === "map" && loss === "logistic") return [classes[0], classes[1]];
  if (kind === "map" && loss === "squared") {
    const all = [...points.training.right, ...points.validation.right].filter(Number.isFinite);
    return [`≤ ${rough(Math.min(...all))}`, `≥ ${rough(Math.max(...all))}`];
  }
  return image === null ? null : [`≤ ${rough(-end)}`, `≥ ${rough(end)}`];
}
