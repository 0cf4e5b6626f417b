// Levels of a contour that moves, from the losses over the surface's whole domain. Where these take longer than a frame
// has time for they come piece by piece, and the levels of before hold until they are there.

import { automaticLevels } from "../drawing/contour-levels.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { type BegunLosses, beginDomainLosses } from "../walking/loss-grid.ts";
import type { Landscape } from "../walking/walk.ts";
import { averaged, lossesIn, sameLoss } from "./ground.ts";
import { surface } from "./state.ts";

const PIECE = 3; // ms

interface Made {
  readonly of: Experiment;
  readonly levels: readonly number[];
}

interface Job {
  readonly of: Experiment;
  readonly begun: BegunLosses;
}

let made: Made | null = null;
let job: Job | null = null;

/** The levels of the experiment's contour; `before` tells those that stand, if it has no others yet. */
export function movingLevels(
  experiment: Experiment,
  landscape: Landscape,
  before: () => readonly number[],
): readonly number[] {
  const { spacing, levels: published } = surface();
  if (experiment.levels === "published" && published !== null) return published;
  if (!averaged(experiment)) return automaticLevels(lossesIn(experiment, landscape), spacing);
  return made?.of.surface === experiment.surface ? made.levels : before();
}

/** Goes on for a moment with the levels of an experiment that has to wait for them. Says whether some have come. */
export function levelsCome(experiment: Experiment, landscape: Landscape): boolean {
  if (job?.of.surface !== experiment.surface) job = null;
  // The one that was begun comes to its end, or a hand that doesn't rest would see none.
  job ??= { of: experiment, begun: beginDomainLosses(landscape.loss, surface().domain) };
  const end = performance.now() + PIECE;
  if (!job.begun.advance(() => performance.now() > end)) return false;
  made = { of: job.of, levels: automaticLevels(job.begun.losses, surface().spacing) };
  job = null;
  return true;
}

/** Whether levels of the experiment are still to come. */
export function levelsWait(experiment: Experiment): boolean {
  const given = experiment.levels === "published" && surface().levels !== null;
  return averaged(experiment) && !given && (made === null || !sameLoss(made.of, experiment));
}
