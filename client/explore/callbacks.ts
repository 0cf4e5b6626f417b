// What Dash calls on the Explore page: one short function for each clientside callback.

import { type Callbacks, offer, triggeredId } from "../dash/dash.ts";
import * as edit from "../experiment/edit.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { written } from "../experiment/scales.ts";
import { typedNumber } from "../experiment/typed-number.ts";
import { PREFIX, picked } from "../runs/formula-field.ts";
import { defaults, type Value } from "../runs/page.ts";
import { isRefused, mended, showText, tellProblem } from "../runs/refused.ts";
import { share } from "../runs/sharing.ts";
import { tell } from "../shell/document.ts";
import { change } from "./changing.ts";
import { syncFields } from "./fields.ts";
import { formula } from "./formula.ts";
import { load, loadPublished } from "./loading.ts";
import { moved } from "./moved.ts";
import { chooseNoise, newSeed, returnBest } from "./noise.ts";
import { open } from "./opening.ts";
import { forward, setPace, toggle } from "./playing.ts";
import { drawLosses } from "./plots.ts";
import { query } from "./settling.ts";
import { setStart, setView } from "./start.ts";
import { type ExploreCatalogue, type Opening, state, to } from "./state.ts";
import { togglePanel, tune, untune } from "./tuning.ts";

type Clicks = number | null | undefined;
type Field = "x" | "y" | "tolerance" | "seed";

interface FieldId {
  readonly key: Field;
}

interface Opened {
  readonly experiment: Experiment | null;
  readonly problems: readonly string[];
}

const fieldValue = (key: Field): Value => {
  if (key === "x") return state.experiment.start[0];
  return key === "y" ? state.experiment.start[1] : state.experiment[key];
};

function setField(key: Field, value: Value): void {
  const [x, y] = state.experiment.start;
  if (key === "x") setStart([value as number, y]);
  else if (key === "y") setStart([x, value as number]);
  else change({ ...state.experiment, [key]: value }, key);
}

// A text in one of the fields that belong to no run.
function field(text: string, { key }: FieldId): void {
  if (!state.opened) return;
  const value = typedNumber(text);
  const id = JSON.stringify({ key, type: "field" });
  if (isRefused(id, text)) return;
  const wasRefused = mended(id);
  if (value === fieldValue(key)) return wasRefused ? tellProblem(state) : undefined;
  to.typed(id);
  setField(key, value);
  moved.add(id, () => showText({ type: "field", key }, written(fieldValue(key))));
}

function surface(key: string | null): void {
  if (!state.opened || !key) return;
  if (key === picked(state.experiment.surface)) return formula.leave();
  if (key === PREFIX) return formula.begin();
  const chosen = state.catalogue.surfaces[key];
  const hypers = Object.entries(chosen.parameters);
  const parameters = Object.fromEntries(hypers.map(([name, one]) => [name, one.default]));
  to.reset();
  to.named(null);
  change(edit.changeSurface(state.experiment, key, parameters, chosen.start), "surface", {
    contour: true,
    structure: true,
  });
  syncFields();
}

function choice(levels: Experiment["levels"], axis: Experiment["loss_axis"], link: boolean): void {
  const old = state.experiment;
  if (!state.opened) return;
  if (old.levels === levels && old.loss_axis === axis && old.link_learning_rates === link) return;
  to.unlinked();
  const next = { ...old, levels, loss_axis: axis, link_learning_rates: link };
  change(next, "choice", { contour: old.levels !== levels });
  drawLosses(true);
}

function add(optimizer: string | null): null | undefined {
  if (!state.opened || !optimizer) return undefined;
  const own = defaults(state.catalogue, optimizer);
  change(edit.addRun(state.experiment, optimizer, own), "add", { structure: true });
  return null; // another one can be chosen
}

// A reader has opened a file.
async function opened(data: Opened | null): Promise<void> {
  if (!data || !state.opened) return;
  if (data.experiment) await load(data.experiment, "file");
  to.warned(data.problems.join(" "));
  if (state.opening) tell("problem", state.opening);
  else tellProblem(state);
}

// The buttons of the player.
function step(back: Clicks, on: Clicks): void {
  if (back || on) forward(triggeredId() === "player-back" ? -1 : 1);
}

/** What Dash calls with the clicks of a button, and what else `action` needs. */
const pressed =
  (action: (...given: string[]) => unknown) =>
  (clicks: Clicks, ...given: string[]): void => {
    if (clicks && state.opened) action(...given);
  };

export const callbacks: Callbacks = {
  open: (opening: Opening, catalogue: ExploreCatalogue) => open(opening, catalogue),
  field,
  surface,
  published: loadPublished,
  asPublished: pressed(() => loadPublished(state.published)),
  choice,
  noise: chooseNoise,
  newSeed: pressed(newSeed),
  returnBest,
  add,
  play: pressed(toggle),
  step,
  wholeView: pressed(() => setView(null)),
  pace: (speed: string, loop: boolean) => setPace(Number(speed), Boolean(loop)),
  tune: pressed(tune),
  untune: pressed(untune),
  showTuning: pressed(togglePanel),
  copy: pressed(() => share(query())),
  opened,
};

/** Lets Dash call what the page's callbacks name. */
export const offerExplore = (): void => offer("explore", callbacks);
