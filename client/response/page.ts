// The Response page: what it is to the list of runs and to the exports, and who follows what happens on it.

import { props } from "../dash/dash.ts";
import { markRow } from "../drawing/tooltip.ts";
import { keepFocus } from "../runs/kept-focus.ts";
import { type Exported, type RunsPage, register } from "../runs/page.ts";
import { allMended, runsMended, tellProblem } from "../runs/refused.ts";
import { byId } from "../shell/document.ts";
import { keep, left, withRuns } from "../shell/pages.ts";
import { inSpareTime } from "../wire/spare-time.ts";
import type { Answer } from "./answer.ts";
import { listenToReached, prepared } from "./answering.ts";
import { request } from "./asking.ts";
import { drawAll, mounted, moveCursor } from "./drawing.ts";
import { syncChoices } from "./fields.ts";
import { drawGrid, moveGrid, refreshGrid } from "./grid.ts";
import { highlight } from "./hovering.ts";
import { epochsOf } from "./looked-at.ts";
import { moved } from "./moved.ts";
import { changeRuns, numbers } from "./numbers.ts";
import { drawSamples, palette } from "./palette.ts";
import { drawAnswered } from "./provisional.ts";
import { showPublished } from "./published.ts";
import { listenToPublishedValues, markPublished } from "./published-values.ts";
import { commit, keepWindow, settle } from "./settling.ts";
import { fittingAnswer, on, state, to } from "./state.ts";
import { showReadings, showReadingsSoon } from "./table.ts";

function rebuild(): void {
  keepFocus();
  props("response-structure", { data: { experiment: state.good, unfolded: [...state.unfolded] } });
}

function showAnswer(): void {
  if (fittingAnswer() === null) return;
  showCurves();
  showWayToExplore();
}

function showCurves(): void {
  drawAll();
  showReadingsSoon();
  markPublished();
}

// The runs descend the surface that stands on the Explore page.
function showWayToExplore(): void {
  const query = withRuns(left("Explore")?.query ?? "", state.answer!.explore);
  byId("response-explore").setAttribute("href", `/?${query}`);
}

// Whoever leaves for another page finds this one so again.
function keepAnswered({ query }: Answer): void {
  if (state.good === state.experiment) keep("Response", query, state.published);
}

// A list of runs is built only for what the server can use.
function rebuildIfWanted(): void {
  if (state.good !== state.experiment || !state.structure) return;
  to.structured();
  rebuild();
}

// What is seen: the epochs from `first` to `last`.
function exported(): Exported {
  const [low, high] = state.window;
  const epochs = epochsOf(state.window, state.catalogue.epochs - 1);
  const experiment = { ...state.experiment, epochs };
  return { kind: "response", experiment, first: Math.ceil(low), last: Math.floor(high), stands: state.epoch };
}

// While numbers move the page answers by itself; the server is asked at rest, or now if the page can't.
function answerOrAsk(): void {
  if (!drawAnswered()) request();
}

const page: RunsPage = {
  state,
  numbers: {
    ...numbers,
    writeAll() {
      numbers.writeAll();
      markPublished();
    },
  },
  mounted,
  palette,
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
    drawGrid();
  },
  exported,
  query: () => state.query,
};

/** Lets the page be found, and everything follow what happens on it, from now on. */
export function prepareResponse(): void {
  register(page);
  listenToPublishedValues();
  listenToReached();
  for (const change of ["changed", "replaced", "signalled", "chose"] as const) {
    on(change, change === "changed" ? answerOrAsk : request);
    on(change, showPublished);
  }
  on("provided", showCurves);
  on("provided", moveGrid);
  on("refused", showPublished);
  on("replaced", allMended);
  on("replaced", syncChoices);
  on("chose", drawAll);
  on("chose", showReadings);
  on("accepted", showAnswer);
  on("accepted", rebuildIfWanted);
  on("accepted", keepAnswered);
  on("accepted", () => tellProblem(state));
  on("accepted", settle);
  on("refused", showAnswer);
  on("refused", refreshGrid);
  on("refused", () => moved.takeBack());
  on("sought", moveCursor);
  on("sought", showReadingsSoon);
  on("windowed", drawAll);
  on("windowed", keepWindow);
  on("highlighted", markRow);
  on("highlighted", drawAll);
  on("settled", commit);
  on("settled", moved.settle);
  on("settled", refreshGrid);
  on("settled", () => inSpareTime(prepared));
}
