// How far the training has come, and how to let it rest or give it up.

import { byId, tell } from "../shell/document.ts";
import { request } from "./asking.ts";
import { state, to } from "./state.ts";

const LONG = 500; // ms after which a reader wants to know how far it is
const RATED = 1500; // ms after which it can be told how long it still takes

let begun: { readonly experiment: object; readonly made: number; readonly at: number } | null = null;

function time(seconds: number): string {
  if (seconds >= 90) return `about ${Math.round(seconds / 60)} min left`;
  return seconds >= 1.5 ? `about ${Math.ceil(seconds)} s left` : "";
}

function left(made: number, wanted: number): string {
  const now = performance.now();
  if (begun === null || now - begun.at < RATED || made <= begun.made) return "";
  return time(((wanted - made) / (made - begun.made)) * ((now - begun.at) / 1000));
}

function words(): string {
  const { answer, paused } = state;
  const { made, wanted, waiting } = answer!;
  const percent = `${Math.floor((100 * made) / wanted)} %`;
  if (paused) return `${percent}, paused`;
  if (waiting > 0) return `${percent}, waiting: others train too`;
  return [percent, left(made, wanted)].filter(Boolean).join(", ");
}

/** Shows it, once it takes long; hides it when all is done. */
export function showProgress(): void {
  const { answer, experiment, paused } = state;
  const place = byId("train-progress");
  if (answer === null || answer.done) {
    begun = null;
    place.hidden = true;
    return;
  }
  if (begun?.experiment !== experiment) begun = { experiment, made: answer.made, at: performance.now() };
  if (!paused && place.hidden && performance.now() - begun.at < LONG) return;
  place.hidden = false;
  const percent = (100 * answer.made) / answer.wanted;
  byId("train-progress-bar").style.width = `${percent}%`;
  place.querySelector(".progress-track")!.setAttribute("aria-valuenow", percent.toFixed(0));
  tell("train-progress-text", words());
  byId("train-pause").textContent = paused ? "Go on" : "Pause";
  byId("train-cancel").hidden = state.whole === null;
}

/** Lets the training rest, or go on. */
export function pause(): void {
  to.rested(!state.paused);
  begun = null;
  if (!state.paused) request();
}

/** Gives the training up: what had been trained before is shown again. */
export function cancel(): void {
  if (state.whole !== null) to.replaced(state.whole, "cancel", state.published);
}
