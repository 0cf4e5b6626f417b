// What is chosen in the export dialog, and where the request for a file stands.

import { createStore } from "../state/store.ts";
import { type Offer, refusal, type Typed } from "./choices.ts";

interface ExportState {
  offer: Offer | null;
  typed: Typed | null;
  /** The first and last step that the page's experiment had when the dialog was opened. */
  range: string;
  /** Whether the server is being asked for a file. */
  sending: boolean;
  /** What is told beside the button that was pressed. */
  refused: string;
}

const INITIAL: ExportState = { offer: null, typed: null, range: "", sending: false, refused: "" };

export const { state, to, on } = createStore(INITIAL, {
  /** A page of another kind offers what suits its experiments. */
  offered(state: ExportState, offer: Offer, typed: Typed) {
    Object.assign(state, { offer, typed, range: "" });
  },

  /** The dialog is opened over an experiment with these steps: for other ones what was typed means nothing. */
  ranged(state: ExportState, first: number, last: number) {
    const range = `${first} ${last}`;
    if (range === state.range) return;
    state.typed = { ...state.typed!, first_step: String(first), last_step: String(last) };
    state.range = range;
  },

  chose(state: ExportState, typed: Typed) {
    Object.assign(state, { typed, refused: "" });
  },

  sent(state: ExportState) {
    Object.assign(state, { sending: true, refused: "" });
  },

  answered(state: ExportState) {
    state.sending = false;
  },

  /** The file can't be made. What is about one of the choices is told there, not beside the button. */
  refused(state: ExportState, problem: string) {
    if (refusal(problem).name === null) state.refused = problem;
  },

  /** An export has come further. */
  advanced(_: ExportState) {},
});
