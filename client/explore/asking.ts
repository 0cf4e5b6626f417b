// What the Explore page asks of the server while something moves: paths and contour, each through a gate. A gate belongs
// to one visit of the page: an answer that comes after the reader has left is dropped.

import { type Figure, plotly } from "../dash/plotly.ts";
import { unpack } from "../drawing/paths.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { connectPage } from "../runs/connecting.ts";
import { refuseTyped } from "../runs/refused.ts";
import { tell } from "../shell/document.ts";
import { ask } from "../wire/ask.ts";
import type { Connection } from "../wire/connection.ts";
import { forgetEarly } from "../wire/early.ts";
import { createGate, type Gate } from "../wire/gate.ts";
import { decodedGrid, type EncodedGrid } from "../wire/grid.ts";
import { type ContourQuestion, contourQuestion } from "./contour-question.ts";
import { removePicture } from "./first-picture.ts";
import { contourArrived } from "./moving-contour.ts";
import { graph, mounted, size } from "./plots.ts";
import { type Answer, state, to } from "./state.ts";

const LANES = 3;

let paths: Gate<Experiment> | null = null;
let contour: Gate<ContourQuestion> | null = null;
let connection: Connection | null = null;
let settle: () => void = () => {};
let searched = false; // whether the contour was asked again for its minima

/** A figure whose first trace has its heights apart. */
interface ContourFigure extends Figure {
  readonly layout: Figure["layout"] & { readonly meta: { readonly minima: "searching" | "known" } };
  readonly heights: EncodedGrid;
}

async function drawContour({ data: [contour, ...marks], layout, heights }: ContourFigure): Promise<void> {
  const whole = Object.assign({}, contour, { z: decodedGrid(heights) });
  await plotly().react(graph(), [whole, ...marks], layout, graph()._context);
}

// A contour that was asked early may know of no minima that the paths have found meanwhile.
function findMinima({ layout }: ContourFigure): void {
  const lacks = layout.meta.minima === "searching" && state.answer?.minima === "known";
  if (lacks && !searched) requestContour();
  searched = lacks;
}

/** A visit of the page begins; `onSettled` is called after every answer. */
export function begin(onSettled: () => void): void {
  settle = onSettled;
  paths = pathsGate();
  contour = contourGate();
}

function pathsGate(): Gate<Experiment> {
  const gate: Gate<Experiment> = createGate({ send: askPaths, lanes: LANES });
  async function askPaths(lane: number, sequence: number, experiment: Experiment): Promise<void> {
    const answer = await ask<Answer>("explore/paths", experiment);
    if (gate !== paths) return;
    if (answer === null) return lose();
    if (!gate.settle(lane, sequence)) return settle();
    if (answer.problem === undefined) to.accepted(answer, experiment, unpack(answer));
    else refuse(answer.problem, experiment);
  }
  return gate;
}

// What the server can't use is not taken over: the message says why, the picture and the experiment stay.
function refuse(problem: string, experiment: Experiment): void {
  refuseTyped(state, experiment, problem);
  if (state.good === null) removePicture();
  else if (state.experiment === experiment) to.refused();
}

function contourGate(): Gate<ContourQuestion> {
  const gate: Gate<ContourQuestion> = createGate({ send: askContour });
  async function askContour(lane: number, sequence: number, asked: ContourQuestion): Promise<void> {
    const figure = await ask<ContourFigure>("explore/contour", asked);
    if (gate !== contour || !mounted()) return;
    if (figure === null) return lose();
    if (figure.problem !== undefined) tell("problem", figure.problem);
    else await drawContour(figure);
    contourArrived(asked);
    removePicture();
    forgetEarly();
    gate.settle(lane, sequence);
    if (figure.problem === undefined) findMinima(figure);
  }
  return gate;
}

// The question for the contour of what is shown.
function question(): ContourQuestion {
  const { experiment, good, provisional, shown, catalogue, revision } = state;
  const asked = provisional || good === null ? experiment : good;
  const box = shown ?? asked.view ?? catalogue.surfaces[asked.surface].domain;
  return contourQuestion(asked, box, size(), catalogue.margin, revision);
}

export const requestPaths = (experiment: Experiment): void => paths?.request(experiment);
export const requestContour = (): void => contour?.request(question());

/** Something newer was drawn without asking. */
export const overtake = (): void => paths?.overtake();

/** Whether no paths are asked for. */
export const idle = (): boolean => paths?.idle() ?? true;

/** Whether no contour is asked for. */
export const contourIdle = (): boolean => contour?.idle() ?? true;

/** What stands for this visit of the page. */
export const visit = (): unknown => paths;

/** An answer has stayed away. */
export const lose = (): void => connection?.lose();

/** Watches over the connection; `onBack` is called when the server answers again. */
export function connect(onBack: () => void): void {
  connection ??= connectPage({
    mounted,
    waiting: () => Math.max(paths?.waiting() ?? 0, contour?.waiting() ?? 0),
    onBack() {
      paths?.reset();
      contour?.reset();
      onBack();
    },
  });
}
