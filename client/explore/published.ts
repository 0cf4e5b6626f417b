// The published experiment that the one on the Explore page is, or began as.

import { samePaths } from "../experiment/descent.ts";
import { createNote, type Shown } from "../runs/note.ts";
import { beganAs } from "../shell/pages.ts";
import { type PublishedExperiment, state, to } from "./state.ts";

const note = createNote({ id: "lesson", menu: "published-choice" });

/** A visit of the page begins: who comes back to a published experiment finds it called so. */
export function begin(): void {
  const { published, catalogue, experiment } = state;
  note.begin(published);
  const known = beganAs("Explore");
  if (known && published === null && catalogue.published[known]?.experiment.surface === experiment.surface) {
    to.named(known);
  }
  showPublished();
}

const found = (): PublishedExperiment | undefined => state.catalogue.published[state.published ?? ""];

/** Whether it is still the published one in all that its note speaks of. */
const holds = (): boolean => found() !== undefined && samePaths(found()!.experiment, state.experiment);

/** Shows its note, and its name in the menu. */
export function showPublished(): void {
  const published = found();
  const shown: Shown | null = published ? { name: state.published!, published, holds: holds() } : null;
  note.show(shown);
}

/** The published experiment `name`, unless it is shown already. */
export function toLoad(name: string | null): PublishedExperiment | null {
  if (name === null || (name === state.published && holds())) return null;
  return state.catalogue.published[name] ?? null;
}
