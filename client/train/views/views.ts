// The views of the Train page, beside the history: what each run has learned at the player's step, weights on a plane,
// gradient and sharpness.

import type { TrainingExperiment } from "../../experiment/experiment.ts";
import { make, write } from "../../shell/document.ts";
import { afterRest } from "../../wire/throttle.ts";
import { mounted } from "../history.ts";
import { highlight } from "../hovering.ts";
import { palette } from "../palette.ts";
import { seek as seekPlayer, time } from "../playing.ts";
import { fittingAnswer, state, to } from "../state.ts";
import { type Asking, COARSE, createAsking, FINE, type SharpnessQuestion, sameWeights } from "./asking.ts";
import { type Choices, createChoices, type Seeds, within } from "./choices.ts";
import type { Learned } from "./learned-answer.ts";
import { createLearnedPanel, type LearnedPanel } from "./learned-panel.ts";
import type { Plane } from "./plane-answer.ts";
import { createPlanePanel, type PlanePanel } from "./plane-panel.ts";
import type { Sharpness } from "./sharpness-answer.ts";
import { createSharpnessPanel, type SharpnessPanel } from "./sharpness-panel.ts";

const REST = 400; // ms after which the hand rests
const AGAIN = 250; // ms until a question whose turn didn't come is asked again
const FINER = 96; // places of a map where there are few
const PLAIN = 64;
const FEW = 4;

interface Visit {
  readonly host: HTMLElement;
  readonly fields: ReturnType<typeof createChoices>;
  readonly problem: HTMLElement;
  readonly bodies: Readonly<Record<Choices["view"], HTMLElement>>;
  readonly learnedPanel: LearnedPanel;
  readonly planePanel: PlanePanel;
  readonly sharpnessPanel: SharpnessPanel;
  readonly asking: Asking;
}

let visit: Visit | null = null;
let learned: { readonly answer: Learned; readonly step: number } | null = null;
let sharpness: { readonly answer: Sharpness; readonly asked: string } | null = null;
let plane: {
  readonly answer: Plane;
  readonly experiment: TrainingExperiment;
  readonly asked: string;
  readonly seed: number;
} | null = null;

/** A visit of the page begins: the views stand in `host`. */
export function begin(host: HTMLElement): void {
  [learned, plane, sharpness] = [null, null, null];
  const body = () => make("div", { className: "view-body" });
  const bodies = { learned: body(), plane: body(), sharpness: body() };
  const fields = createChoices(() => state.choices, choose);
  const problem = make("p", { className: "view-problem", role: "status", hidden: true });
  visit = {
    host,
    fields,
    problem,
    bodies,
    learnedPanel: createLearnedPanel(bodies.learned, highlight),
    planePanel: createPlanePanel(bodies.plane, highlight),
    sharpnessPanel: createSharpnessPanel(bodies.sharpness, { onHover: highlight, onSeek: seekPlayer }),
    asking: createAsking(() => mounted() && host.isConnected, {
      learned: takeLearned,
      plane: takePlane,
      sharpness: takeSharpness,
      problem: tell,
    }),
  };
  host.replaceChildren(fields.element, problem, ...Object.values(bodies));
  follow();
}

// In a frame of another page there is no room for them.
const seen = ({ host }: Visit): boolean => host.clientWidth > 0;
const seeds = (): Seeds => ({ first: Number(state.experiment.seed), count: Number(state.experiment.seeds) });
const seedNow = (): number => state.choices.seed ?? seeds().first;
const stepNow = (): number => Math.floor(time());
const tell = (sentence: string): void => write(visit!.problem, sentence);

// Of runs and seeds only those that there are.
function choose(wanted: Choices): void {
  const next = within(wanted, state.experiment.runs.length, seeds());
  if (JSON.stringify(next) !== JSON.stringify(state.choices)) to.chosen(next);
  tell("");
  follow();
  if (next.view === "plane") askPlane(COARSE, false);
  if (next.view === "sharpness") askSharpness();
}

/** The trainings have come further, or are others: pictures follow. */
export function follow(): void {
  const answer = fittingAnswer();
  if (visit === null || answer === null || !seen(visit)) return;
  const choices = within(state.choices, answer.reports.length, seeds());
  if (JSON.stringify(choices) !== JSON.stringify(state.choices)) to.chosen(choices);
  const names = answer.reports.map(({ name }) => name);
  visit.fields.show(choices, names, seeds());
  for (const [name, body] of Object.entries(visit.bodies)) body.hidden = name !== choices.view;
  if (choices.view === "learned") askLearned();
  else if (choices.view === "sharpness") rest();
  else if (plane === null || !fits(plane.experiment)) askPlane(COARSE, false);
  else askPlane(plane.answer.grid?.rows.length ?? COARSE, true);
  rest();
  draw();
}

