// The Explore page: who reacts to what happens on it, and what it is to the list of runs and to the exports.

import { props } from "../dash/dash.ts";
import { keepFocus } from "../runs/kept-focus.ts";
import type { Exported, RunsPage } from "../runs/page.ts";
import { register } from "../runs/page.ts";
import { runsMended, tellProblem } from "../runs/refused.ts";
import { drawSwatches } from "../runs/swatches.ts";
import { go, keep } from "../shell/pages.ts";
import { inSpareTime } from "../wire/spare-time.ts";
import * as asking from "./asking.ts";
import { change, changeRuns } from "./changing.ts";
import { seen } from "./exported-view.ts";
import { hidePicturePaths } from "./first-picture.ts";
import { followMinima } from "./formula.ts";
import { highlight } from "./hovering.ts";
import { listenToInspector } from "./inspector/callbacks.ts";
import { followStep, restyleInspector } from "./inspector/inspector.ts";
import { listenToKeys } from "./keys.ts";
import { moved } from "./moved.ts";
import { numbers } from "./numbers.ts";
import { setSteps, time } from "./playing.ts";
import * as plots from "./plots.ts";
import { listenToPlot, prepareSlider } from "./preparing.ts";
import { takeBack } from "./provisional.ts";
import { showPublished } from "./published.ts";
import { forgetReached, listenToReach } from "./reach.ts";
import { palette } from "./scene.ts";
import { query, settle } from "./settling.ts";
import { type Answer, type Change, on, panelOf, state, surface, to } from "./state.ts";
import { followAnswer } from "./table.ts";
import { followTuning, restyleTuning } from "./tuning.ts";
import { prepareAhead } from "./walkable.ts";
import { drawWalked } from "./walking.ts";

// What moves the runs without changing the list of them, besides numbers.
const MOVES = ["start", "seed", "return best"];

function changed(_next: unknown, why: string, { number = null }: Change): void {
  plots.setStart(state.experiment.start);
  const drawn = (number !== null || MOVES.includes(why)) && drawWalked();
  if (!drawn) asking.requestPaths(state.experiment);
}

function accepted(answer: Answer): void {
  if (state.paths!.runs === state.experiment.runs.length) {
    setSteps(state.paths!.steps);
    plots.draw(true);
    hidePicturePaths();
    followAnswer();
  }
  if (state.good === state.experiment) {
    serve();
    keep("Explore", answer.query, state.published);
  }
  followTuning();
  followMinima(answer);
  followStep();
  tellProblem(state);
  settle();
}

// What else an accepted experiment changes. Not before: a list of runs is built only for what the server can use.
function serve(): void {
  const { contour, structure } = state.wants;
  to.served();
  if (contour) asking.requestContour();
  if (structure) rebuild();
}

function rebuild(): void {
  if (state.good === null) return;
  to.unlinked();
  to.lifted([]);
  forgetReached();
  const panel = panelOf(state.good);
  const other = state.panel !== panel;
  to.panelled(panel);
  keepFocus();
  props("structure", { data: { experiment: state.good, unfolded: [...state.unfolded], surface: other } });
}

// What was refused is taken back, and with it what was drawn of it.
function refused(): void {
  takeBack();
  plots.setStart(state.experiment.start);
  moved.takeBack();
}

function restyle(): void {
  asking.requestContour();
  drawSwatches(palette());
  plots.drawAll(true);
  restyleInspector();
  restyleTuning();
}

// What an export shows: the view that is seen, from the first step to the last; the player stands at one.
function exported(): Exported {
  const { steps } = state.experiment;
  const experiment = seen(state.experiment, state.shown, surface().domain);
  return { kind: "surface", experiment, first: 0, last: steps, stands: Math.min(steps, Math.floor(time())) };
}

const explore: RunsPage = {
  state,
  numbers,
  mounted: plots.mounted,
  palette,
  changeRuns,
  rebuild,
  highlight,
  restyle,
  exported,
  query,
  showResponse(run) {
    const query = state.answer?.responses[run];
    if (query) go("Response", query);
  },
  drawAll: () => plots.drawAll(true),
  unfold: (run) => to.unfolded(run),
  forgetRows() {
    to.rowsForgotten();
    runsMended();
  },
  typed(field, sync) {
    to.typed(field);
    moved.add(field, sync);
  },
};

/** Makes the page ready for its first visit. */
export function prepareExplore(): void {
  on("changed", changed);
  on("changed", showPublished);
  on("refused", showPublished);
  on("accepted", accepted);
  on("refused", refused);
  on("provided", followTuning);
  on("settled", prepareSlider);
  on("settled", () => inSpareTime(prepareAhead));
  register(explore);
  listenToKeys();
  listenToPlot();
  listenToInspector();
  listenToReach(prepareSlider);
  asking.connect(() => change(state.experiment, state.why, { contour: true, structure: true }));
}
