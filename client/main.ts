// The code of all pages: what is offered to Dash, what is listened to. What it exports is read by nobody but tests and
// who looks into a page from its console: `const page = await import(document.querySelector("#fall-line").src)`.

import { renderPages } from "./dash/dash.ts";
import { listenToHistory } from "./experiment/history.ts";
import { offerExplore } from "./explore/callbacks.ts";
import { askOpening } from "./explore/early.ts";
import { offerInspector } from "./explore/inspector/callbacks.ts";
import { prepareExplore } from "./explore/page.ts";
import { offerExporting, prepareExports } from "./exporting/exporting.ts";
import { offerResponse } from "./response/callbacks.ts";
import { prepareResponse } from "./response/page.ts";
import { listenToFormulas } from "./runs/formula-field.ts";
import { live } from "./runs/page.ts";
import { listenToRuns, offerRuns } from "./runs/run-list.ts";
import { offerSchedules } from "./runs/schedules.ts";
import { offerSearching } from "./runs/searching.ts";
import { listenToSliders } from "./runs/slider-drag.ts";
import { listenToSliderKeys } from "./runs/slider-keys.ts";
import { followSpokenValues, offerSpokenValues } from "./runs/spoken-values.ts";
import { watchComboboxes } from "./shell/comboboxes.ts";
import { followHeight, listenToLinks } from "./shell/embedding.ts";
import { offerHeader } from "./shell/header.ts";
import { listenToHints } from "./shell/hints.ts";
import { listenToDrops } from "./shell/open-file.ts";
import { watchShell } from "./shell/shell.ts";
import { listenToSkipLinks } from "./shell/skip-links.ts";
import { apply, onSystemChange } from "./shell/theme.ts";
import { watchFormulas } from "./shell/typeset.ts";
import { offerTrain } from "./train/callbacks.ts";
import { prepareTrain } from "./train/page.ts";

function themeChanged(): void {
  apply();
  live()?.restyle();
}

function offerAll(): void {
  offerSpokenValues();
  offerSearching();
  offerHeader(themeChanged);
  offerRuns();
  offerExplore();
  offerInspector();
  offerSchedules();
  offerResponse();
  offerTrain();
  offerExporting();
}

function listen(): void {
  listenToHistory();
  listenToRuns();
  listenToSliders();
  listenToSliderKeys();
  followSpokenValues();
  listenToFormulas();
  onSystemChange(themeChanged);
  watchFormulas();
  listenToDrops();
  watchShell();
  listenToLinks(() => live()?.query() || null);
  listenToSkipLinks();
  listenToHints();
  watchComboboxes();
}

askOpening();
followHeight();
offerAll();
listen();
prepareExplore();
prepareResponse();
prepareTrain();
prepareExports();

renderPages();

export * as drawnPaths from "./drawing/paths.ts";
export * as asking from "./explore/asking.ts";
export * as inspector from "./explore/inspector/state.ts";
export * as loading from "./explore/loading.ts";
export * as movingLevels from "./explore/moving-levels.ts";
export * as playing from "./explore/playing.ts";
export * as plots from "./explore/plots.ts";
export * as explore from "./explore/state.ts";
export * as walkable from "./explore/walkable.ts";
export * as walking from "./explore/walking.ts";
export * as responseAnswering from "./response/answering.ts";
export * as responseAsking from "./response/asking.ts";
export * as responseAxes from "./response/axes.ts";
export * as response from "./response/state.ts";
export * as trainAsking from "./train/asking.ts";
export * as trainPlaying from "./train/playing.ts";
export * as train from "./train/state.ts";
export * as wire from "./wire/ask.ts";