const fits = (experiment: TrainingExperiment): boolean => sameWeights(experiment, state.experiment);

// Once all is trained and the hand rests the plane is found anew.
const rest = afterRest(() => {
  if (!mounted() || state.good !== state.experiment) return;
  if (state.choices.view === "sharpness") return askSharpness();
  if (state.choices.view !== "plane") return;
  if (state.answer?.done && plane?.asked !== wish()) askPlane(COARSE, false);
}, REST);

const wish = (): string => JSON.stringify([state.experiment, state.choices.plane, seedNow()]);

function askLearned(): void {
  const { experiment } = state;
  if (state.good !== experiment) return;
  const places = experiment.runs.length > FEW ? PLAIN : FINER;
  visit!.asking.learned({ experiment, step: stepNow(), places, seed: seedNow() });
}

function askPlane(grid: number, stands: boolean): void {
  const { experiment, good, choices } = state;
  if (good === experiment) visit!.asking.plane({ experiment, wish: choices.plane, grid, stands, seed: seedNow() });
}

// What the trainings are called that are shown: whatever is drawn otherwise, or looked at, is left out.
function trainings(): string {
  const { runs, seeds: _, return_best: __, ...others } = state.experiment;
  const methods = runs.map(({ hidden: _, style: __, ...method }) => method);
  return JSON.stringify([others, methods, state.answer?.made, seedNow()]);
}

// Once all is trained, or rests, and the hand too.
function askSharpness(): void {
  const { experiment, good, answer, paused } = state;
  const asked = trainings();
  const known = sharpness?.asked === asked && sharpness.answer.done;
  if (good === experiment && (answer?.done || paused) && !known)
    visit!.asking.sharpness({ experiment, asked, seed: seedNow() });
}

// It comes in pieces.
function takeSharpness(answer: Sharpness, { asked }: SharpnessQuestion): void {
  sharpness = { answer, asked };
  if (state.choices.view !== "sharpness") return;
  tell("");
  draw();
  if (!answer.done && asked === trainings()) setTimeout(goOn, answer.waiting > 0 ? AGAIN : 0, visit);
}

function goOn(asker: Visit | null): void {
  if (asker === visit && mounted() && state.choices.view === "sharpness") askSharpness();
}

function takeLearned(answer: Learned, { step }: { readonly step: number }): void {
  learned = { answer, step };
  if (state.choices.view === "learned") tell("");
  draw();
}

function takePlane(answer: Plane, question: Parameters<Asking["plane"]>[0]): void {
  const { experiment, stands, grid, wish: made, seed } = question;
  const asked = stands ? (plane?.asked ?? "") : JSON.stringify([experiment, made, seed]);
  plane = { answer, experiment, asked, seed };
  if (state.choices.view === "plane") tell("");
  draw();
  if (!stands && grid === COARSE && state.answer?.done && experiment === state.experiment) askPlane(FINE, true);
}

/** The player stands at another step. */
export function seek(): void {
  if (visit === null || fittingAnswer() === null || !seen(visit)) return;
  if (state.choices.view === "learned" && learned?.step !== stepNow()) askLearned();
  else draw();
}

/** Another run stands out. */
export function emphasize(): void {
  if (state.choices.view !== "learned") draw();
}

/** Draws all anew, as it is known. */
export function draw(): void {
  const answer = fittingAnswer();
  if (visit === null || answer === null) return;
  const { runs } = state.experiment;
  const scene = { runs, names: answer.reports.map(({ name }) => name), palette: palette() };
  const { along: by, highlight, choices } = state;
  if (choices.view === "learned")
    visit.learnedPanel.show(
      learned?.answer.runs.length === runs.length ? { ...scene, learned: learned.answer, step: learned.step } : null,
    );
  else if (choices.view === "sharpness") {
    const stale = sharpness?.asked !== trainings();
    visit.sharpnessPanel.show(
      sharpness?.answer.runs.length === runs.length
        ? { ...scene, sharpness: sharpness.answer, answer, by, step: time(), highlight, stale }
        : null,
    );
  } else
    visit.planePanel.show(
      plane?.answer.runs.length === runs.length
        ? { ...scene, plane: plane.answer, step: time(), highlight, seed: plane.seed }
        : null,
    );
}
