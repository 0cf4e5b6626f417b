// The published experiment that the one on the Train page is, or began as.

import { sameWalks } from "../experiment/descent.ts";
import type { TrainingExperiment } from "../experiment/experiment.ts";
import { createNote } from "../runs/note.ts";
import { beganAs } from "../shell/pages.ts";
import { state, to } from "./state.ts";

const note = createNote({ id: "train-lesson", menu: "train-published" });

const situation = ({ runs: _, ...rest }: TrainingExperiment): string => JSON.stringify(Object.entries(rest).sort());

const same = (one: TrainingExperiment, other: TrainingExperiment): boolean =>
  situation(one) === situation(other) && sameWalks(one, other);

/** A visit of the page begins: who comes back to a published experiment finds it called so. */
export function begin(): void {
  const { published, catalogue, experiment } = state;
  note.begin(published);
  const known = beganAs("Train");
  if (known && published === null && catalogue.published[known]?.experiment.task === experiment.task) to.named(known);
  showPublished();
}

/** Shows its note, and its name in the menu. */
export function showPublished(): void {
  const { published: name, catalogue, experiment } = state;
  const published = catalogue.published[name ?? ""];
  note.show(published ? { name: name!, published, holds: same(published.experiment, experiment) } : null);
}

/** Shows the published experiment `name` as it was published. */
export function openPublished(name: string): void {
  const { experiment, catalogue, published } = state;
  const found = catalogue.published[name]?.experiment;
  if (!found || (name === published && same(found, experiment))) return;
  to.replaced(found, `published ${name}`, name);
}
