// What of a training is looked at, as its link has it: fall_line/experiments/training_look.py. Pure functions.

import type { Choices, ViewName } from "./views/choices.ts";
import { FIRST } from "./views/choices.ts";
import type { PlaneKind } from "./views/plane-answer.ts";

export type LossAxis = "log" | "linear";
export type Along = "steps" | "epochs";

export interface SentLook {
  readonly view: ViewName;
  readonly plane: PlaneKind;
  /** The places of two runs, from 1 on; null for the first two. */
  readonly plane_runs: readonly [number, number] | null;
  readonly plane_seed: number;
  /** Null for the first. */
  readonly shown_seed: number | null;
  readonly loss_axis: LossAxis;
  readonly along: Along;
  readonly smooth: boolean;
  /** Null for the last. */
  readonly step: number | null;
}

/** What of the state is looked at. */
export interface Looked {
  readonly choices: Choices;
  readonly lossAxis: LossAxis;
  readonly along: Along;
  readonly smooth: boolean;
}

export function lookedAt({ view, plane, plane_runs, plane_seed, shown_seed, ...axes }: SentLook): Looked {
  const runs: readonly [number, number] = plane_runs ? [plane_runs[0] - 1, plane_runs[1] - 1] : FIRST.plane.runs;
  const choices = { view, plane: { kind: plane, runs, seed: plane_seed }, seed: shown_seed };
  return { choices, lossAxis: axes.loss_axis, along: axes.along, smooth: axes.smooth };
}

// What isn't seen of a plane isn't told.
function ofPlane({ view, plane: { kind, runs, seed } }: Choices): string[] {
  if (view !== "plane") return [];
  const fields = kind === FIRST.plane.kind ? [] : [`plane=${kind}`];
  const others = kind === "pca" || String(runs) === String(FIRST.plane.runs);
  if (!others) fields.push(`plane_runs=${runs.map((run) => run + 1)}`);
  if ((kind === "random" || kind === "vector") && seed !== 0) fields.push(`plane_seed=${seed}`);
  return fields;
}

/** The fields that follow the experiment's in a link; what is usual is left out, and so is the last step, which is null. */
export function lookFields({ choices, lossAxis, along, smooth }: Looked, step: number | null): string {
  const fields = choices.view === FIRST.view ? [] : [`view=${choices.view}`];
  fields.push(...ofPlane(choices));
  if (choices.seed !== null) fields.push(`shown_seed=${choices.seed}`);
  if (lossAxis !== "log") fields.push(`loss_axis=${lossAxis}`);
  if (along !== "steps") fields.push(`along=${along}`);
  if (smooth) fields.push("smooth=true");
  if (step !== null) fields.push(`step=${step}`);
  return fields.map((field) => `&${field}`).join("");
}
