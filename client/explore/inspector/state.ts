// The state of the step inspector, and all that can happen to it.

import type { Experiment } from "../../experiment/experiment.ts";
import { createStore } from "../../state/store.ts";
import type { Caption, StepAnswer } from "./answer.ts";

export interface Place {
  readonly run: number;
  readonly step: number;
}

export interface Question extends Place {
  readonly experiment: Experiment;
  /** Whether formulas are wanted too. */
  readonly explain: boolean;
}

interface InspectorState {
  /** The chosen run. */
  run: number;
  /** The point under the pointer. */
  hovered: Place | null;
  explaining: boolean;
  /** The line of the explanation that is told. */
  line: number;
  answer: StepAnswer | null;
  /** What was asked last. */
  asked: Question | null;
  /** By how much the arrows of each group are longer than they are. */
  factors: Readonly<Record<string, number>>;
}

const INITIAL: InspectorState = {
  run: 0,
  hovered: null,
  explaining: false,
  line: 0,
  answer: null,
  asked: null,
  factors: {},
};

export const { state: inspected, to } = createStore(
  { ...INITIAL },
  {
    opened(state: InspectorState, run: number) {
      Object.assign(state, INITIAL, { run });
    },

    closed(state: InspectorState) {
      Object.assign(state, { answer: null, asked: null, hovered: null, explaining: false, line: 0 });
    },

    asked(state: InspectorState, question: Question | null) {
      state.asked = question;
    },

    answered(state: InspectorState, answer: StepAnswer) {
      state.answer = answer;
    },

    chosen(state: InspectorState, run: number) {
      Object.assign(state, { run, hovered: null });
    },

    hovered(state: InspectorState, place: Place | null) {
      state.hovered = place;
    },

    explained(state: InspectorState, explaining: boolean) {
      Object.assign(state, { explaining, line: 0 });
    },

    /** Another line is told. */
    told(state: InspectorState, line: number) {
      state.line = line;
    },

    scaled(state: InspectorState, factors: Readonly<Record<string, number>>) {
      state.factors = { ...state.factors, ...factors };
    },
  },
);

/** The lines of the explanation, if the step is being explained. */
export function explained(): readonly Caption[] | null {
  return inspected.explaining && inspected.answer !== null ? inspected.answer.captions : null;
}

/** Whether the explanation has already set what the arrow `key` shows. */
export function isSet(key: string): boolean {
  const captions = explained() ?? [];
  return captions.slice(0, inspected.line + 1).some((one) => one.sets.includes(key));
}

/** Whether the arrow `key` is what the told line is about, or all are. */
export function isBright(key: string): boolean {
  const captions = explained() ?? [];
  const told = captions[inspected.line];
  return !told || told.sets.includes(key) || told.uses.includes(key);
}
