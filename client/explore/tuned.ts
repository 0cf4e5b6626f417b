// Which runs may be said to be tuned. A claim is about values in a situation: it holds wherever both are found again, and
// nowhere else.

import { situationOf, walkOf } from "../experiment/descent.ts";
import type { Experiment, Run } from "../experiment/experiment.ts";

interface Claim {
  readonly tuned: string;
  readonly tolerance: number;
}

const claims = new Map<string, Claim>(); // by situation and walk

/** What a tuning by the criterion of `tuned` depends on besides the runs' own walks, as a text. */
export function tuningSituation(experiment: Experiment, tuned: string): string {
  return JSON.stringify([situationOf(experiment), countsSteps(tuned) ? experiment.tolerance : null]);
}

const countsSteps = (tuned: string): boolean => tuned.endsWith(":steps");

/** A visit of the page begins. */
export const forgetClaims = (): void => claims.clear();

/** Believes what `experiment` says of its runs. */
export function believe(experiment: Experiment): void {
  const situation = situationOf(experiment);
  for (const run of experiment.runs) {
    if (run.tuned) claims.set(situation + walkOf(run), { tuned: run.tuned, tolerance: experiment.tolerance });
    else claims.delete(situation + walkOf(run));
  }
}

/** `experiment` with the claims that hold for its runs. */
export function honest(experiment: Experiment): Experiment {
  if (claims.size === 0) return experiment;
  const situation = situationOf(experiment);
  const runs = experiment.runs.map((run) => claimed(run, claimFor(situation, run, experiment.tolerance)));
  return runs.every((run, k) => run === experiment.runs[k]) ? experiment : { ...experiment, runs };
}

const claimed = (run: Run, tuned: string): Run => ((run.tuned ?? "") === tuned ? run : { ...run, tuned });

function claimFor(situation: string, run: Run, tolerance: number): string {
  const claim = claims.get(situation + walkOf(run));
  return claim === undefined || (countsSteps(claim.tuned) && claim.tolerance !== tolerance) ? "" : claim.tuned;
}
