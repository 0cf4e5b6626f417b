// A visit of the Train page begins.

import { allMended } from "../runs/refused.ts";
import { byId, tell } from "../shell/document.ts";
import { followHeight } from "../shell/embedding.ts";
import { takeFiles } from "../shell/open-file.ts";
import { pointLinks } from "../shell/pages.ts";
import { removeShell } from "../shell/shell.ts";
import * as asking from "./asking.ts";
import { showContinued } from "./continuing.ts";
import { tellTask } from "./fields.ts";
import * as history from "./history.ts";
import { moved } from "./moved.ts";
import { numbers } from "./numbers.ts";
import { drawSamples } from "./palette.ts";
import * as playing from "./playing.ts";
import * as published from "./published.ts";
import * as settling from "./settling.ts";
import { type Opening, state, type TrainCatalogue, to } from "./state.ts";
import * as views from "./views/views.ts";

/** Dash has built the page: a visit begins. */
export function openPage(opening: Opening, catalogue: TrainCatalogue): void {
  const host = document.getElementById("train-plot");
  if (host !== null) start(opening, catalogue, host);
}

function start(opening: Opening, catalogue: TrainCatalogue, host: HTMLElement): void {
  to.opened(opening, catalogue);
  removeShell();
  followHeight();
  moved.clear();
  numbers.forget();
  allMended();
  asking.begin();
  history.begin(host);
  playing.begin({ steps: Number(opening.experiment.steps), step: opening.look.step, onTime: to.sought });
  views.begin(byId("train-views"));
  settling.begin();
  byId("train-progress").hidden = true;
  takeFiles("train-open-file");
  asking.connect();
  asking.request();
  tell("problem", state.opening);
  published.begin();
  pointLinks("Train");
  tellTask();
  showContinued();
  drawSamples();
}
