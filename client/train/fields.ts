// The choices on the Train page that have no slider: the task, the network, and numbers that are typed.

import { props } from "../dash/dash.ts";
import type { TrainingExperiment } from "../experiment/experiment.ts";
import { written } from "../experiment/scales.ts";
import { typedNumber } from "../experiment/typed-number.ts";
import { allMended, isRefused, mended, refusedText, showText, tellProblem } from "../runs/refused.ts";
import { firstSchedule } from "../runs/schedules.ts";
import { tell } from "../shell/document.ts";
import type { Answer } from "./answer.ts";
import { moved } from "./moved.ts";
import { numbers, SHARED } from "./numbers.ts";
import { state, to } from "./state.ts";

export type Field = "layers" | "batch" | "validation" | "l2" | "seed" | "patience";

const FIELDS: readonly Field[] = ["layers", "batch", "validation", "l2", "seed", "patience"];

/** What the text of a field means; what means nothing is passed on, and refused in a sentence. */
export function meaning(key: Field, text: string): TrainingExperiment[Field] {
  const plain = text.trim().toLowerCase();
  if (key === "batch" && plain === "all") return 0;
  if (key !== "layers") return typedNumber(text);
  if (plain === "none" || plain === "") return [];
  return plain
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(typedNumber);
}

/** What stands in a field. */
export function fieldText(key: Field, experiment: TrainingExperiment): string {
  const value = experiment[key];
  if (key === "batch" && value === 0) return "all";
  if (typeof value === "object") return value.join(", ") || "none";
  return written(value);
}

/** The reader has typed `text`. */
export function typed(text: string, key: Field): void {
  const id = idOf(key);
  if (isRefused(id, text)) return;
  const wasRefused = mended(id);
  const value = meaning(key, text);
  if (JSON.stringify(value) === JSON.stringify(state.experiment[key]))
    return wasRefused ? tellProblem(state) : undefined;
  to.typed(id);
  to.changed({ ...state.experiment, [key]: value }, key);
  moved.add(id, () => syncField(key));
  retrying = state.experiment;
}

const idOf = (key: Field): string => JSON.stringify({ key, type: "training" });

let retrying: TrainingExperiment | null = null; // what must be accepted before refused fields are tried again

/** What was refused in one field may be right beside what has been accepted in another: it is tried again. */
export function retryRefused(_: Answer, experiment: TrainingExperiment): void {
  if (experiment !== retrying || experiment !== state.experiment) return;
  retrying = null;
  const key = FIELDS.find((one) => isRefused(idOf(one)));
  if (key !== undefined) typed(mendedText(key), key);
}

function mendedText(key: Field): string {
  const text = refusedText(idOf(key))!;
  mended(idOf(key));
  tellProblem(state);
  return text;
}

const syncField = (key: Field): void => showText({ type: "training", key }, fieldText(key, state.experiment));

/** Another task brings the network with which one begins; the runs stay. */
export function chooseTask(task: string): void {
  const { experiment, catalogue } = state;
  if (task === experiment.task || !catalogue.tasks[task]) return;
  to.named(null);
  to.changed({ ...experiment, task, ...catalogue.tasks[task].first, continued: {} }, `task ${task}`);
  syncChoices();
}

const growth = ({ batch_schedule: { kind = "constant" } }: TrainingExperiment): string => String(kind);

/** Minibatches grow by another kind of schedule, with the numbers with which one begins. */
export function chooseGrowth(kind: string): void {
  const { experiment, catalogue } = state;
  if (kind === growth(experiment)) return;
  const schedule = kind === "constant" ? {} : firstSchedule(kind, catalogue.schedules);
  to.changed({ ...experiment, batch_schedule: schedule }, "growth");
}

/** Tells how large minibatches are, if they grow. */
export function tellBatches({ batches }: Answer): void {
  tell("train-batches", batches === null ? "" : `From ${batches[0]} to ${batches[1]} points.`);
}

/** A new seed, of which nobody has seen anything yet. */
export function newSeed(): void {
  const seed = Math.floor(Math.random() * 1_000_000);
  to.changed({ ...state.experiment, seed }, "seed");
  syncField("seed");
}

/** Puts all choices where the experiment says. */
export function syncChoices(): void {
  const { task, activation, initialization, return_best: checked } = state.experiment;
  allMended();
  props("train-task", { value: task });
  props("train-activation", { value: activation });
  props("train-initialization", { value: initialization });
  props("train-growth", { value: growth(state.experiment) });
  props("train-return-best", { checked });
  for (const key of FIELDS) syncField(key);
  for (const key of SHARED) numbers.syncNumber("experiment", key);
  tellTask();
}

/** Tells what is to be seen in the task. */
export function tellTask(): void {
  const task = state.catalogue.tasks[state.experiment.task];
  if (task) tell("train-task-text", `${task.lesson} ${task.points} points.`);
}
