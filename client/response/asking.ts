// What the Response page asks of the server while something moves. The gate belongs to one visit of the page: an answer
// that comes after the reader has left is dropped.

import type { ResponseExperiment } from "../experiment/experiment.ts";
import { connectPage } from "../runs/connecting.ts";
import { refuseTyped } from "../runs/refused.ts";
import { ask } from "../wire/ask.ts";
import type { Connection } from "../wire/connection.ts";
import { createGate, type Gate } from "../wire/gate.ts";
import { type SentAnswer, unpacked } from "./answer.ts";
import { mounted } from "./drawing.ts";
import { state, to } from "./state.ts";

const LANES = 3;

let answers: Gate<ResponseExperiment> | null = null;
let connection: Connection | null = null;

/** A visit of the page begins. */
export function begin(): void {
  answers = answersGate();
}

function answersGate(): Gate<ResponseExperiment> {
  const gate: Gate<ResponseExperiment> = createGate({ send: askAnswers, lanes: LANES });
  async function askAnswers(lane: number, sequence: number, experiment: ResponseExperiment): Promise<void> {
    const answer = await ask<SentAnswer>("response/answers", experiment);
    if (gate !== answers || !mounted()) return;
    if (answer === null) return connection?.lose();
    if (!gate.settle(lane, sequence)) return;
    if (answer.problem === undefined) to.accepted(unpacked(answer), experiment);
    else refuse(answer.problem, experiment);
  }
  return gate;
}

// What the server can't use is not taken over: the message says why, the picture and the experiment stay.
function refuse(problem: string, experiment: ResponseExperiment): void {
  refuseTyped(state, experiment, problem);
  if (state.good !== null && state.experiment === experiment) to.refused();
}

/** Asks for the answer to the experiment. */
export const request = (): void => answers?.request(state.experiment);

/** Something newer was drawn without asking. */
export const overtake = (): void => answers?.overtake();

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
