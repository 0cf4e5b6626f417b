// The Train page: what it is to the list of runs, and who follows what happens on it.

import { props } from "../dash/dash.ts";
import { markRow } from "../drawing/tooltip.ts";
import type { TrainingExperiment } from "../experiment/experiment.ts";
import { keepFocus } from "../runs/kept-focus.ts";
import { type Exported, type RunsPage, register } from "../runs/page.ts";
import { allMended, runsMended, tellProblem } from "../runs/refused.ts";
import { keep } from "../shell/pages.ts";
import type { Answer } from "./answer.ts";
import { request } from "./asking.ts";
import { followContinued } from "./continuing.ts";
import { retryRefused, syncChoices, tellBatches } from "./fields.ts";
import { drawAll, mounted } from "./history.ts";
import { highlight } from "./hovering.ts";
import { listenToKeys } from "./keys.ts";
import { moved } from "./moved.ts";
import { changeRuns, numbers } from "./numbers.ts";
import { drawSamples, palette } from "./palette.ts";
import { setSteps, steps, time } from "./playing.ts";
import { showProgress } from "./progress.ts";
import { showPublished } from "./published.ts";
import { commit, followLook, query, settle, withLook } from "./settling.ts";
import { on, state, to } from "./state.ts";
import { showTable } from "./table.ts";
import * as views from "./views/views.ts";

function rebuild(): void {
  keepFocus();
  props("train-structure", { data: { experiment: state.good, unfolded: [...state.unfolded] } });
}

function showAnswer(): void {
  setSteps(state.answer!.steps);
  drawAll();
  showTable();
  showProgress();
}

// Whoever leaves for another page finds this one so again.
function keepAnswered({ query }: Answer): void {
  if (state.good === state.experiment) keep("Train", withLook(query), state.published);
}

// A list of runs is built only for what the server can use.
function rebuildIfWanted(): void {
  if (state.good !== state.experiment || !state.structure) return;
  to.structured();
  rebuild();
}

// What was refused is taken back; what it had interrupted goes on.
function refused(): void {
  showPublished();
  moved.takeBack();
  if (!state.answer?.done && !state.paused) request();
}

let told: TrainingExperiment | null = null;

// A refusal stays to be read while what it had interrupted goes on.
function tellAccepted(_: Answer, experiment: TrainingExperiment): void {
  if (told !== experiment) tellProblem(state);
  told = experiment;
}

const exported = (): Exported => ({
  kind: "training",
  experiment: state.experiment,
  first: 0,
  last: steps(),
  stands: Math.floor(time()),
});

const page: RunsPage = {
  state,
  numbers,
  mounted,
  palette,
  ownRates: true,
  changeRuns,
  rebuild,
  unfold: to.unfolded,
  typed(field, sync) {
    to.typed(field);
    moved.add(field, sync);
  },
  forgetRows() {
    to.rowsForgotten();
    runsMended();
  },
  highlight,
  drawAll,
  restyle() {
    drawSamples();
    drawAll();
    views.draw();
  },
  exported,
  query,
};

/** Lets the page be found, and everything follow what happens on it, from now on. */
export function prepareTrain(): void {
  register(page);
  listenToKeys();
  for (const change of ["changed", "replaced"] as const) {
    on(change, request);
    on(change, showPublished);
  }
  followContinued();
  on("replaced", allMended);
  on("replaced", syncChoices);
  on("accepted", showAnswer);
  on("accepted", rebuildIfWanted);
  on("accepted", keepAnswered);
  on("accepted", tellAccepted);
  on("accepted", tellBatches);
  on("accepted", settle);
  on("accepted", views.follow);
  on("accepted", retryRefused);
  on("sought", views.seek);
  on("highlighted", views.emphasize);
  on("refused", refused);
  on("rested", showProgress);
  on("scaled", drawAll);
  on("scaled", views.draw);
  on("sought", drawAll);
  on("highlighted", markRow);
  on("highlighted", drawAll);
  for (const look of ["scaled", "chosen", "sought"] as const) on(look, followLook);
  on("settled", commit);
  on("settled", moved.settle);
}
