// What can happen to the list of runs and its fields, on every page that has one.

import type { RunsState } from "./page.ts";

export const ofRuns = {
  /** A run stands out, or none. */
  highlighted(state: RunsState, run: number | null) {
    state.highlight = run;
  },

  /** The text of this field is taken. */
  typed(state: RunsState, field: string) {
    state.typing = field;
  },

  /** A run is unfolded, or folded again. */
  unfolded(state: RunsState, run: number) {
    if (!state.unfolded.delete(run)) state.unfolded.add(run);
  },

  /** The rows are about to change places. */
  rowsForgotten(state: RunsState) {
    state.unfolded.clear();
    state.highlight = null;
  },

  /** What was wrong with the link or file that led here. */
  warned(state: RunsState, opening: string) {
    state.opening = opening;
  },
};
