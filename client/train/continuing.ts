// 'Go on from here': the training goes on from the player's step, and from there the sliders speak of other values.

import { byId, tell } from "../shell/document.ts";
import { syncChoices } from "./fields.ts";
import { numbers } from "./numbers.ts";
import { seek, steps, time } from "./playing.ts";
import { differences, goneOn, takenBack, turnOf } from "./stages.ts";
import { on, state, to } from "./state.ts";

const NOTE = "train-continued";
const BEFORE = "train-before";
const MORE = "For a longer training from there, choose more steps.";

/** Goes on from the step at which the player stands, for as many steps as there are, or says why not. */
export function goOn(): void {
  const { experiment, catalogue } = state;
  const [step, most, turn] = [Math.floor(time()), catalogue.numbers.steps.high, turnOf(experiment)];
  if (turn !== null) return tell("problem", `It goes on from step ${turn} already: take that back first. ${MORE}`);
  if (step < 1) return tell("problem", "Nothing has been trained at step 0 yet: go on from a later step.");
  if (step >= most) return tell("problem", `A training has at most ${most} steps: go on from an earlier one.`);
  seek(steps()); // who stands at the end sees the curves grow
  const longer = Math.min(most, step + Number(experiment.steps));
  to.changed(goneOn(experiment, step, longer), "go on", { structure: true });
  numbers.syncNumber("experiment", "steps");
}

/** The training is again as it was before it went on. */
export function takeBack(): void {
  if (turnOf(state.experiment) === null) return;
  to.changed(takenBack(state.experiment), "take back", { structure: true });
  syncChoices();
}

function words(step: number): string {
  const told = `Until step ${step} as before; from there with the values of the sliders.`;
  return step < Number(state.experiment.steps) ? told : `${told} It ends before that.`;
}

// Under all sliders, so that none of them moves while it is held.
function beforeWords(step: number): string {
  const different = differences(state.experiment, state.catalogue);
  return different.length > 0 ? `Until step ${step}: ${different.join("; ")}.` : "";
}

/** Shows from which step other values hold, and what was different before. */
export function showContinued(): void {
  const step = turnOf(state.experiment);
  byId(NOTE).hidden = step === null;
  tell(`${NOTE}-text`, step === null ? "" : words(step));
  tell(BEFORE, step === null ? "" : beforeWords(step));
}

/** Follows what happens on the page from now on. */
export function followContinued(): void {
  for (const change of ["changed", "replaced", "accepted", "refused"] as const) on(change, showContinued);
  // More steps than can be trained in time are taken back.
  on("refused", () => numbers.syncNumber("experiment", "steps"));
}
