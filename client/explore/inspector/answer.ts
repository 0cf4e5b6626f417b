// What the server says to one step of one run: fall_line/explanations/inspection_answer.py.

import type { Point } from "../../experiment/experiment.ts";

export type Kind = "gradient" | "asked" | "memory" | "update" | "square";

export interface StepArrow {
  readonly key: string;
  readonly kind: Kind;
  readonly symbol: string;
  readonly at: Point;
  readonly vector: Point;
  /** The memory after this step. */
  readonly later?: Point | null;
}

export interface StepSquare {
  readonly key: string;
  readonly symbol: string;
  readonly values: Point;
  readonly later?: Point | null;
}

export interface NumberRow {
  readonly key?: string | null;
  readonly symbol: string;
  /** What it is, in a word or two; may be empty. */
  readonly name: string;
  readonly hint: string;
  readonly text: readonly string[];
  readonly after?: readonly string[] | null;
}

export interface NumberGroup {
  readonly title: string;
  readonly rows: readonly NumberRow[];
}

/** A row of a line's numbers, in pieces of MathML between which it may be broken. */
export interface PiecedRow {
  readonly axis: string;
  readonly pieces: readonly string[];
}

/** What a sign of the formula stands for. */
export interface Sign {
  readonly symbol: string;
  readonly words: string;
}

/** A line of the explanation: its formula, as MathML, and its numbers; which arrows it sets and uses. */
export interface Caption {
  readonly formula: string;
  readonly numbers: readonly PiecedRow[];
  readonly sets: readonly string[];
  readonly uses: readonly string[];
}

/** The learning rate that a method has found itself. */
export interface Chosen {
  readonly key: string;
  readonly value: number | null;
  readonly text: string;
}

export interface StepAnswer {
  readonly run: number;
  readonly step: number;
  readonly sentence: string;
  readonly groups: readonly NumberGroup[];
  readonly point: readonly [number | null, number | null];
  readonly looks: readonly (readonly [number | null, number | null])[];
  readonly arrows: readonly StepArrow[];
  readonly squares: readonly StepSquare[];
  readonly captions: readonly Caption[] | null;
  readonly signs: readonly Sign[];
  readonly chosen: Chosen | null;
}
