// What is told of a plane of weights, and of where the runs are before it.

import { shortly } from "../../experiment/scales.ts";
import type { Path, Plane } from "./plane-answer.ts";
import { drawnRuns, type Frame, heightAt, type PlaneScene } from "./plane-drawing.ts";

const REACH = 14; // pixels

/** What the network and the plane say at one look. */
export interface Look {
  readonly step: number;
  readonly loss: number;
  readonly lossBelow: number;
  readonly distance: number;
  readonly moved: number;
}

/** The look that is nearest to a step. */
export function lookAt({ looks, loss, lossBelow, distance, moved }: Path, step: number): Look {
  let best = 0;
  for (let k = 1; k < looks.length; k++) if (Math.abs(looks[k] - step) < Math.abs(looks[best] - step)) best = k;
  return {
    step: looks[best],
    loss: loss[best],
    lossBelow: lossBelow[best],
    distance: distance[best],
    moved: moved[best],
  };
}

const percent = (share: number): string => (100 * share).toFixed(1);
const whole = (share: number): string => (100 * share).toFixed(0);

// How many seeds are drawn thin.
const othersOf = (runs: Plane["runs"]): number => Math.max(0, ...runs.map((path) => path?.thin.length ?? 0));

/** What plane it is, where runs are shown with `seed`. */
export function planeWords(plane: Plane, names: readonly string[], seed: number): string {
  const of = othersOf(plane.runs) > 0 ? `the paths with seed ${seed}` : "all paths";
  const [first, second] = plane.through.map((run) => names[run]);
  if (plane.kind === "ends")
    return `Through the start and the ends of ${first} and ${second}, which lie in it exactly.`;
  if (plane.kind === "random")
    return `Two random directions through the end of ${first}, of the same relative length per neuron; along biases 0.`;
  if (plane.kind === "vector")
    return `Each weight moves the point along a random direction of its own. The plane goes through the end of ${first}.`;
  const [one, two] = plane.shares ?? [Number.NaN, Number.NaN];
  const [noise, less] = plane.noise;
  return (
    `The two principal components of ${of}: ${percent(one)} + ${percent(two)} % of their squared deviations. ` +
    `Pure noise would show ${whole(noise)} + ${whole(less)} %.`
  );
}

/** Which of several seeds is which, and how far from the plane the thin ones come. */
export function seedWords({ runs }: Pick<Plane, "runs">, seed: number): string {
  const others = othersOf(runs);
  if (others === 0) return "";
  const thin = runs.flatMap((path) => path?.thin ?? []);
  const [count, most] = [Math.max(0, ...thin.map(({ steps }) => steps.length)), Math.max(0, ...lengths(runs))];
  const far = thin.flatMap(({ away }) => away).filter(Number.isFinite);
  const ends = [Math.min(...far), Math.max(...far)].map((one) => shortly(Number(one.toPrecision(3))));
  const begin = others === 1 ? "which begins elsewhere and is" : "which begin elsewhere and are";
  const away = far.length === 0 ? "" : `, ${begin} ${ends[0]} to ${ends[1]} away from the plane`;
  const fewer = count < most ? ` at ${count} steps each` : "";
  return `Thick: seed ${seed}; thin: the ${others === 1 ? "other seed" : `${others} other seeds`}${fewer}${away}.`;
}

const lengths = (runs: Plane["runs"]): number[] => runs.map((path) => path?.steps.length ?? 0);

/** What the colours mean. */
export function contourWords({ grid }: Plane): string {
  if (grid === null) return "";
  const heights = grid.rows.flatMap((row) => [...row]).filter(Number.isFinite);
  if (heights.length === 0) return "Nowhere on it is the loss finite.";
  const ends = [Math.min(...heights), Math.max(...heights)].map((one) => shortly(Number((10 ** one).toPrecision(3))));
  const some = grid.points < grid.of ? ` of ${grid.points} of the ${grid.of} points` : "";
  return `Contours: the loss${some}, from ${ends[0]} to ${ends[1]} by its logarithm; darker is lower.`;
}

/** Which runs have left, and when. */
export function leftWords({ runs }: Plane, names: readonly string[]): string {
  return runs.flatMap((path, k) => (path?.left == null ? [] : [`${names[k]} leaves at step ${path.left}.`])).join(" ");
}

/** The point of a path under a pixel: its run and its place among the run's points. */
export function under(scene: PlaneScene, frame: Frame, x: number, y: number): { run: number; point: number } | null {
  let best: { run: number; point: number } | null = null;
  let least = REACH ** 2;
  for (const run of drawnRuns(scene)) {
    const { at, steps } = scene.plane.runs[run]!;
    for (let point = 0; point < steps.length; point++) {
      const away = (frame.x(at[2 * point]) - x) ** 2 + (frame.y(at[2 * point + 1]) - y) ** 2;
      if (away <= least) [best, least] = [{ run, point }, away];
    }
  }
  return best;
}

/** What is read under a pixel. */
export function readingUnder(scene: PlaneScene, frame: Frame, x: number, y: number): string {
  const found = under(scene, frame, x, y);
  if (found !== null) {
    const path = scene.plane.runs[found.run]!;
    const { step, loss, lossBelow, distance } = lookAt(path, path.steps[found.point]);
    const apart = `loss ${shortly(loss)}, on the plane ${shortly(lossBelow)}, ${shortly(distance)} away from it`;
    return `${scene.names[found.run]}, step ${step}: ${apart}`;
  }
  const [alpha, beta] = frame.at(x, y);
  const height = heightAt(scene.plane, alpha, beta);
  if (Number.isNaN(height)) return "";
  const place = [alpha, beta].map((one) => shortly(Number(one.toPrecision(3)))).join(", ");
  return `At (${place}) of the plane: loss ${shortly(Number((10 ** height).toPrecision(3)))}`;
}
