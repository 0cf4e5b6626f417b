// What the Train page asks of the server: one question at a time, the newest wish first, again and again until all has
// been trained. The gate belongs to one visit of the page: an answer that comes after the reader has left is dropped.

import type { TrainingExperiment } from "../experiment/experiment.ts";
import { connectPage } from "../runs/connecting.ts";
import { refuseTyped } from "../runs/refused.ts";
import { ask } from "../wire/ask.ts";
import type { Connection } from "../wire/connection.ts";
import { createGate, type Gate } from "../wire/gate.ts";
import { type Answer, type SentAnswer, unpacked } from "./answer.ts";
import { known } from "./curves.ts";
import { mounted } from "./history.ts";
import { underWay } from "./job.ts";
import { state, to } from "./state.ts";

const AGAIN = 250; // ms until a question whose turn didn't come is asked again
const LOOK = 1000; // ms from one look at a job to the next

let answers: Gate<TrainingExperiment> | null = null;
let connection: Connection | null = null;
let next = 0; // the timer of the next question
let order: { readonly job: "start" | "cancel"; readonly experiment: TrainingExperiment } | null = null;

/** A visit of the page begins. */
export function begin(): void {
  answers = answersGate();
}

function answersGate(): Gate<TrainingExperiment> {
  const gate: Gate<TrainingExperiment> = createGate({ send: askAnswers });
  async function askAnswers(lane: number, sequence: number, experiment: TrainingExperiment): Promise<void> {
    const job = order?.experiment === experiment ? order.job : null;
    order = null;
    const { answer: before, paused: rests } = state;
    const question = { experiment, known: known(before?.trainings ?? []), epochs: before?.epochs_key ?? "", rests };
    const answer = await (job === null
      ? ask<SentAnswer>("train/answers", question)
      : ask<SentAnswer>("train/job", { ...question, job }));
    if (gate !== answers || !mounted()) return;
    if (answer === null) return connection?.lose();
    if (!gate.settle(lane, sequence)) return;
    if (answer.problem === undefined) take(unpacked(answer, before), experiment);
    else refuse(answer.problem, experiment);
  }
  return gate;
}

function take(answer: Answer, experiment: TrainingExperiment): void {
  to.accepted(answer, experiment);
  const { job, waiting } = answer;
  clearTimeout(next);
  if (job !== null) {
    if (underWay(job)) next = setTimeout(goOn, LOOK, answers, experiment);
  } else if (waiting > 0) next = setTimeout(goOn, AGAIN, answers, experiment);
  else goOn(answers, experiment);
}

// A newer wish is under way already, or nothing is left to be trained.
function goOn(gate: Gate<TrainingExperiment> | null, experiment: TrainingExperiment): void {
  const { experiment: now, paused, answer } = state;
  if (gate === answers && mounted() && now === experiment && !paused && !answer?.done && idle()) request();
}

// What the server can't use is not taken over: the message says why, the picture and the experiment stay.
function refuse(problem: string, experiment: TrainingExperiment): void {
  refuseTyped(state, experiment, problem);
  if (state.good !== null && state.experiment === experiment) to.refused();
}

/** Asks how far the experiment has come, and for more. */
export const request = (): void => answers?.request(state.experiment);

/** Starts or cancels the job that trains what takes long. */
export function orderJob(job: "start" | "cancel"): void {
  order = { job, experiment: state.experiment };
  request();
}

/** Whether no answer is waited for. */
export const idle = (): boolean => answers?.idle() ?? true;

/** Watches over the connection, from the first call on. */
export function connect(): void {
  connection ??= connectPage({
    mounted,
    waiting: () => answers?.waiting() ?? 0,
    onBack() {
      answers?.reset();
      to.changed(state.experiment, state.why, { structure: true });
    },
  });
}
