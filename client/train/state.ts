// The state of the Train page, and all that can happen to it.

import type { Catalogue, Hypers, TrainingExperiment } from "../experiment/experiment.ts";
import type { Hyper } from "../experiment/scales.ts";
import type { Published } from "../runs/note.ts";
import type { ChangeOptions, RunsState } from "../runs/page.ts";
import { ofRuns } from "../runs/transitions.ts";
import { createStore } from "../state/store.ts";
import type { Answer } from "./answer.ts";
import { type Along, type LossAxis, lookedAt, type SentLook } from "./look.ts";
import { type Choices, FIRST } from "./views/choices.ts";

type OfTask = Pick<TrainingExperiment, "layers" | "activation" | "initialization" | "steps" | "batch" | "validation">;

/** What the page knows: fall_line/pages/train/answers.py. */
export interface TrainCatalogue extends Catalogue {
  readonly numbers: Readonly<Record<string, Hyper>>;
  readonly tasks: Readonly<
    Record<
      string,
      {
        readonly label: string;
        readonly lesson: string;
        readonly points: number;
        /** 0 where values are learned. */
        readonly classes: number;
        /** The network to begin with, and how it is trained. */
        readonly first: OfTask;
      }
    >
  >;
  readonly schedules: Readonly<Record<string, Hypers>>;
  readonly published: Readonly<Record<string, Published & { readonly experiment: TrainingExperiment }>>;
}

export interface Opening {
  readonly experiment: TrainingExperiment;
  readonly look: SentLook;
  readonly problems: readonly string[];
  readonly published: string | null;
}

interface TrainState extends RunsState {
  experiment: TrainingExperiment;
  good: TrainingExperiment | null;
  catalogue: TrainCatalogue;
  /** The last answer of the server. */
  answer: Answer | null;
  /** The last experiment whose trainings have all ended. */
  whole: TrainingExperiment | null;
  /** The reader lets the training rest. */
  paused: boolean;
  lossAxis: LossAxis;
  along: Along;
  /** Whether curves are drawn without their trembling. */
  smooth: boolean;
  /** What the views show. */
  choices: Choices;
  /** Counts edits of the list of runs, each of which Back takes back by itself. */
  decisions: number;
  /** What was done last: an edit of the same kind joins its entry of the history. */
  why: string;
  /** Whether the list of runs must be built anew once the server has accepted. */
  structure: boolean;
  /** The name of the published experiment that this is. */
  published: string | null;
  /** The link to what is shown. */
  query: string;
}

const NOTHING: TrainingExperiment = {
  task: "",
  layers: [],
  activation: "",
  initialization: "",
  validation: 0,
  steps: 1,
  batch: 0,
  batch_schedule: {},
  l2: 0,
  seed: 0,
  seeds: 1,
  return_best: false,
  patience: 0,
  runs: [],
};

const INITIAL: TrainState = {
  experiment: NOTHING,
  good: null,
  catalogue: { optimizers: {}, palettes: {}, numbers: {}, tasks: {}, schedules: {}, published: {} },
  opened: false,
  answer: null,
  whole: null,
  paused: false,
  lossAxis: "log",
  along: "steps",
  smooth: false,
  choices: FIRST,
  unfolded: new Set(),
  highlight: null,
  base: null,
  typing: null,
  opening: "",
  decisions: 0,
  why: "open",
  structure: false,
  published: null,
  query: "",
};

function change(state: TrainState, next: TrainingExperiment, why: string, structure = false): void {
  const decision = structure && why !== "return";
  if (decision) state.decisions += 1;
  if (why !== "open") state.opening = "";
  state.experiment = next;
  state.paused = false;
  state.why = decision ? `${why} ${state.decisions}` : why;
  state.structure = structure || state.structure;
}

export const { state, to, on } = createStore(INITIAL, {
  ...ofRuns,

  /** A visit of the page begins. */
  opened(state: TrainState, { experiment, look, published, problems }: Opening, catalogue: TrainCatalogue) {
    Object.assign(state, { catalogue, experiment, published, opened: true, why: "open", opening: problems.join(" ") });
    Object.assign(state, { good: null, answer: null, whole: null, paused: false, highlight: null, typing: null });
    Object.assign(state, lookedAt(look), { query: "" });
    state.unfolded.clear();
  },

  /** The reader changes the experiment. */
  changed(state: TrainState, next: TrainingExperiment, why: string, { structure }: ChangeOptions = {}) {
    change(state, next, why, structure);
  },

  /** Another experiment as a whole: from the menu, a file or the history. */
  replaced(state: TrainState, next: TrainingExperiment, why: string, published: string | null = null) {
    Object.assign(state, { published, highlight: null });
    state.unfolded.clear();
    change(state, next, why, true);
  },

  /** What is shown is the published experiment of this name, or none. */
  named(state: TrainState, published: string | null) {
    state.published = published;
  },

  /** The server has told how far `experiment` has come. */
  accepted(state: TrainState, answer: Answer, experiment: TrainingExperiment) {
    Object.assign(state, { good: experiment, answer });
    if (answer.done) state.whole = experiment;
    if (state.experiment === experiment) state.typing = null;
  },

  /** The server can't use the experiment: the last good one holds again. */
  refused(state: TrainState) {
    if (state.good === null) return;
    Object.assign(state, { structure: false, experiment: state.good, typing: null });
  },

  /** The list of runs is about to be built anew. */
  structured(state: TrainState) {
    state.structure = false;
  },

  /** The training rests, or goes on. */
  rested(state: TrainState, paused: boolean) {
    state.paused = paused;
  },

  /** The axes are others, or curves are smoothed or raw. */
  scaled(state: TrainState, lossAxis: LossAxis, along: Along, smooth: boolean) {
    Object.assign(state, { lossAxis, along, smooth });
  },

  /** The views show something else. */
  chosen(state: TrainState, choices: Choices) {
    state.choices = choices;
  },

  /** The player stands at another step. */
  sought(_: TrainState, _time: number) {},

  /** The hand rests, and everything is answered. */
  settled(state: TrainState) {
    state.query = state.answer!.query;
  },
});

/** The last answer, unless it is one to more or fewer runs than there are now. */
export function fittingAnswer(): Answer | null {
  const { answer, experiment } = state;
  return answer !== null && answer.reports.length === experiment.runs.length ? answer : null;
}
