// The published experiment that the one on the Response page is, or began as.

import { sameWalks } from "../experiment/descent.ts";
import type { ResponseExperiment } from "../experiment/experiment.ts";
import { createNote } from "../runs/note.ts";
import { beganAs } from "../shell/pages.ts";
import { state, to } from "./state.ts";

const note = createNote({ id: "response-lesson", menu: "response-published" });

const same = (one: ResponseExperiment, other: ResponseExperiment): boolean =>
  one.signal === other.signal && sameWalks(one, other);

/** A visit of the page begins: who comes back to a published experiment finds it called so. */
export function begin(): void {
  const { published, catalogue, experiment } = state;
  note.begin(published);
  const known = beganAs("Response");
  if (known && published === null && catalogue.published[known]?.experiment.signal === experiment.signal) {
    to.named(known);
  }
  showPublished();
}

/** The name under which these runs are published with this signal, or null. */
export function publishedAs(experiment: ResponseExperiment): string | null {
  const { published } = state.catalogue;
  return Object.keys(published).find((name) => same(published[name].experiment, experiment)) ?? null;
}

/** Shows its note, and its name in the menu. */
export function showPublished(): void {
  const { published: name, catalogue, experiment } = state;
  const published = catalogue.published[name ?? ""];
  note.show(published ? { name: name!, published, holds: same(published.experiment, experiment) } : null);
}

/** Shows the published experiment `name` as it was published, in the view and the epochs that are shown. */
export function openPublished(name: string): void {
  const { experiment, catalogue, published } = state;
  const found = catalogue.published[name]?.experiment;
  if (!found || (name === published && same(found, experiment))) return;
  const { view, epochs } = experiment;
  to.replaced({ ...found, view, epochs }, `published ${name}`, name);
}
