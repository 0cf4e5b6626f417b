// The loss that the runs of an experiment descend, as the page computes it: the surface, or the mean of its copies.

import type { Experiment } from "../experiment/experiment.ts";
import { domainLosses } from "../walking/loss-grid.ts";
import { lowestMinimum } from "../walking/minima.ts";
import { noiseOf, noiseTable } from "../walking/noise.ts";
import { surfaceProgram } from "../walking/programs.ts";
import { type Landscape, landscapeOf } from "../walking/walk.ts";
import { type Answer, state } from "./state.ts";

/** Whether the loss is the mean of shifted copies. */
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

/** Whether both experiments have the same loss. */
export const sameLoss = (one: Experiment, other: Experiment): boolean =>
  one.surface === other.surface &&
  one.parameters === other.parameters &&
  one.noise === other.noise &&
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
  if (averaged(now) || now.noise !== good.noise) return null;
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

let tried: { readonly answer: Answer; readonly found: boolean } | null = null;

// What the page finds is believed where it has found the server's own floor.
function isFound(good: Experiment, answer: Answer): boolean {
  if (tried?.answer === answer) return tried.found;
  const [told, own] = [answer.minima === "known" ? answer.floor : null, lowestIn(good)];
  const found = told !== null && own !== null && Math.abs(own - told) <= NEAR * (1 + Math.abs(told));
  tried = { answer, found };
  return found;
}
