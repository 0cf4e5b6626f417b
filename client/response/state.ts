// The state of the Response page, and all that can happen to it.

import type { Catalogue, ResponseExperiment, Values } from "../experiment/experiment.ts";
import type { Published } from "../runs/note.ts";
import type { ChangeOptions, RunsState } from "../runs/page.ts";
import { ofRuns } from "../runs/transitions.ts";
import { createStore } from "../state/store.ts";
import type { Answer } from "./answer.ts";
import type { Epochs } from "./axes.ts";
import { following, windowOf } from "./looked-at.ts";

/** What the page knows: fall_line/pages/response/answers.py. */
export interface ResponseCatalogue extends Catalogue {
  readonly signals: Readonly<Record<string, { readonly label: string; readonly formula: string }>>;
  readonly published: Readonly<Record<string, Published & { readonly experiment: ResponseExperiment }>>;
  /** A method's published values, of each that is published. */
  readonly settings: Readonly<Record<string, readonly Values[]>>;
  readonly epochs: number;
  /** How far a drawn signal reaches from zero. */
  readonly reach: number;
}

export interface Opening {
  readonly experiment: ResponseExperiment;
  readonly problems: readonly string[];
  readonly published: string | null;
}

interface ResponseState extends RunsState {
  experiment: ResponseExperiment;
  good: ResponseExperiment | null;
  catalogue: ResponseCatalogue;
  /** What is drawn: the last answer of the server, or what the page has computed since. */
  answer: Answer | null;
  /** The last answer of the server. */
  exact: Answer | null;
  /** Whether what is drawn was computed here, and the exact answer is still to come. */
  provisional: boolean;
  /** Where the cursor stands. */
  epoch: number;
  /** The epochs that are shown; the experiment follows once the hand rests. */
  window: Epochs;
  /** The last signal drawn by hand, for who returns to it. */
  drawn: readonly number[] | null;
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
  /** The index of the run whose memory is shown. */
  readonly chosen: number;
}

const NOTHING: ResponseExperiment = { signal: "", drawn: null, runs: [], chosen: 1, epochs: null, view: "curves" };

const UNKNOWN: ResponseCatalogue = {
  optimizers: {},
  palettes: {},
  signals: {},
  published: {},
  settings: {},
  epochs: 1,
  reach: 1,
};

const INITIAL: ResponseState = {
  experiment: NOTHING,
  good: null,
  catalogue: UNKNOWN,
  opened: false,
  answer: null,
  exact: null,
  provisional: false,
  unfolded: new Set(),
  highlight: null,
  base: null,
  typing: null,
  opening: "",
  epoch: 0,
  window: [0, 0],
  drawn: null,
  decisions: 0,
  why: "open",
  structure: false,
  published: null,
  query: "",
  get chosen() {
    return this.experiment.chosen - 1;
  },
};

function change(state: ResponseState, next: ResponseExperiment, why: string, structure = false): void {
  const decision = structure && why !== "return";
  if (decision) state.decisions += 1;
  if (why !== "open") state.opening = "";
  state.experiment = following(state.experiment, next);
  state.why = decision ? `${why} ${state.decisions}` : why;
  state.structure = structure || state.structure;
}

export const { state, to, on } = createStore(INITIAL, {
  ...ofRuns,

  /** A visit of the page begins. */
  opened(state: ResponseState, { experiment, published, problems }: Opening, catalogue: ResponseCatalogue) {
    const last = catalogue.epochs - 1;
    Object.assign(state, { catalogue, experiment, published, opened: true, why: "open", opening: problems.join(" ") });
    Object.assign(state, { good: null, answer: null, exact: null, provisional: false, highlight: null, typing: null });
    Object.assign(state, { epoch: last, window: windowOf(experiment.epochs, last) });
    state.unfolded.clear();
  },

  /** The reader changes the experiment. */
  changed(state: ResponseState, next: ResponseExperiment, why: string, { structure }: ChangeOptions = {}) {
    change(state, next, why, structure);
  },

  /** Another experiment as a whole: from the menu, a file, a small plot or the history. */
  replaced(state: ResponseState, next: ResponseExperiment, why: string, published: string | null = null) {
    Object.assign(state, { published, highlight: null, window: windowOf(next.epochs, state.catalogue.epochs - 1) });
    state.unfolded.clear();
    change(state, next, why, true);
  },

  /** Another signal takes the place of the one before; a drawing is kept for who returns to it. */
  signalled(state: ResponseState, next: ResponseExperiment, why: string, published: string | null) {
    state.drawn = state.experiment.drawn ?? state.drawn;
    state.published = published;
    change(state, next, why);
  },

  /** What is shown is the published experiment of this name, or none. */
  named(state: ResponseState, published: string | null) {
    state.published = published;
  },

  /** The memory of another run is to be shown. */
  chose(state: ResponseState, run: number) {
    change(state, { ...state.experiment, chosen: run + 1 }, "choose");
  },

  /** The server has answered `experiment`. */
  accepted(state: ResponseState, answer: Answer, experiment: ResponseExperiment) {
    Object.assign(state, { good: experiment, answer, exact: answer, provisional: false });
    if (state.experiment === experiment) state.typing = null;
  },

  /** The page has answered by itself while something moves. */
  provided(state: ResponseState, answer: Answer) {
    Object.assign(state, { answer, provisional: true });
  },

  /** The server can't use the experiment: the last good one holds again. */
  refused(state: ResponseState) {
    if (state.good === null) return;
    Object.assign(state, { structure: false, answer: state.exact, provisional: false });
    state.experiment = state.good;
    state.typing = null;
  },

  /** The list of runs is about to be built anew. */
  structured(state: ResponseState) {
    state.structure = false;
  },

  /** The cursor stands at another epoch. */
  sought(state: ResponseState, epoch: number) {
    state.epoch = epoch;
  },

  /** Other epochs are shown. */
  windowed(state: ResponseState, window: Epochs) {
    state.window = window;
  },

  /** The hand rests, and everything is answered. */
  settled(state: ResponseState) {
    state.query = state.answer!.query;
  },
});

/** The last answer, unless it is one to more or fewer runs than there are now. */
export function fittingAnswer(): Answer | null {
  const { answer, experiment } = state;
  return answer !== null && answer.names.length === experiment.runs.length ? answer : null;
}
