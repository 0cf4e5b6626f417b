// The surface that a reader types on the Explore page: what of the experiment it keeps, and its minima.

import type { Experiment } from "../experiment/experiment.ts";
import { createFormulaField, type Described, PREFIX } from "../runs/formula-field.ts";
import { afterRest } from "../wire/throttle.ts";
import { requestContour, requestPaths } from "./asking.ts";
import { change } from "./changing.ts";
import { writeStart } from "./numbers.ts";
import { mounted } from "./plots.ts";
import { type Answer, panelOf, type Surface, state, to } from "./state.ts";

const AGAIN = 400; // ms before an answer is asked for once more whose minima are still searched for

type TypedSurface = Surface & Described & { readonly holds: boolean };

const typed = ({ surface }: Experiment): boolean => surface.startsWith(PREFIX);

export const formula = createFormulaField<TypedSurface>({
  id: "formula",
  picker: "surface-choice",
  address: "explore/surface",
  name: "surface",
  more: () => ({ from: state.experiment.start }),
  current: () => state.experiment.surface,
  keep: (surface) => to.described(surface.key, surface),
  take,
});

/** Whether the page knows the surface `key`, or can ask for it. */
export async function known(key: string): Promise<boolean> {
  if (key in state.catalogue.surfaces || !key.startsWith(PREFIX)) return true;
  return (await formula.described(key)) !== null;
}

// The typed surface takes the place of the one before. What the reader chose on that and what still fits is kept;
// a start where the new one isn't defined moves to where it is.
function take(surface: TypedSurface): void {
  const before = state.experiment;
  const sameBox = typed(before) && String(state.catalogue.surfaces[before.surface].domain) === String(surface.domain);
  const hypers = Object.entries(surface.parameters);
  const parameters = Object.fromEntries(
    hypers.map(([name, { default: usual }]) => [name, kept(before, name) ?? usual]),
  );
  const start = sameBox && surface.holds ? before.start : surface.start;
  const next = { ...before, surface: surface.key, parameters, start, view: sameBox ? before.view : null };
  to.named(null);
  if (!sameBox) to.reset();
  change(next, "formula", { contour: true, structure: panelOf(next) !== state.panel });
  writeStart(start);
}

const kept = (before: Experiment, name: string) => (typed(before) ? before.parameters[name] : undefined);

const again = afterRest(askAgain, AGAIN);

// Minima of a typed surface are searched for in the background; what depends on them is asked for once more.
function askAgain(): void {
  if (mounted() && state.good === state.experiment) requestPaths(state.experiment);
}

let searching = false;

/** Asks again for what an answer lacks whose minima are still searched for. */
export function followMinima({ minima }: Answer): void {
  const found = searching && minima === "known";
  searching = minima === "searching";
  if (searching) again();
  if (found) requestContour();
}
