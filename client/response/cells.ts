// What the small plots of the Response page show, and what of their heights. Pure functions.

import type { Catalogue, ResponseExperiment } from "../experiment/experiment.ts";
import { defaults } from "../runs/page.ts";
import type { Range } from "./axes.ts";
import type { ResponseCatalogue } from "./state.ts";

export interface Cell {
  readonly title: string;
  readonly experiment: ResponseExperiment;
  /** What a click opens. */
  readonly opens: ResponseExperiment;
}

/** The small plots of a view, in the catalogue's order. */
export function experiments(
  view: ResponseExperiment["view"],
  experiment: ResponseExperiment,
  catalogue: Pick<ResponseCatalogue, "optimizers" | "signals">,
): Cell[] {
  if (view === "methods") return Object.keys(catalogue.optimizers).map((one) => ofMethod(one, experiment, catalogue));
  if (view === "curves") return [];
  const chosen = experiment.runs[experiment.chosen - 1];
  const alone = { runs: [{ ...chosen, hidden: false }], chosen: 1 };
  return Object.entries(catalogue.signals).map(([signal, { label }]) => {
    const opens = { ...experiment, signal, drawn: null, view: "curves" } as const;
    return { title: label, experiment: view === "run" ? { ...opens, ...alone } : opens, opens };
  });
}

function ofMethod(optimizer: string, experiment: ResponseExperiment, catalogue: Pick<Catalogue, "optimizers">): Cell {
  const runs = [{ optimizer, hypers: defaults(catalogue, optimizer), label: "", hidden: false, style: 0 }];
  const opens = { ...experiment, runs, chosen: 1, view: "curves" } as const;
  return { title: catalogue.optimizers[optimizer].label, experiment: opens, opens };
}

/** The part of the height that lies above zero when every series, each by its own largest size, shares one zero line. */
export function zeroLine(series: readonly Range[]): number {
  let [above, below] = [0, 0];
  for (const [low, high] of series) {
    const size = Math.max(high, -low) || 1;
    above = Math.max(above, high / size);
    below = Math.max(below, -low / size);
  }
  return above + below === 0 ? 0.5 : above / (above + below);
}

/** The least and the greatest finite value of all rows, among them 0. */
export function extremes(rows: readonly Iterable<number>[]): Range {
  let [low, high] = [0, 0];
  for (const values of rows) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}
