// What the server says of what each run has learned: fall_line/explanations/learned_view.py.

import { floats } from "../../wire/base64.ts";
import { decodedGrid, type EncodedGrid } from "../../wire/grid.ts";

export type Kind = "map" | "curve" | "confusion" | "values";
export type Part = "training" | "validation";

interface Measured {
  readonly loss: number | null;
  readonly accuracy: number | null;
}

interface SentPoints {
  readonly count: number;
  readonly at: string | null;
  readonly right: string;
}

interface SentRun {
  /** What the picture is called: of one that the page has nothing else is sent. */
  readonly key: string;
  readonly step: number;
  readonly training: Measured;
  readonly validation: Measured;
  readonly outputs?: readonly EncodedGrid[];
  readonly values?: string | Readonly<Record<Part, string>>;
  readonly counts?: Readonly<Record<Part, readonly (readonly number[])[]>>;
  readonly neurons: number;
  readonly pictures: string | null;
}

interface Said {
  readonly kind: Kind;
  readonly loss: "logistic" | "cross_entropy" | "squared";
  readonly classes: readonly string[];
  readonly view: { readonly low: readonly number[]; readonly high: readonly number[] } | null;
  /** Rows and columns of the pictures that the inputs are. */
  readonly image: readonly [number, number] | null;
}

export interface SentLearned extends Said {
  readonly points_key: string;
  /** Null if the page has them already. */
  readonly points: Readonly<Record<Part, SentPoints>> | null;
  readonly runs: readonly (SentRun | Pick<SentRun, "key"> | null)[];
}

/** The points of one part of the data. */
export interface Points {
  readonly count: number;
  /** Coordinates, all of the first one, then all of the second; null where nobody can tell where a point lies. */
  readonly at: Float32Array | null;
  /** Classes, or values: all of the first output first. */
  readonly right: Float32Array;
}

/** What one run has learned. */
export interface LearnedRun {
  readonly key: string;
  /** The step whose weights are shown. */
  readonly step: number;
  readonly training: Measured;
  readonly validation: Measured;
  /** Of a map: a grid an output, rows from low to high. */
  readonly outputs: readonly (readonly Float32Array[])[];
  /** Of a curve: z along the view, all of the first output first. */
  readonly values: Float32Array;
  /** What is told of the points, where there is neither map nor curve. */
  readonly told: Readonly<Record<Part, Float32Array>> | null;
  readonly counts: Readonly<Record<Part, readonly (readonly number[])[]>> | null;
  readonly neurons: number;
  /** The first layer's weights, neuron by neuron. */
  readonly pictures: Float32Array | null;
}

export interface Learned extends Said {
  readonly points_key: string;
  readonly points: Readonly<Record<Part, Points>>;
  /** Null for a run that has not begun. */
  readonly runs: readonly (LearnedRun | null)[];
}

/** The part by which a run is judged: what is kept back, if anything is. */
export const judged = ({ points }: Learned): Part => (points.validation.count > 0 ? "validation" : "training");

function pointsOf({ count, at, right }: SentPoints): Points {
  return { count, at: at === null ? null : floats(at), right: floats(right) };
}

function runOf(sent: SentRun): LearnedRun {
  const { key, step, training, validation, outputs = [], values = "", counts = null, neurons, pictures } = sent;
  const told = typeof values === "string" ? null : values;
  return {
    key,
    step,
    training,
    validation,
    outputs: outputs.map(decodedGrid),
    values: typeof values === "string" ? floats(values) : new Float32Array(),
    told: told && { training: floats(told.training), validation: floats(told.validation) },
    counts,
    neurons,
    pictures: pictures === null ? null : floats(pictures),
  };
}

/** The keys of all that needn't be sent again. */
export const keysOf = ({ points_key, runs }: Learned): string[] => [
  points_key,
  ...runs.flatMap((run) => (run ? [run.key] : [])),
];

/** The server's answer as numbers; what is known from `before`, and isn't sent again, stays. */
export function learnedOf(sent: SentLearned, before: Learned | null): Learned {
  const { points, runs } = sent;
  const known = new Map(before?.runs.flatMap((run) => (run ? [[run.key, run]] : [])));
  const standing = (run: SentLearned["runs"][number]) =>
    run === null ? null : "step" in run ? runOf(run) : (known.get(run.key) ?? null);
  return {
    ...sent,
    points: points ? { training: pointsOf(points.training), validation: pointsOf(points.validation) } : before!.points,
    runs: runs.map(standing),
  };
}
