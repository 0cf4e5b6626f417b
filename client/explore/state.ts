// The state of the Explore page, and all that can happen to it.

import type { Report } from "../drawing/outcomes.ts";
import type { Paths, PathsAnswer } from "../drawing/paths.ts";
import type { Band } from "../drawing/quartiles.ts";
import type { Box, Catalogue, Experiment, Hypers, Point } from "../experiment/experiment.ts";
import { picked } from "../runs/formula-field.ts";
import type { Published } from "../runs/note.ts";
import type { NumberId, RunsState } from "../runs/page.ts";
import { ofRuns } from "../runs/transitions.ts";
import { createStore } from "../state/store.ts";
import type { Reals } from "../wire/base64.ts";

export interface Surface {
  readonly key?: string;
  readonly label: string;
  readonly domain: Box;
  readonly start: Point;
  readonly parameters: Hypers;
  /** The published contour levels, or null, and how levels that are made are spread. */
  readonly levels: readonly number[] | null;
  readonly spacing: "linear" | "log";
  /** The lowest minimum's loss whatever the parameters, null without one; not told where minima are searched for. */
  readonly floor?: number | null;
}

export interface PublishedExperiment extends Published {
  readonly experiment: Experiment;
}

export interface ExploreCatalogue extends Catalogue {
  readonly surfaces: Readonly<Record<string, Surface>>;
  readonly numbers: Hypers;
  readonly schedules: Readonly<Record<string, Hypers>>;
  readonly published: Readonly<Record<string, PublishedExperiment>>;
  readonly criteria: Readonly<Record<string, string>>;
  readonly margin: { readonly l: number; readonly r: number; readonly t: number; readonly b: number };
}

/** What the server says to an experiment: fall_line/explanations/answer.py. */
export interface Answer extends PathsAnswer {
  readonly reports: readonly Report[];
  readonly minima: "searching" | "known";
  readonly noise: Readonly<Record<"words" | "median" | "losses" | "drawn" | "surface" | "fewer", string>>;
  readonly schedules: readonly Readonly<Record<string, readonly number[]>>[];
  readonly summary: string;
  readonly query: string;
  /** For each run the query with which the Response page shows its answer, or null where it has none. */
  readonly responses: readonly (string | null)[];
}

export interface Opening {
  readonly experiment: Experiment;
  readonly problems: readonly string[];
  readonly published: string | null;
}

/** What must be drawn anew once the server has accepted. */
interface Wants {
  readonly contour: boolean;
  readonly structure: boolean;
}

export interface Change {
  readonly contour?: boolean;
  readonly structure?: boolean;
  readonly number?: NumberId | null;
}

/** The loss plot's polylines, once it has followed the paths. */
export interface Curves {
  readonly runs: Reals;
  readonly fan: Reals | null | undefined;
  readonly band: Band | null;
}

export interface ExploreState extends RunsState {
  experiment: Experiment;
  good: Experiment | null;
  catalogue: ExploreCatalogue;
  answer: Answer | null;
  paths: Paths | null;
  curves: Curves | null;
  /** Counts edits of the list of runs, each of which Back takes back by itself. */
  decisions: number;
  /** What was done last: an edit of the same kind joins its entry of the history. */
  why: string;
  wants: Wants;
  /** Which surface's numbers the rail shows, see panelOf. */
  panel: string;
  /** The name of the published experiment that this one began as. */
  published: string | null;
  /** What the reader has zoomed to, where the experiment's view must be wider to hold the start. */
  shown: Box | null;
  /** Runs that a slider moves: drawn above the others, which need not be drawn anew. */
  apart: readonly number[];
  /** Whether the paths were walked by the page and wait for the exact answer. */
  provisional: boolean;
  /** Whether provisional paths have losses that can be drawn. */
  lossesMoved: boolean;
  /** The run that was touched, hovered or unfolded last. */
  inHand: number | null;
  /** Grows when the view is set by anything but the reader's own zoom. */
  revision: number;
  /** The link to what is shown, without the step. */
  query: string;
}

const NOTHING: Experiment = {
  surface: "",
  parameters: {},
  start: [0, 0],
  steps: 1,
  runs: [],
  view: null,
  levels: "published",
  loss_axis: "log",
  tolerance: 0.01,
  link_learning_rates: false,
  step: null,
  noise: "none",
  sigma: 0,
  batch: 1,
  seed: 0,
  seeds: 1,
  return_best: false,
};

const UNKNOWN: ExploreCatalogue = {
  optimizers: {},
  palettes: {},
  surfaces: {},
  numbers: {},
  schedules: {},
  published: {},
  criteria: {},
  margin: { l: 0, r: 0, t: 0, b: 0 },
};

const INITIAL: ExploreState = {
  experiment: NOTHING,
  good: null,
  catalogue: UNKNOWN,
  opened: false,
  answer: null,
  paths: null,
  curves: null,
  unfolded: new Set(),
  highlight: null,
  base: null,
  typing: null,
  opening: "",
  decisions: 0,
  why: "open",
  wants: { contour: false, structure: false },
  panel: "",
  published: null,
  shown: null,
  apart: [],
  provisional: false,
  lossesMoved: false,
  inHand: null,
  revision: 0,
  query: "",
};

