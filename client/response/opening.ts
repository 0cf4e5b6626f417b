// A visit of the Response page begins.

import { allMended } from "../runs/refused.ts";
import { byId, tell } from "../shell/document.ts";
import { followHeight } from "../shell/embedding.ts";
import { takeFiles } from "../shell/open-file.ts";
import { pointLinks } from "../shell/pages.ts";
import { removeShell } from "../shell/shell.ts";
import * as asking from "./asking.ts";
import * as drawing from "./drawing.ts";
import * as grid from "./grid.ts";
import { moved } from "./moved.ts";
import { numbers } from "./numbers.ts";
import { drawSamples } from "./palette.ts";
import * as published from "./published.ts";
import * as settling from "./settling.ts";
import { tellSignal } from "./signal.ts";
import { type Opening, type ResponseCatalogue, state, to } from "./state.ts";
import * as table from "./table.ts";
import { showView } from "./view.ts";

/** Dash has built the page: a visit begins. */
export function openPage(opening: Opening, catalogue: ResponseCatalogue): void {
  const host = document.getElementById("response-plot");
  if (host !== null) start(opening, catalogue, host);
}

function start(opening: Opening, catalogue: ResponseCatalogue, host: HTMLElement): void {
  to.opened(opening, catalogue);
  removeShell();
  followHeight();
  moved.clear();
  numbers.forget();
  allMended();
  asking.begin();
  drawing.begin(host);
  grid.begin(byId("response-grid"));
  settling.begin();
  table.begin(catalogue.epochs - 1);
  takeFiles("response-open-file");
  asking.connect();
  asking.request();
  tell("problem", state.opening);
  published.begin();
  pointLinks("Response");
  tellSignal();
  showView();
  drawSamples();
}
