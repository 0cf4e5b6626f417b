// The step inspector of the Explore page: asks for the step under the pointer or the player, shows what comes.

import type { Graph } from "../../dash/plotly.ts";
import type { Under } from "../../drawing/geometry.ts";
import { drawSwatches } from "../../runs/swatches.ts";
import { byId, tell } from "../../shell/document.ts";
import { ask } from "../../wire/ask.ts";
import { createGate, type Gate } from "../../wire/gate.ts";
import { lose } from "../asking.ts";
import { numbers } from "../numbers.ts";
import { isPlaying, time } from "../playing.ts";
import { graph, mounted } from "../plots.ts";
import { palette } from "../scene.ts";
import { state } from "../state.ts";
import type { StepAnswer } from "./answer.ts";
import { clearChosen, showChosen } from "./chosen.ts";
import { forgetCaptions, markLine, showCaptions, showExplaining, tellLine } from "./explanation.ts";
import { press, showChips, showNumbers } from "./numbers.ts";
import { drawStep } from "./picture.ts";
import { inspected, type Place, type Question, to } from "./state.ts";

let gate: Gate<Question> | null = null;
let listened: Graph | null = null;

const panel = () => document.getElementById("inspector");

/** Whether the inspector is open. */
export const isInspecting = (): boolean => mounted() && panel()?.hidden === false;

// Where the player stands at the end there is no further step: the last that the run has made, and that can be drawn, is meant.
function shown(run: number, steps: number): Place {
  const step = Math.floor(time());
  const last = Math.min(steps - 1, state.paths?.ends[run] ?? steps);
  return { run, step: step < steps ? step : Math.max(0, last) };
}

function target({ runs, steps }: NonNullable<typeof state.good>): Question {
  const found = inspected.hovered ?? shown(Math.min(inspected.run, runs.length - 1), steps);
  // A formula is typeset anew only while nothing moves.
  const explain = inspected.explaining && !isPlaying() && inspected.hovered === null;
  return {
    experiment: state.good!,
    run: Math.min(found.run, runs.length - 1),
    step: Math.min(found.step, steps),
    explain,
  };
}

function same(one: Question | null, { experiment, run, step, explain }: Question): boolean {
  return one?.experiment === experiment && one.run === run && one.step === step && one.explain === explain;
}

/** The player, a drag or the pointer has moved: asks for the step if it is another one. */
export function followStep(): void {
  if (!isInspecting() || state.good === null) return;
  const wanted = target(state.good);
  if (same(inspected.asked, wanted)) return;
  to.asked(wanted);
  gate?.request(wanted);
}

function newGate(): Gate<Question> {
  const mine: Gate<Question> = createGate({ send: askStep });
  async function askStep(lane: number, sequence: number, question: Question): Promise<void> {
    const answer = await ask<StepAnswer>("explore/step", question);
    if (mine !== gate) return;
    if (answer === null) to.asked(null);
    const news = mine.settle(lane, sequence);
    if (answer === null) lose();
    else if (news && isInspecting()) accept(answer);
  }
  return mine;
}

function accept(answer: StepAnswer | { readonly problem: string }): void {
  if ("problem" in answer && answer.problem !== undefined) return tell("inspector-sentence", answer.problem);
  to.answered(answer as StepAnswer);
  show(answer as StepAnswer);
  performance.mark("fallline:inspected");
}

function show(answer: StepAnswer): void {
  const { runs, steps } = state.good!;
  const names = runs.map((run) => run.label || state.catalogue.optimizers[run.optimizer].label);
  const anew = showChips(byId("inspector-runs"), runs, names, answer.run, choose);
  if (anew) drawSwatches(palette());
  byId("inspector-step").textContent = `step ${answer.step} of ${steps}`;
  tell("inspector-sentence", answer.sentence);
  showNumbers(byId("inspector-numbers"), answer.groups);
  showChosen(answer.run, answer.chosen, numbers.hyperOf);
  showCaptions();
  draw(true);
}

function choose(run: number): void {
  to.chosen(run);
  press(byId("inspector-runs"), run);
  followStep();
}

function draw(anew: boolean): void {
  if (listened !== null) drawStep(isInspecting() ? inspected.answer : null, anew);
}

/** Tells the line that is `by` lines further. */
export function moveLine(by: number): void {
  if (tellLine(inspected.line + by)) draw(true);
}

function explain(on: boolean): void {
  to.explained(on);
  showExplaining(on);
  draw(true);
  followStep();
}

export const toggleExplanation = (): void => explain(!inspected.explaining);

/** Opens or closes the inspector. */
export function openInspector(on: boolean): void {
  const place = panel();
  if (!mounted() || place === null) return;
  to.closed();
  forgetCaptions();
  place.hidden = !on;
  byId("inspect").setAttribute("aria-expanded", String(on));
  if (on) begin();
  else end();
}

function begin(): void {
  to.opened(meantRun());
  gate = newGate();
  listen(graph());
  markLine();
  followStep();
}

function end(): void {
  explain(false);
  clearChosen();
  draw(true);
}

export const toggleInspector = (): void => openInspector(!isInspecting());

// The run in hand, or the first that is shown.
function meantRun(): number {
  const { runs } = state.experiment;
  const found = state.highlight ?? state.inHand;
  if (found !== null && runs[found] && !runs[found].hidden) return found;
  return Math.max(
    0,
    runs.findIndex((run) => !run.hidden),
  );
}

// A plot that is drawn anew, or moves under the hand, takes the arrows with it.
function listen(plot: Graph): void {
  if (listened === plot) return;
  listened = plot;
  plot.on("plotly_afterplot", () => isInspecting() && draw(false));
  plot.on("plotly_relayouting", () => isInspecting() && draw(false));
}

/** The pointer is over a point of a run, or over none. */
export function inspectHovered(found: Under | null): void {
  if (!isInspecting()) return;
  to.hovered(found && { run: found.run, step: found.step });
  followStep();
}

/** The colours are others. */
export function restyleInspector(): void {
  if (isInspecting()) draw(false);
}
