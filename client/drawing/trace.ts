// A path on a canvas with no more pieces than can be seen, however many steps it has.

import type { Point } from "../experiment/experiment.ts";
import { segment } from "./segment.ts";

const FINE = 0.25; // pixels: steps that lie closer together are one
const COLUMN = 0.5; // pixels: how wide a column of a curve is
const MANY = 1000; // steps: of fewer each is drawn

type Context = CanvasRenderingContext2D;
type PointAt = (k: number) => Point;

/** Adds the path from one step to another to the context's, `most` pieces of it at most. Returns how long they are. */
export function trace(context: Context, pointAt: PointAt, from: number, to: number, most = Infinity): number {
  const fine = to - from > MANY ? FINE : 0;
  let [ax, ay] = pointAt(from);
  let [length, pieces] = [0, 0];
  context.moveTo(ax, ay);
  for (let k = from + 1; k <= to && pieces < most; k++) {
    const [bx, by] = pointAt(k);
    if (k < to && Math.abs(bx - ax) < fine && Math.abs(by - ay) < fine) continue;
    segment(context, ax, ay, bx, by);
    length += Math.hypot(bx - ax, by - ay);
    pieces += 1;
    [ax, ay] = [bx, by];
  }
  return length;
}

/** The same for a curve over the steps: where many share a column, only where it enters, turns and leaves. */
export function traceCurve(context: Context, pointAt: PointAt, from: number, to: number): number {
  if (to - from <= MANY) return trace(context, pointAt, from, to);
  const kept = turns(pointAt, from, to);
  return trace(context, (k) => pointAt(kept[k]), 0, kept.length - 1);
}

// The steps at which a curve enters a column, is lowest and highest in it, and leaves it.
function turns(pointAt: PointAt, from: number, to: number): number[] {
  const kept: number[] = [];
  let [first, low, high, left] = [from, from, from, pointAt(from)[0]];
  const keep = (last: number) => {
    for (const step of [first, Math.min(low, high), Math.max(low, high), last])
      if (step !== kept[kept.length - 1]) kept.push(step);
  };
  let [top, bottom] = [pointAt(from)[1], pointAt(from)[1]];
  for (let k = from + 1; k <= to; k++) {
    const [x, y] = pointAt(k);
    if (x - left >= COLUMN) {
      keep(k - 1);
      [first, low, high, left, top, bottom] = [k, k, k, x, y, y];
    } else if (y < top) [high, top] = [k, y];
    else if (y > bottom) [low, bottom] = [k, y];
  }
  keep(to);
  return kept;
}
