// What every page with a list of runs is to the list, to its sliders and to the exports. The page that stands in the
// document registers itself; whatever is shared by the pages asks for it here.

import type { Catalogue, Palette, Values, WithRuns } from "../experiment/experiment.ts";
import type { Hyper } from "../experiment/scales.ts";

/** A slider or field of numbers: `owner` is `run-3`, `surface`, `experiment` or `schedule-3-momentum`. */
export interface NumberId {
  readonly owner: string;
  readonly key: string;
}

export type Value = number | string;

/** An edit of the runs that leaves everything else of an experiment as it is. */
export type RunsEdit = <Made extends WithRuns>(experiment: Made) => Made;

export interface ChangeOptions {
  /** The list of runs must be built anew once the server has accepted. */
  readonly structure?: boolean;
  /** The one number that has moved. */
  readonly number?: NumberId | null;
}

/** What the pages' states have in common. */
export interface RunsState {
  /** As the controls have it. */
  experiment: WithRuns;
  /** The last one that the server could use. */
  good: WithRuns | null;
  catalogue: Catalogue;
  /** Whether a visit has begun: before that the two above are empty. */
  opened: boolean;
  /** The last answer of the server. */
  answer: object | null;
  /** Runs whose numbers are unfolded. */
  unfolded: Set<number>;
  /** The run that stands out. */
  highlight: number | null;
  /** Learning rates from which linked ones move. */
  base: readonly number[] | null;
  /** The field whose text was last taken; a refused text stays there to be mended. */
  typing: string | null;
  /** What was wrong with the link or file that led here. */
  opening: string;
}

export interface Exported {
  readonly kind: "surface" | "response" | "training";
  readonly experiment: WithRuns;
  readonly first: number;
  readonly last: number;
  /** The step or epoch at which player or cursor stands. */
  readonly stands: number;
}

export interface RunNumbers {
  hyperOf(owner: string, key: string): Hyper | undefined;
  numberOf(owner: string, key: string): Value | undefined;
  setNumber(owner: string, key: string, value: Value): void;
  /** Puts slider and field where the experiment says. */
  syncNumber(owner: string, key: string): void;
  /** While something is dragged: the field's text alone follows, past Dash. */
  writeNumber(owner: string, key: string, value: Value): void;
  /** After the list of runs was built anew. */
  writeAll(): void;
}

export interface RunsPage {
  readonly state: Readonly<RunsState>;
  readonly numbers: RunNumbers;
  /** Whether it stands in the document. */
  mounted(): boolean;
  palette(): Palette;
  /** Whether a run whose method is changed takes that one's own learning rate, rather than to keep its own. */
  readonly ownRates?: boolean;
  changeRuns(edit: RunsEdit, why: string, options?: ChangeOptions): void;
  /** Asks for the list of runs to be built anew. */
  rebuild(): void;
  /** Folds or unfolds a run. */
  unfold(run: number): void;
  /** The text of `field` is taken; `sync` puts the experiment's value back. */
  typed(field: string, sync: () => void): void;
  /** The rows are about to change places: none is unfolded or stands out any more. */
  forgetRows(): void;
  highlight(run: number | null): void;
  drawAll(): void;
  /** The colours are others. */
  restyle(): void;
  exported(): Exported;
  /** The query of the link to what is seen. */
  query(): string;
  /** Goes to how the run answers a gradient signal, on pages where it does something else. */
  showResponse?(run: number): void;
}

const pages: RunsPage[] = [];

/** Makes `page` one of those that may stand in the document. */
export function register(page: RunsPage): void {
  pages.push(page);
}

/** The page that stands in the document, or null while one gives way to another. */
export function live(): RunsPage | null {
  return pages.find((page) => page.mounted()) ?? null;
}

/** The default values of a method's hyperparameters. */
export function defaults({ optimizers }: Pick<Catalogue, "optimizers">, optimizer: string): Values {
  const entries = Object.entries(optimizers[optimizer].hypers);
  return Object.fromEntries(entries.map(([key, hyper]) => [key, hyper.default]));
}
