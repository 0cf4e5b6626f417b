// What became of a run that the browser has walked. The Python twin, which says why, is fall_line/explanations/outcome.py.

import { general, signed } from "./number-text.ts";
import type { Landscape } from "./walk.ts";

/** x, y and loss. */
export type Minimum = readonly [number, number, number];
type Place = readonly [number, number];

/** By what paths are judged. */
export interface Ground {
  /** J, without noise. */
  readonly landscape: Landscape;
  /** The lowest first. */
  readonly minima: readonly Minimum[];
  /** x_low, x_high, y_low, y_high of what is the picture. */
  readonly frame: readonly [number, number, number, number];
  /** Of the surface's domain. */
  readonly diagonal: number;
  /** The surface's typical slope. */
  readonly steepness: number;
}

export interface Outcome {
  readonly kind: "reached" | "settled" | "circling" | "moving" | "outside" | "not_finite";
  readonly short: string;
  readonly sentence: string;
}

const NEAR = 5e-3; // of the diagonal: at a minimum
const STILL = 1e-3; // of the diagonal: not moving
const FLAT = 1e-3; // of the surface's typical slope: no slope

/** What became of the run with these `points`, whose last finite one is that of step `end`. */
export function outcomeOf(ground: Ground, points: Float64Array, end: number): Outcome {
  const path = Array.from({ length: end + 1 }, (_, k): Place => [points[2 * k], points[2 * k + 1]]);
  if (2 * path.length < points.length) return notFinite(path, end);
  const outside = path.map((place) => !within(ground.frame, place));
  const left = outside.indexOf(true);
  const back = outside.lastIndexOf(true) + 1;
  if (left >= 0 && back === path.length) return gone(path, left);
  const found = ending(ground, path);
  if (left < 0) return found;
  const aside = ` On the way it left the view at step ${left} and was back for good at step ${back}.`;
  return { ...found, short: `${found.short} (left the view, came back)`, sentence: found.sentence + aside };
}

/** The same outcome of a run that goes back to its best point, that of step `kept`, at its end. */
export function goingBack(found: Outcome, points: Float64Array, kept: number): Outcome {
  const best = placeWords([points[2 * kept], points[2 * kept + 1]]);
  return {
    ...found,
    sentence: `${found.sentence} At the end it goes back to its best point, ${best} of step ${kept}.`,
  };
}

/** The same outcome of a run whose path hangs on rounding or on the last digits of its start from `step` on. */
export function chaoticFrom(found: Outcome, step: number): Outcome {
  const told = `Chaotic: rounding or a change in the 12th digit of the start changes the path from step ${step}.`;
  return { ...found, short: `${found.short}, chaotic`, sentence: `${found.sentence} ${told}` };
}

/** The length of the path through all points up to that of step `end`. */
export function pathLength(points: Float64Array, end: number): number {
  let length = 0;
  for (let k = 1; k <= end; k += 1) {
    length += Math.hypot(points[2 * k] - points[2 * k - 2], points[2 * k + 1] - points[2 * k - 1]);
  }
  return length;
}

const within = ([xLow, xHigh, yLow, yHigh]: Ground["frame"], [x, y]: Place): boolean =>
  !(x < xLow || x > xHigh || y < yLow || y > yHigh);

function notFinite(path: readonly Place[], end: number): Outcome {
  const where = end >= 0 ? ` The path is drawn to its last finite point, ${placeWords(path[end])}.` : "";
  const sentence = `Stopped being finite at step ${end + 1}: the numbers overflowed or became undefined.${where}`;
  return { kind: "not_finite", short: `not finite from step ${end + 1}`, sentence };
}

function gone(path: readonly Place[], left: number): Outcome {
  const now = placeWords(path.at(-1)!);
  const sentence = `Left the view at step ${left} and has not come back; after the last step it is at ${now}.`;
  return { kind: "outside", short: `left the view at step ${left}`, sentence };
}

function ending(ground: Ground, path: readonly Place[]): Outcome {
  const { diagonal, minima } = ground;
  const tail = path.slice(-Math.max(8, Math.floor(path.length / 5)));
  const centre = mean(tail);
  const radius = farthest(tail, centre);
  const minimum = nearest(minima, path.at(-1)!);
  if (minimum !== null && farthest(tail, minimum) <= NEAR * diagonal) return reached(path, minimum, NEAR * diagonal);
  if (radius <= STILL * diagonal) return standing(ground, path.at(-1)!, tail.length);
  return goesRound(tail, centre, radius) ? circling(tail, radius, minima) : moving(tail);
}

function reached(path: readonly Place[], minimum: Minimum, near: number): Outcome {
  const step = path.findLastIndex((place) => distance(place, minimum) > near) + 1;
  const where = placeWords(minimum);
  const sentence = `Reached the minimum at ${where}, loss ${general(minimum[2], 4)}, and stayed there from step ${step}.`;
  return { kind: "reached", short: `minimum ${where}`, sentence };
}

