// One frame of what will be exported, its facts, and what is wrong with it. The newest wish wins.

import type { Experiment, ResponseExperiment } from "../experiment/experiment.ts";
import { make, write } from "../shell/document.ts";
import { createGate, type Gate } from "../wire/gate.ts";
import { afterRest } from "../wire/throttle.ts";
import type { Answered, Question, Request } from "./server.ts";
import { type Facts, facts } from "./words.ts";

/** The id of the sentence that says what is wrong. */
export const PROBLEM = "export-problem";
const REST = 180; // ms without a change before the server is asked
const AGAIN = 2000; // ms before a server that did not answer is asked again

/** fall_line/pages/exporting/answers.py */
interface Preview extends Facts {
  /** The address of a picture. */
  readonly image: string;
  /** The first lines of a file without one. */
  readonly text: string;
  readonly notes: readonly string[];
}

interface Settings {
  readonly request: Request;
  /** Gets what is wrong, or nothing. */
  readonly onAnswer: (problem: string) => void;
}

export interface ExportPreview {
  readonly node: HTMLElement;
  draw(question: Question): void;
  /** Writes what is wrong. */
  tell(sentence: string): void;
}

function subject({ experiment }: Question): string {
  const { surface, signal } = experiment as Partial<Experiment & ResponseExperiment>;
  return (surface || signal)!.replace("formula:", "").replaceAll("_", " ");
}

function createPicture() {
  const image = make("img", { alt: "", hidden: true });
  const label = "The first lines of the file";
  const lines = make("pre", { className: "export-lines", hidden: true, tabIndex: 0, "aria-label": label });
  const node = make("div", { className: "export-frame" }, [image, lines]);

  function show({ image: address, text }: Answered<Preview>, question: Question): void {
    image.hidden = !address;
    lines.hidden = !text;
    if (address) image.src = address;
    image.alt = address ? `The last frame: ${subject(question)}` : "";
    lines.textContent = text || "";
  }

  return { node, show };
}

export function createExportPreview({ request, onAnswer }: Settings): ExportPreview {
  const picture = createPicture();
  const frame = picture.node;
  const told = make("p", { className: "export-facts" });
  const notes = make("p", { className: "export-notes", hidden: true });
  const problem = make("p", { className: "export-problem", id: PROBLEM, role: "alert", hidden: true });
  const inside = [frame, told, notes, problem];
  const node = make("section", { className: "export-preview", "aria-label": "Preview" }, inside);
  let wish: Question | null = null;

  const gate: Gate<Question> = createGate({
    async send(lane, sequence, question) {
      frame.setAttribute("aria-busy", "true");
      const answer = await request<Preview>("export/preview", { question });
      gate.settle(lane, sequence);
      if (gate.idle()) frame.removeAttribute("aria-busy");
      if (answer === null) setTimeout(() => node.isConnected && question === wish && gate.request(question), AGAIN);
      if (question === wish) take(answer ?? { problem: "The server does not answer; trying again…" }, question);
    },
  });
  const rested = afterRest((question: Question) => gate.request(question), REST);

  function take(answer: Answered<Preview>, question: Question): void {
    frame.classList.toggle("export-stale", Boolean(answer.problem));
    onAnswer(answer.problem || "");
    write(told, answer.problem ? "" : facts(answer as Preview).join(" · "));
    write(notes, answer.problem ? "" : answer.notes!.join(" "));
    if (!answer.problem) picture.show(answer, question);
  }

  return {
    node,
    draw(question) {
      wish = question;
      frame.classList.toggle("export-see-through", Boolean(question.choices.transparent));
      rested(question);
    },
    tell: (sentence) => write(problem, sentence),
  };
}
