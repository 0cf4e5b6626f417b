// The export dialog: its parts, which follow what is chosen and how the exports stand.

import { live } from "../runs/page.ts";
import { byId, make } from "../shell/document.ts";
import { current } from "../shell/theme.ts";
import { createExportAction, type ExportAction } from "./action.ts";
import { createAnnouncement } from "./announcement.ts";
import { question, start } from "./asking.ts";
import { type Offer, refusal, remembered, restored, type Typed } from "./choices.ts";
import { createExportForm, type ExportForm } from "./form.ts";
import { markHeader } from "./header-mark.ts";
import type { Export } from "./jobs.ts";
import { address, jobs } from "./last-exports.ts";
import { createExportList, type ExportList } from "./list.ts";
import { createExportPreview, type ExportPreview, PROBLEM } from "./preview.ts";
import { request } from "./server.ts";
import { createSnippet, type ExportSnippet } from "./snippet.ts";
import { state, to } from "./state.ts";
import { store, stored } from "./storage.ts";

interface Parts {
  readonly node: HTMLElement;
  readonly form: ExportForm;
  readonly preview: ExportPreview;
  readonly list: ExportList;
  readonly snippet: ExportSnippet;
  readonly action: ExportAction;
  readonly announce: (entry: Export | undefined, lost: boolean) => void;
}

const CHOICES = "fall-line-export-choices";

let parts: Parts | null = null;

/** Draws how the exports stand. */
export function draw(): void {
  const entries = jobs.all();
  markHeader(entries);
  if (parts === null || !parts.node.isConnected) return;
  const asked = question();
  if (asked === null) return;
  const about = { address, lost: jobs.lost(), sending: state.sending, refused: state.refused };
  parts.list.update(entries, about);
  const wish = JSON.stringify(asked);
  const mine = entries.find((entry) => entry.wish === wish && entry.kind !== "expired");
  parts.action.update(mine, about);
  parts.announce(mine, about.lost);
}

function tellProblem(problem: string): void {
  const { name, sentence } = refusal(problem, state.offer!.counted);
  parts?.preview.tell(sentence);
  parts?.form.mark(name, PROBLEM);
}

/** Tells why a file can't be made. */
export function tellRefusal(problem: string): void {
  if (refusal(problem).name !== null) tellProblem(problem);
  draw();
}

function drawPreview(): void {
  const asked = question();
  if (asked !== null) parts!.preview.draw(asked);
}

// Until a reader chooses the other theme, the file has the page's colours.
function onChange(read: (typed: Typed) => Typed): void {
  const typed = state.typed!;
  const next = read(typed);
  to.chose(typed.theme === "" && next.theme === current() ? { ...next, theme: "" } : next);
  parts!.form.arrange(state.typed!);
  store("localStorage", CHOICES, remembered(state.typed!));
  drawPreview();
  draw();
}

function build(offer: Offer): Parts {
  const form = createExportForm(offer, onChange);
  const preview = createExportPreview({ request, onAnswer: tellProblem });
  const list = createExportList({ onCancel: jobs.cancel });
  const action = createExportAction({ onExport: start, onCancel: jobs.cancel });
  const spoken = make("p", { className: "only-spoken", role: "status" });
  const snippet = createSnippet();
  const aside = make("div", { className: "export-aside" }, [preview.node, list.node, snippet.node]);
  const columns = make("div", { className: "export-columns" }, [aside, form.node]);
  const node = make("div", { className: "export-inside" }, [columns, action.node, spoken]);
  return { node, form, preview, list, snippet, action, announce: createAnnouncement(spoken) };
}

/** Fills the dialog, which has been opened over the page. */
export function open(): void {
  const page = live();
  if (page === null) return;
  const { first, last, stands } = page.exported();
  parts ??= build(state.offer!);
  const { node, form } = parts;
  const body = byId("export-body");
  body.replaceChildren(node);
  body.addEventListener("focus", form.focus); // that is where the dialog puts the focus
  to.ranged(first, last);
  const typed = state.typed!;
  form.write(typed.theme === "" ? { ...typed, theme: current() } : typed);
  form.offerStep(first <= stands && stands < last ? stands : null);
  form.focus();
  parts.snippet.update();
  drawPreview();
  jobs.refresh();
  draw();
}

/** Each page offers what suits its kind of experiment; what was chosen on one is chosen on the other. */
export function take(offer: Offer): void {
  const before = state.typed ? remembered(state.typed) : stored("localStorage", CHOICES, null);
  to.offered(offer, restored(before, offer));
  parts = null;
}
