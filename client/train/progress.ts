// How far the training has come, and how to let it rest or give it up.

import { byId, tell } from "../shell/document.ts";
import { orderJob, request } from "./asking.ts";
import { isSentence, type Job, standing, underWay } from "./job.ts";
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
  const { made, wanted, waiting, job } = answer!;
  const percent = `${Math.floor((100 * made) / wanted)} %`;
  const going = (): string => [percent, left(made, wanted)].filter(Boolean).join(", ");
  if (job !== null) return standing(job, going());
  if (paused) return `${percent}, paused`;
  return waiting > 0 ? `${percent}, waiting: others train too` : going();
}

// A button that was pressed and goes away hands the focus to the one that takes its place.
function offer(shown: Readonly<Record<string, boolean>>): void {
  const pressed = document.activeElement?.id ?? "";
  for (const [id, wanted] of Object.entries(shown)) byId(id).hidden = !wanted;
  if (shown[pressed] !== false) return;
  const instead = Object.keys(shown).find((id) => shown[id]);
  if (instead) byId(instead).focus();
}

// A job does not rest, and is cancelled by those who asked for it.
function offerForJob(job: Job | null): void {
  const going = job === null || underWay(job);
  const cancels = job === null ? state.whole !== null : going && job.asked === true;
  offer({ "train-long": !going, "train-pause": job === null, "train-cancel": cancels });
  byId("train-long").textContent = job?.kind === "failed" ? "Try again" : "Train";
  byId("train-progress").querySelector<HTMLElement>(".progress-track")!.hidden = !going;
  byId("train-progress").classList.toggle("sentence", job !== null && isSentence(job));
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
  // What waits or is prepared tells nothing of how quickly it will go.
  const unmoved = answer.job !== null && begun?.made === 0;
  if (begun?.experiment !== experiment || unmoved) begun = { experiment, made: answer.made, at: performance.now() };
  if (answer.job === null && !paused && place.hidden && performance.now() - begun.at < LONG) return;
  place.hidden = false;
  const percent = (100 * answer.made) / answer.wanted;
  byId("train-progress-bar").style.width = `${percent}%`;
  place.querySelector(".progress-track")!.setAttribute("aria-valuenow", percent.toFixed(0));
  tell("train-progress-text", words());
  byId("train-pause").textContent = paused ? "Go on" : "Pause";
  offerForJob(answer.job);
  if (answer.job !== null && isSentence(answer.job)) tell("train-summary", words());
}

/** Lets the training rest, or go on. */
export function pause(): void {
  to.rested(!state.paused);
  begun = null;
  if (!state.paused) request();
}

/** Lets what takes long be trained. */
export const startLong = (): void => orderJob("start");

/** Gives the training up: what had been trained before is shown again. A job is given up, and offered again. */
export function cancel(): void {
  if (state.answer?.job) orderJob("cancel");
  else if (state.whole !== null) to.replaced(state.whole, "cancel", state.published);
}
