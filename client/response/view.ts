// What stands in the stage of the Response page: the plot, or many small plots.

import type { ResponseExperiment } from "../experiment/experiment.ts";
import { byId, tell } from "../shell/document.ts";
import { drawAll } from "./drawing.ts";
import { refreshGrid } from "./grid.ts";
import { state } from "./state.ts";

const SCALES = "each plot has its own scale, least … greatest answer; click to open";

const WORDS: Readonly<Record<ResponseExperiment["view"], string>> = {
  curves: "",
  methods: `every method at its defaults on this signal; ${SCALES}`,
  signals: `these runs on every signal; ${SCALES}`,
  run: `the run chosen below on every signal; ${SCALES}`,
};

/** Shows the plot or the small plots. */
export function showView(): void {
  const { view } = state.experiment;
  byId("response-plot").hidden = view !== "curves";
  byId("response-grid").hidden = view === "curves";
  document.querySelector<HTMLElement>(".zoom")!.hidden = view !== "curves";
  tell("response-plot-text", WORDS[view]);
  if (view === "curves") drawAll();
  else refreshGrid();
}
