// What Dash calls on the Train page: one short function for each clientside callback.

import { type Callbacks, offer, triggeredId } from "../dash/dash.ts";
import * as edit from "../experiment/edit.ts";
import type { TrainingExperiment } from "../experiment/experiment.ts";
import { defaults } from "../runs/page.ts";
import { tellProblem } from "../runs/refused.ts";
import { share } from "../runs/sharing.ts";
import { tell } from "../shell/document.ts";
import { goOn, takeBack } from "./continuing.ts";
import { chooseGrowth, chooseTask, type Field, newSeed, typed } from "./fields.ts";
import { mounted } from "./history.ts";
import type { Along, LossAxis } from "./look.ts";
import { openPage } from "./opening.ts";
import { forward, setPace, toggle } from "./playing.ts";
import { cancel, pause, startLong } from "./progress.ts";
import { openPublished } from "./published.ts";
import { query } from "./settling.ts";
import { filled } from "./stages.ts";
import { type Opening, state, type TrainCatalogue, to } from "./state.ts";

interface OpenedFile {
  readonly experiment?: TrainingExperiment | null;
  readonly problems: readonly string[];
}

type Clicks = number | null | undefined;

function chooseNetwork(activation: string, initialization: string): void {
  const { experiment } = state;
  if (activation === experiment.activation && initialization === experiment.initialization) return;
  to.changed({ ...experiment, activation, initialization }, "network");
}

function returnBest(checked: boolean): void {
  if (checked !== state.experiment.return_best)
    to.changed({ ...state.experiment, return_best: checked }, "return best");
}

function addRun(optimizer: string): void {
  const { experiment, catalogue } = state;
  const added = edit.addRun(experiment, optimizer, defaults(catalogue, optimizer));
  to.changed(filled(added), "add", { structure: true });
}

function openFile({ experiment, problems }: OpenedFile): void {
  if (experiment) to.replaced(experiment, "file");
  to.warned(problems.join(" "));
  if (state.opening) tell("problem", state.opening);
  else tellProblem(state);
}

function scale(lossAxis: LossAxis, along: Along, smooth: boolean): void {
  if (lossAxis !== state.lossAxis || along !== state.along || smooth !== state.smooth) {
    to.scaled(lossAxis, along, smooth);
  }
}

/** What Dash calls with choices: `action` is done while the page stands in the document. */
const here =
  <Given extends unknown[]>(action: (...given: Given) => void) =>
  (...given: Given): void => {
    if (mounted()) action(...given);
  };

const pressed = (action: () => void): ((...clicks: Clicks[]) => void) =>
  here((...clicks: Clicks[]) => {
    if (clicks.some(Boolean)) action();
  });

export const callbacks: Callbacks = {
  open: (opening: Opening, catalogue: TrainCatalogue) => openPage(opening, catalogue),
  published: here((name: string | null) => name && openPublished(name)),
  asPublished: pressed(() => state.published !== null && openPublished(state.published)),
  task: here((key: string | null) => key && chooseTask(key)),
  network: here(chooseNetwork),
  growth: here((kind: string | null) => kind && chooseGrowth(kind)),
  field: here((text: string, { key }: { key: Field }) => typed(text, key)),
  returnBest: here(returnBest),
  newSeed: pressed(newSeed),
  axes: here(scale),
  add(optimizer: string | null) {
    if (!mounted() || !optimizer) return undefined;
    addRun(optimizer);
    return null; // another one can be chosen
  },
  opened: here((file: OpenedFile | null) => file && openFile(file)),
  copy: pressed(() => share(query())),
  goOn: pressed(goOn),
  takeBack: pressed(takeBack),
  pause: pressed(pause),
  cancel: pressed(cancel),
  trainLong: pressed(startLong),
  play: pressed(toggle),
  step: pressed(() => forward(triggeredId() === "train-player-back" ? -1 : 1)),
  pace: here((speed: string, loop: boolean) => setPace(Number(speed), Boolean(loop))),
};

/** Lets Dash call what its callbacks of the page name. */
export const offerTrain = (): void => offer("train", callbacks);
