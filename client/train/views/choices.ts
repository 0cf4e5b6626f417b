// What a reader chooses of the views: which one, the seed of the runs, and of the plane its kind, its runs and its seed.

import { make } from "../../shell/document.ts";
import type { PlaneKind } from "./plane-answer.ts";

export type ViewName = "learned" | "plane" | "sharpness";

/** What is chosen of the plane. */
export interface PlaneWish {
  readonly kind: PlaneKind;
  /** The runs whose ends it goes through; the first of them also where there is one. */
  readonly runs: readonly [number, number];
  readonly seed: number;
}

export interface Choices {
  readonly view: ViewName;
  readonly plane: PlaneWish;
  /** With which each run is shown; null for the first. */
  readonly seed: number | null;
}

/** The seeds with which each run is trained. */
export interface Seeds {
  readonly first: number;
  readonly count: number;
}

export const FIRST: Choices = { view: "learned", plane: { kind: "pca", runs: [0, 1], seed: 0 }, seed: null };

const VIEWS: Readonly<Record<ViewName, string>> = {
  learned: "What it has learned",
  plane: "Weights on a plane",
  sharpness: "Gradient and sharpness",
};
const KINDS: Readonly<Record<PlaneKind, string>> = {
  pca: "Principal components",
  ends: "Start and two ends",
  random: "Random directions",
  vector: "A direction per weight",
};

/** The choice with runs and a seed that there are. */
export function within(choices: Choices, runs: number, { first: least, count }: Seeds): Choices {
  const last = Math.max(0, runs - 1);
  const [first, second] = choices.plane.runs.map((run) => Math.min(run, last));
  const other = first === second && runs > 1 ? (first === 0 ? 1 : 0) : second;
  const { seed } = choices;
  const there = seed !== null && seed > least && seed < least + count;
  return { ...choices, plane: { ...choices.plane, runs: [first, other] }, seed: there ? seed : null };
}

/** The seeds, each with its place among them. */
export const seedOptions = ({ first, count }: Seeds): [string, string][] =>
  Array.from({ length: count }, (_, k) => [String(first + k), `seed ${first + k} (${k + 1} of ${count})`]);

interface ChoiceFields {
  readonly element: HTMLElement;
  /** Lets the fields say what is chosen. */
  show(choices: Choices, names: readonly string[], seeds: Seeds): void;
}

function select(label: string, onChoice: (value: string) => void): HTMLSelectElement {
  const field = make("select", { className: "view-select", "aria-label": label });
  field.addEventListener("change", () => onChoice(field.value));
  return field;
}

function fill(field: HTMLSelectElement, options: readonly (readonly [string, string])[], value: string): void {
  const looks = JSON.stringify(options);
  if (field.dataset.looks !== looks) {
    field.dataset.looks = looks;
    field.replaceChildren(...options.map(([key, label]) => make("option", { value: key }, label)));
  }
  field.value = value;
}

/** The fields; `onChoice` is given what is chosen then. */
export function createChoices(current: () => Choices, onChoice: (next: Choices) => void): ChoiceFields {
  const plane = (part: Partial<PlaneWish>) => onChoice({ ...current(), plane: { ...current().plane, ...part } });
  const view = select("View", (value) => onChoice({ ...current(), view: value as ViewName }));
  const kind = select("Plane", (value) => plane({ kind: value as PlaneKind }));
  const first = select("Through the end of", (value) => plane({ runs: [Number(value), current().plane.runs[1]] }));
  const second = select("And the end of", (value) => plane({ runs: [current().plane.runs[0], Number(value)] }));
  const seed = select("Seed", (value) => onChoice({ ...current(), seed: Number(value) }));
  const another = make("button", { type: "button", className: "button view-again" }, "Another");
  another.title = "Other random directions";
  another.addEventListener("click", () => plane({ seed: current().plane.seed + 1 }));
  for (const field of [first, second]) field.classList.add("view-run");
  const element = make("div", { className: "view-choices" }, [view, kind, first, second, another, seed]);
  fill(view, Object.entries(VIEWS), "learned");
  fill(kind, Object.entries(KINDS), "pca");

  function show(choices: Choices, names: readonly string[], seeds: Seeds): void {
    const { kind: chosen, runs } = choices.plane;
    const before = choices.view === "plane";
    view.value = choices.view;
    kind.value = chosen;
    const all = names.map((name, run) => [String(run), name] as const);
    fill(first, all, String(runs[0]));
    fill(second, all, String(runs[1]));
    fill(seed, seedOptions(seeds), String(choices.seed ?? seeds.first));
    seed.hidden = seeds.count < 2;
    kind.hidden = !before;
    first.hidden = !before || chosen === "pca";
    second.hidden = !before || chosen !== "ends";
    another.hidden = !before || (chosen !== "random" && chosen !== "vector");
  }

  return { element, show };
}