function standing({ landscape, diagonal, steepness }: Ground, place: Place, steps: number): Outcome {
  const [slope, [low, high]] = [steepnessAt(landscape, place), curvatures(landscape, place)];
  const flat = (20 * FLAT * steepness) / (NEAR * diagonal);
  const atBottom = low > flat && slope / low <= NEAR * diagonal;
  if (slope > FLAT * steepness && !atBottom) {
    const where = `it hardly moved in the last ${stepWords(steps - 1)} near ${placeWords(place)}`;
    const sentence = `Creeps: ${where}, though the slope there is ${general(slope, 2)}.`;
    return { kind: "moving", short: "creeping", sentence };
  }
  const [name, why] = kindOfPlace(low, high, flat, slope);
  return {
    kind: "settled",
    short: `settled on ${name}`,
    sentence: `Settled on ${name} at ${placeWords(place)}: ${why}.`,
  };
}

function kindOfPlace(low: number, high: number, flat: number, slope: number): [string, string] {
  if (Math.max(Math.abs(low), Math.abs(high)) <= flat)
    return ["a plateau", `the slope is only ${general(slope, 1)}, in every direction`];
  if (high < -flat) return ["a peak", "the slope vanishes there, but the surface falls on all sides"];
  if (low < -flat) return ["a saddle", "the slope vanishes there, but the surface still falls to the side"];
  if (low > flat) return ["an unlisted minimum", "the surface rises on all sides"];
  return ["a flat valley", "the slope vanishes and one direction is flat"];
}

function steepnessAt(landscape: Landscape, [x, y]: Place): number {
  const slope = new Float64Array(2);
  landscape.slope(x, y, slope);
  return Math.hypot(...slope);
}

// The eigenvalues of the Hessian, the lower first.
function curvatures(landscape: Landscape, [x, y]: Place): [number, number] {
  const hessian = new Float64Array(3);
  landscape.curvature(x, y, hessian);
  const [a, b, c] = hessian;
  const [middle, half] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  return [middle - half, middle + half];
}

function goesRound(tail: readonly Place[], centre: Place, radius: number): boolean {
  const half = Math.ceil(tail.length / 2);
  const [early, late] = [tail.slice(0, half), tail.slice(half)];
  const steady = distance(mean(late), mean(early)) <= 0.35 * radius;
  const kept = typicalDistance(late, centre) >= 0.9 * typicalDistance(early, centre);
  return steady && kept && pathLength(Float64Array.from(tail.flat()), tail.length - 1) >= 4 * radius;
}

function circling(tail: readonly Place[], radius: number, minima: readonly Minimum[]): Outcome {
  const middle = middleOf(tail);
  const minimum = nearest(minima, middle);
  const at = minimum !== null && distance(middle, minimum) <= radius ? minimum : null;
  const around = at === null ? `the point ${placeWords(middle)}` : `the minimum ${placeWords(at)}`;
  const amplitude = general(farthest(tail, at ?? middle), 2);
  const sentence = `Keeps circling around ${around} without settling; it swings up to ${amplitude} away from it.`;
  return { kind: "circling", short: `circling, ±${amplitude}`, sentence };
}

function moving(tail: readonly Place[]): Outcome {
  const moved = general(distance(tail.at(-1)!, tail[0]), 2);
  const now = placeWords(tail.at(-1)!);
  const sentence = `Still moving: it went ${moved} in the last ${stepWords(tail.length - 1)} and is at ${now}.`;
  return { kind: "moving", short: "still moving", sentence };
}

type Somewhere = Place | Minimum;

const distance = (a: Somewhere, b: Somewhere): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

const farthest = (places: readonly Place[], from: Somewhere): number =>
  places.reduce((most, place) => Math.max(most, distance(place, from)), 0);

const typicalDistance = (places: readonly Place[], from: Place): number =>
  places.reduce((sum, place) => sum + distance(place, from), 0) / places.length;

function mean(places: readonly Place[]): Place {
  const [x, y] = places.reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
  return [x / places.length, y / places.length];
}

// The middle of the smallest upright box around the places.
function middleOf(places: readonly Place[]): Place {
  const span = (k: 0 | 1) => places.reduce(([low, high], at) => [Math.min(low, at[k]), Math.max(high, at[k])], ENDS);
  const [[left, right], [low, high]] = [span(0), span(1)];
  return [(left + right) / 2, (low + high) / 2];
}

const ENDS: number[] = [Infinity, -Infinity];

function nearest(minima: readonly Minimum[], place: Place): Minimum | null {
  return minima.reduce<Minimum | null>(
    (best, one) => (best === null || distance(one, place) < distance(best, place) ? one : best),
    null,
  );
}

const stepWords = (count: number): string => (count === 1 ? "step" : `${count} steps`);

function placeWords([x, y]: Somewhere): string {
  return `(${coordinate(x)}, ${coordinate(y)})`;
}

const coordinate = (value: number): string => (Math.abs(value) >= 1e-3 ? signed(general(value, 3)) : "0");
