// Another experiment as a whole on the Explore page: from the menu, a file, or the history.

import type { Experiment } from "../experiment/experiment.ts";
import { changeWhole } from "./changing.ts";
import { syncFields } from "./fields.ts";
import { known } from "./formula.ts";
import { seek, setSteps } from "./playing.ts";
import { toLoad } from "./published.ts";
import { to } from "./state.ts";

/** Shows `experiment`, which may be the published one of the name `published`. */
export async function load(experiment: Experiment, why: string, published: string | null = null): Promise<void> {
  if (!(await known(experiment.surface))) return;
  to.replaced(published);
  changeWhole({ ...experiment, step: null }, why, { contour: true, structure: true });
  setSteps(experiment.steps);
  seek(experiment.step ?? experiment.steps);
  syncFields();
}

/** Shows the published experiment of this name. */
export function loadPublished(name: string | null): void {
  const found = toLoad(name);
  if (found !== null) load(found.experiment, `published ${name}`, name);
}
