// One frame of what will be exported, its facts, and what is wrong with it. The newest wish wins.

import type { Experiment, ResponseExperiment, TrainingExperiment } from "../experiment/experiment.ts";
import { make, write } from "../shell/document.ts";
import { createGate, type Gate } from "../wire/gate.ts";
import { afterRest } from "../wire/throttle.ts";
import type { Answered, Question, Request } from "./server.ts";
import { type Facts, facts } from "./words.ts";

/** The id of the sentence that says what is wrong. */
export const PROBLEM = "export-problem";
const REST = 180; // ms without a change before the server is asked
const SETTLED = 700; // ms without a change before the server weighs the file, which takes it a second
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
  const { surface, signal, task } = experiment as Partial<Experiment & ResponseExperiment & TrainingExperiment>;
  return (surface || signal || task)!.replace("formula:", "").replaceAll("_", " ");
}

function createPicture(onGrow: () => void) {
  const image = make("img", { alt: "" });
  const grow = make(
    "button",
    { type: "button", className: "export-grow", title: "Show it larger", hidden: true },
    image,
  );
  grow.addEventListener("click", onGrow);
  const label = "The first lines of the file";
  const lines = make("pre", { className: "export-lines", hidden: true, tabIndex: 0, "aria-label": label });
  const node = make("div", { className: "export-frame" }, [grow, lines]);

  function show({ image: address, text }: Answered<Preview>, question: Question): void {
    grow.hidden = !address;
    lines.hidden = !text;
    if (address) image.src = address;
    image.alt = address ? `The last frame: ${subject(question)}` : "";
    lines.textContent = text || "";
  }

  return { node, image, show };
}

/** The picture as large as the window allows, over the dialog; Escape and a click close it. */
function createLarger(picture: HTMLImageElement, request: Request) {
  const image = make("img", { alt: "" });
  // Escape closes this one only: the dialog below heeds this mark.
  const mark = { "data-mantine-stop-propagation": "true" };
  const close = make("button", { type: "button", className: "export-shrink", title: "Close", ...mark }, image);
  const node = make("dialog", { className: "export-larger", "aria-label": "The preview, larger" }, close);
  close.addEventListener("click", () => node.close());

  async function open(question: Question): Promise<void> {
    Object.assign(image, { src: picture.src, alt: picture.alt });
    const small = picture.src;
    node.showModal();
    const answer = await request<Preview>("export/preview", { question: { ...question, large: true } });
    if (node.open && answer?.image && picture.src === small) image.src = answer.image;
  }

  return { node, open };
}

export function createExportPreview({ request, onAnswer }: Settings): ExportPreview {
  const picture = createPicture(() => wish !== null && larger.open(wish));
  const larger = createLarger(picture.image, request);
  const frame = picture.node;
  const told = make("p", { className: "export-facts" });
  const notes = make("p", { className: "export-notes", hidden: true });
  const problem = make("p", { className: "export-problem", id: PROBLEM, role: "alert", hidden: true });
  const inside = [frame, told, notes, problem, larger.node];
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

  // How large the file will be takes longer to find out than how it looks.
  async function weigh(preview: Preview, question: Question): Promise<void> {
    await new Promise((rest) => setTimeout(rest, SETTLED));
    if (question !== wish || !node.isConnected) return;
    const answer = await request<Pick<Facts, "bytes" | "exact">>("export/weight", { question });
    if (question === wish && answer?.bytes) write(told, facts({ ...preview, ...(answer as Facts) }).join(" · "));
  }

  function take(answer: Answered<Preview>, question: Question): void {
    frame.classList.toggle("export-stale", Boolean(answer.problem));
    onAnswer(answer.problem || "");
    write(told, answer.problem ? "" : facts(answer as Preview).join(" · "));
    write(notes, answer.problem ? "" : answer.notes!.join(" "));
    if (answer.problem) return;
    picture.show(answer, question);
    if (answer.bytes === null) weigh(answer as Preview, question);
  }

  return {
    node,
    draw(question) {
      wish = question;
      node.classList.toggle("export-see-through", Boolean(question.choices.transparent));
      rested(question);
    },
    tell: (sentence) => write(problem, sentence),
  };
}
