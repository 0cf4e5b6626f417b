// The loss that the runs of an experiment descend, as the page computes it: the surface, or the mean of its copies.

import type { Experiment } from "../experiment/experiment.ts";
import { domainLosses } from "../walking/loss-grid.ts";
import { lowestMinimum } from "../walking/minima.ts";
import { noiseOf, noiseTable } from "../walking/noise.ts";
import { surfaceProgram } from "../walking/programs.ts";
import { type Landscape, landscapeOf } from "../walking/walk.ts";
import { type Answer, state } from "./state.ts";

/** Whether the loss is the mean of shifted copies: under minibatches. */
export const averaged = ({ noise }: Pick<Experiment, "noise">): boolean => noise === "minibatch";

/** The loss of the experiment if its program and the copies are there; else these are fetched. */
export function landscapeIn(experiment: Experiment): Landscape | null {
  const program = surfaceProgram(experiment.surface);
  const table = averaged(experiment) ? noiseTable(experiment, experiment.steps) : null;
  if (program === null || (table === null && averaged(experiment))) return null;
  return landscapeOf(program, parametersOf(experiment), noiseOf(experiment, table, 0).shifts);
}

/** The values of the surface's parameters in its order. */
export const parametersOf = ({ surface, parameters }: Experiment): number[] =>
  Object.keys(state.catalogue.surfaces[surface].parameters).map((key) => Number(parameters[key]));

/** By what an experiment tells its loss. */
export type Losses = Pick<Experiment, "surface" | "parameters" | "noise" | "sigma">;

/** Whether both have the same loss, as far as that is seen without looking into the parameters. */
export const sameLoss = (one: Losses, other: Losses): boolean =>
  one.surface === other.surface &&
  one.parameters === other.parameters &&
  averaged(one) === averaged(other) &&
  (!averaged(one) || one.sigma === other.sigma);

let known: { readonly of: Experiment; readonly losses: Float64Array } | null = null;

/** The losses over the whole domain of the experiment's surface. */
export function lossesIn(experiment: Experiment, landscape: Landscape): Float64Array {
  if (known === null || !sameLoss(known.of, experiment)) {
    const { domain } = state.catalogue.surfaces[experiment.surface];
    known = { of: experiment, losses: domainLosses(landscape.loss, domain) };
  }
  return known.losses;
}

// ---- the floor: the lowest minimum's loss, over which losses are seen ----

/** A floor that is known; of a surface without minima it is null. */
export interface Floor {
  readonly loss: number | null;
}

/** The floor of `now`, if it is known: that of the last `answer`, which was to `good`, or what the page finds itself. */
export function floorOf(now: Experiment, good: Experiment, answer: Answer): Floor | null {
  if (sameLoss(now, good)) return { loss: answer.floor };
  if (averaged(now) || averaged(good)) return null;
  const { floor } = state.catalogue.surfaces[now.surface];
  if (floor !== undefined) return { loss: floor };
  const found = isFound(good, answer) ? lowestIn(now) : null;
  return found === null ? null : { loss: found };
}

function lowestIn(experiment: Experiment): number | null {
  const landscape = landscapeIn(experiment);
  const { domain } = state.catalogue.surfaces[experiment.surface];
  return landscape && lowestMinimum(landscape, lossesIn(experiment, landscape), domain);
}

const NEAR = 1e-9;

let tried: { readonly surface: string; readonly answer: Answer; readonly found: boolean } | null = null;

// What the page finds is believed on a surface where it has found the server's own floor, when that was told last.
function isFound(good: Experiment, answer: Answer): boolean {
  const { surface } = good;
  if (answer.minima === "known" && tried?.answer !== answer) {
    const [told, own] = [answer.floor, lowestIn(good)];
    const found = told !== null && own !== null && Math.abs(own - told) <= NEAR * (1 + Math.abs(told));
    tried = { surface, answer, found };
  }
  return tried?.surface === surface && tried.found;
}