/** What the surface's numbers in the rail depend on: typed surfaces with the same names share them. */
export function panelOf({ surface, parameters }: Experiment): string {
  return [picked(surface), ...Object.keys(parameters)].join();
}

// The run that a number belongs to: one of its own, or of one of its schedules.
function runOf(number: NumberId | null | undefined): number | null {
  const found = /^(?:run|schedule)-(\d+)/.exec(number?.owner ?? "");
  return found ? Number(found[1]) : null;
}

export const { state, to, on } = createStore(INITIAL, {
  ...ofRuns,

  /** A visit of the page begins. */
  opened(state: ExploreState, { experiment, published }: Opening, catalogue: ExploreCatalogue) {
    Object.assign(state, {
      catalogue,
      published,
      experiment: { ...experiment, step: null },
      opened: true,
      why: "open",
    });
    Object.assign(state, { good: null, answer: null, paths: null, curves: null, highlight: null, base: null });
    Object.assign(state, { shown: null, typing: null, inHand: null, provisional: false, panel: panelOf(experiment) });
    state.unfolded.clear();
  },

  /** The reader, or what the reader opened, changes the experiment. */
  changed(state: ExploreState, next: Experiment, why: string, change: Change) {
    const { contour = false, structure = false } = change;
    const decision = structure && why !== "return";
    if (decision) state.decisions += 1;
    if (why !== "open") state.opening = "";
    state.inHand = runOf(change.number) ?? (why === "add" ? next.runs.length - 1 : state.inHand);
    state.experiment = next;
    state.why = decision ? `${why} ${state.decisions}` : why;
    state.wants = { contour: contour || state.wants.contour, structure: structure || state.wants.structure };
  },

  /** Another experiment as a whole is about to come. */
  replaced(state: ExploreState, published: string | null) {
    Object.assign(state, { published, shown: null, highlight: null, inHand: null, revision: state.revision + 1 });
    state.unfolded.clear();
  },

  /** The server has answered `experiment`. */
  accepted(state: ExploreState, answer: Answer, experiment: Experiment, paths: Paths) {
    Object.assign(state, { good: experiment, answer, paths, curves: null, provisional: false });
    if (state.experiment === experiment) state.typing = null;
  },

  /** What else was wanted is being drawn. */
  served(state: ExploreState) {
    state.wants = { contour: false, structure: false };
  },

  /** The contour alone is being drawn. */
  contourServed(state: ExploreState) {
    state.wants = { ...state.wants, contour: false };
  },

  /** The server can't use the experiment: the last good one holds again. */
  refused(state: ExploreState) {
    if (state.good === null) return;
    state.wants = { contour: false, structure: false };
    state.experiment = state.good;
    state.typing = null;
  },

  /** The page has walked the runs for what the hand asks; the exact answer follows. */
  provided(state: ExploreState, paths: Paths, lossesMoved: boolean) {
    Object.assign(state, { paths, lossesMoved, curves: null, provisional: true });
  },

  /** The paths of the last answer hold again. */
  takenBack(state: ExploreState, paths: Paths) {
    Object.assign(state, { paths, provisional: false });
  },

  curved(state: ExploreState, curves: Curves) {
    state.curves = curves;
  },

  /** `apart` are drawn above the others from now on. */
  lifted(state: ExploreState, apart: readonly number[]) {
    state.apart = apart;
  },

  highlighted(state: ExploreState, run: number | null) {
    ofRuns.highlighted(state, run);
    state.inHand = run ?? state.inHand;
  },

  unfolded(state: ExploreState, run: number) {
    ofRuns.unfolded(state, run);
    state.inHand = run;
  },

  rowsForgotten(state: ExploreState) {
    ofRuns.rowsForgotten(state);
    state.inHand = null;
  },

  /** The reader has zoomed to `view`, or back to all. */
  zoomed(state: ExploreState, view: Box | null) {
    state.shown = view;
    if (view === null) state.revision += 1;
  },

  /** The view is set anew: no zoom of before is kept. */
  reset(state: ExploreState) {
    state.shown = null;
    state.revision += 1;
  },

  /** The plot has another size. */
  resized(state: ExploreState) {
    state.revision += 1;
  },

  linked(state: ExploreState, base: readonly number[]) {
    state.base = base;
  },

  unlinked(state: ExploreState) {
    state.base = null;
  },

  /** What is shown is the published experiment of this name, or none. */
  named(state: ExploreState, published: string | null) {
    state.published = published;
  },

  panelled(state: ExploreState, panel: string) {
    state.panel = panel;
  },

  /** The server has described a typed surface. */
  described(state: ExploreState, key: string, surface: Surface) {
    state.catalogue = { ...state.catalogue, surfaces: { ...state.catalogue.surfaces, [key]: surface } };
  },

  settled(state: ExploreState, query: string) {
    state.query = query;
  },
});

/** The surface that the experiment descends. */
export const surface = (): Surface => state.catalogue.surfaces[state.experiment.surface];
