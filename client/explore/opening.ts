// A visit of the Explore page begins, once Dash has built it.

import type { Graph } from "../dash/plotly.ts";
import { allMended, tellProblem } from "../runs/refused.ts";
import { drawSwatches } from "../runs/swatches.ts";
import { followHeight } from "../shell/embedding.ts";
import { takeFiles } from "../shell/open-file.ts";
import { pointLinks } from "../shell/pages.ts";
import { removeShell } from "../shell/shell.ts";
import { afterRest } from "../wire/throttle.ts";
import * as asking from "./asking.ts";
import { changeWhole } from "./changing.ts";
import { movePicture } from "./first-picture.ts";
import { hover } from "./hovering.ts";
import { followStep } from "./inspector/inspector.ts";
import { load } from "./loading.ts";
import { moved } from "./moved.ts";
import { numbers } from "./numbers.ts";
import * as playing from "./playing.ts";
import * as plots from "./plots.ts";
import * as published from "./published.ts";
import { palette } from "./scene.ts";
import * as settling from "./settling.ts";
import { setStart, setView } from "./start.ts";
import { type ExploreCatalogue, type Opening, state, to } from "./state.ts";
import { forgetClaims } from "./tuned.ts";
import { forgetTuning } from "./tuning.ts";

const AGAIN = 5; // ms until it is looked again whether the graphs stand
const RESIZED = 200; // ms of rest before a plot of another size gets its contour

let newest: Opening | null = null;

/** Waits until both graphs stand, then starts the page. */
export function open(opening: Opening, catalogue: ExploreCatalogue): void {
  newest = opening;
  attempt(opening, catalogue);
}

function attempt(opening: Opening, catalogue: ExploreCatalogue): void {
  if (opening !== newest || !document.getElementById("surface-plot")) return;
  const [graph, lossGraph] = [graphOf("surface-plot"), graphOf("loss-plot")];
  if (graph === null || lossGraph === null) {
    setTimeout(() => attempt(opening, catalogue), AGAIN);
    return;
  }
  newest = null;
  start(opening, catalogue, graph, lossGraph);
}

function graphOf(id: string): Graph | null {
  const graph = document.querySelector<Graph>(`#${id} .js-plotly-plot`);
  return graph?.on && graph._fullLayout?._size ? graph : null;
}

function start(opening: Opening, catalogue: ExploreCatalogue, graph: Graph, lossGraph: Graph): void {
  to.opened(opening, catalogue);
  for (const forget of [forgetTuning, forgetClaims, moved.clear, numbers.forget, allMended]) forget();
  published.begin();
  pointLinks("Explore");
  movePicture(graph);
  removeShell();
  followHeight();
  plots.begin(graph, lossGraph, { onStart: setStart, onView: setView, onHover: hover });
  asking.begin(settling.settle);
  settling.begin((experiment, name) => load(experiment, "return", name ?? null));
  begin(opening);
  watchSize(graph);
}

function begin({ experiment: { step }, problems }: Opening): void {
  const { steps } = state.experiment;
  playing.begin({ steps, step: step ?? steps, onFrame, onChange: followStep });
  takeFiles("open-file");
  changeWhole(state.experiment, "open", { contour: true });
  to.warned(problems.join(" "));
  tellProblem(state);
  drawSwatches(palette());
}

function onFrame(): void {
  plots.draw(false);
  plots.drawLosses(false);
  followStep();
}

function watchSize(graph: Graph): void {
  const follow = afterRest(() => {
    if (!graph.isConnected) return;
    to.resized();
    asking.requestContour();
  }, RESIZED);
  let first = true;
  const observer = new ResizeObserver(() => {
    if (!first) follow();
    first = false;
  });
  observer.observe(graph);
}
