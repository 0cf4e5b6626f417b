// What is asked of the server and what it knows, as plain data. The Python side checks it: fall_line/experiments.

import type { Hyper } from "./scales.ts";

/** x_low, x_high, y_low, y_high */
export type Box = readonly [number, number, number, number];
export type Point = readonly [number, number];

/** Numbers by name. A text stands where a reader typed what is no number: the server's sentence says what is allowed. */
export type Values = Readonly<Record<string, number | string>>;
export type Schedule = Readonly<{ kind: string } & Record<string, number | string>>;

export interface Run {
  readonly optimizer: string;
  readonly hypers: Values;
  readonly label: string;
  readonly hidden: boolean;
  readonly style: number;
  readonly schedules?: Readonly<Record<string, Schedule>>;
  /** `values:criterion`, or empty. */
  readonly tuned?: string;
  /** Of a training that goes on with other values, what the run had until then. */
  readonly before?: Partial<Before>;
}

export interface Before {
  readonly hypers: Values;
  readonly schedules: Readonly<Record<string, Schedule>>;
}

export interface WithRuns {
  readonly runs: readonly Run[];
}

/** A surface, a start, and the runs that descend from it. */
export interface Experiment extends WithRuns {
  readonly surface: string;
  readonly parameters: Values;
  readonly start: Point;
  readonly steps: number;
  readonly view: Box | null;
  readonly levels: "published" | "automatic";
  readonly loss_axis: "linear" | "log";
  readonly tolerance: number;
  readonly link_learning_rates: boolean;
  readonly step: number | null;
  readonly noise: string;
  readonly sigma: number;
  readonly batch: number;
  readonly seed: number;
  readonly seeds: number;
  readonly return_best: boolean;
}

/** A gradient signal, and the runs that answer it. */
export interface ResponseExperiment extends WithRuns {
  readonly signal: string;
  readonly drawn: readonly number[] | null;
  readonly chosen: number;
  readonly epochs: readonly [number, number] | null;
  readonly view: "curves" | "methods" | "signals" | "run";
}

/** A task, a network, how it is trained, and the runs that train it. */
export interface TrainingExperiment extends WithRuns {
  readonly task: string;
  /** The widths of the hidden layers; a text stands where a reader typed what is none. */
  readonly layers: readonly (number | string)[] | string;
  readonly activation: string;
  readonly initialization: string;
  readonly validation: number | string;
  readonly steps: number | string;
  /** 0 for all points. */
  readonly batch: number | string;
  readonly batch_schedule: Values;
  readonly l2: number | string;
  readonly seed: number | string;
  readonly seeds: number | string;
  readonly return_best: boolean;
  readonly patience: number | string;
  /** From which step other values hold, and what was different until then; nothing if it is the same all along. */
  readonly continued?: Partial<Continued>;
}

interface Continued extends Pick<TrainingExperiment, "batch" | "batch_schedule"> {
  readonly step: number;
  readonly steps: number;
}

export interface Palette {
  readonly ink: string;
  readonly paper: string;
  readonly faint: string;
  readonly runs: readonly string[];
  /** From the lowest level to the highest, and of the lines between them. */
  readonly contour: readonly string[];
  readonly contour_line: string;
}

export type Hypers = Readonly<Record<string, Hyper>>;

/** What every page knows: the methods with the ranges of their numbers, and the colours. */
export interface Catalogue {
  readonly optimizers: Readonly<Record<string, { readonly label: string; readonly hypers: Hypers }>>;
  readonly palettes: Readonly<Record<string, Palette>>;
  /** The kinds of schedules, where runs may follow one. */
  readonly schedules?: Readonly<Record<string, Hypers>>;
}
