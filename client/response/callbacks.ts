// What Dash calls on the Response page: one short function for each clientside callback.

import { type Callbacks, offer, triggeredId } from "../dash/dash.ts";
import * as edit from "../experiment/edit.ts";
import type { ResponseExperiment } from "../experiment/experiment.ts";
import { PREFIX, picked } from "../runs/formula-field.ts";
import { defaults } from "../runs/page.ts";
import { tellProblem } from "../runs/refused.ts";
import { share } from "../runs/sharing.ts";
import { tell } from "../shell/document.ts";
import { zoomed } from "./axes.ts";
import { mounted } from "./drawing.ts";
import { syncChoices } from "./fields.ts";
import { formula } from "./formula.ts";
import { openPage } from "./opening.ts";
import { openPublished, publishedAs } from "./published.ts";
import { firstDrawing } from "./signal.ts";
import { type Opening, type ResponseCatalogue, state, to } from "./state.ts";
import { showView } from "./view.ts";

interface OpenedFile {
  readonly experiment?: ResponseExperiment | null;
  readonly problems: readonly string[];
}

const FACTORS: Readonly<Record<string, number>> = { "response-zoom-in": 0.5, "response-zoom-out": 2 };

function chooseSignal(key: string): void {
  const { experiment } = state;
  if (key === picked(experiment.signal)) return formula.leave();
  if (key === PREFIX) return formula.begin();
  const next = { ...experiment, signal: key, drawn: key === "drawn" ? firstDrawing() : null };
  to.signalled(next, `signal ${key}`, publishedAs(next));
  syncChoices();
}

function flatten(): void {
  const { experiment } = state;
  if (experiment.drawn) to.changed({ ...experiment, drawn: experiment.drawn.map(() => 0) }, "flat");
}

function chooseView(view: ResponseExperiment["view"]): void {
  if (view === state.experiment.view) return;
  to.changed({ ...state.experiment, view }, "view");
  showView();
}

function addRun(optimizer: string): void {
  const { experiment, catalogue } = state;
  to.changed(edit.addRun(experiment, optimizer, defaults(catalogue, optimizer)), "add", { structure: true });
}

function openFile({ experiment, problems }: OpenedFile): void {
  if (experiment) to.replaced(experiment, "file");
  to.warned(problems.join(" "));
  if (state.opening) tell("problem", state.opening);
  else tellProblem(state);
}

// About the cursor, if it is seen.
function changeWindow(button: string): void {
  const { window, epoch, catalogue } = state;
  const last = catalogue.epochs - 1;
  const about = epoch >= window[0] && epoch <= window[1] ? epoch : (window[0] + window[1]) / 2;
  to.windowed(button in FACTORS ? zoomed(window, FACTORS[button], about, last) : [0, last]);
}

/** What Dash calls with a choice: `action` is done while the page stands in the document and something is chosen. */
function chosen<Choice>(action: (choice: Choice) => void): (choice: Choice | null | undefined) => void {
  return (choice) => {
    if (mounted() && choice) action(choice);
  };
}

export const callbacks: Callbacks = {
  open: (opening: Opening, catalogue: ResponseCatalogue) => openPage(opening, catalogue),
  published: chosen(openPublished),
  asPublished: chosen(() => state.published !== null && openPublished(state.published)),
  signal: chosen(chooseSignal),
  flat: chosen(flatten),
  view: chosen(chooseView),
  add(optimizer: string | null) {
    if (!mounted() || !optimizer) return undefined;
    addRun(optimizer);
    return null; // another one can be chosen
  },
  copy(clicks: number | null) {
    if (clicks) share(state.query);
  },
  opened: chosen(openFile),
  zoom() {
    const button = triggeredId<string>();
    if (mounted() && button) changeWindow(button);
  },
};

/** Lets Dash call what its callbacks of the page name. */
export const offerResponse = (): void => offer("response", callbacks);
