// The list of runs on the page that is shown, Explore or Response: what Dash calls for it, and what it listens to.

import { type Callbacks, offer, triggeredId, triggeredValue } from "../dash/dash.ts";
import * as edit from "../experiment/edit.ts";
import { spoken, toPosition, toValue } from "../experiment/scales.ts";
import { restoreFocus } from "./kept-focus.ts";
import { numberTyped } from "./number-field.ts";
import { defaults, live, type RunsEdit, type RunsPage } from "./page.ts";
import { runsMended } from "./refused.ts";
import { holds, turn } from "./slider-drag.ts";
import { drawSwatches } from "./swatches.ts";

type Action = "duplicate" | "remove" | "up" | "down";

interface RunId {
  readonly run: number;
}

type Clicks = readonly (number | null)[];

let focus: number | null = null; // the run whose name is to have the focus once the list is built anew

/** Runs `action` with the page and the id of what was clicked. */
function clicked<Id extends RunId>(clicks: Clicks, action: (page: RunsPage, id: Id) => void): void {
  const [page, id] = [live(), triggeredId<Id>()];
  if (page !== null && id && clicks.some(Boolean)) action(page, id);
}

function runAction(page: RunsPage, action: Action, index: number): void {
  const edits: Record<Action, RunsEdit> = {
    duplicate: (one) => edit.duplicate(one, index),
    remove: (one) => edit.remove(one, index),
    up: (one) => edit.move(one, index, -1),
    down: (one) => edit.move(one, index, 1),
  };
  const stays: Record<Action, number> = {
    duplicate: index + 1,
    up: index - 1,
    down: index + 1,
    remove: Math.max(0, index - 1),
  };
  page.forgetRows();
  focus = stays[action];
  page.changeRuns(edits[action], action, { structure: true });
}

function focusName(): void {
  const name = focus === null ? null : document.getElementById(`{"run":${focus},"type":"name"}`);
  focus = null;
  if (name) name.focus();
}

function rebuilt(): void {
  requestAnimationFrame(() => {
    const page = live();
    if (page === null) return;
    drawSwatches(page.palette());
    page.numbers.writeAll();
    restoreFocus();
    focusName();
  });
}

function hide(page: RunsPage, { run }: RunId): void {
  const hidden = !page.state.experiment.runs[run].hidden;
  page.changeRuns((one) => edit.withRun(one, run, { hidden }), "hide", { structure: true });
  page.drawAll();
}

function rename(names: readonly (string | null)[]): unknown {
  const [page, id] = [live(), triggeredId<RunId>()];
  if (!id || page === null) return;
  const { experiment, catalogue } = page.state;
  const run = experiment.runs[id.run];
  const written = String(names[id.run] || "").trim();
  const label = written === catalogue.optimizers[run.optimizer].label ? "" : written;
  if (label !== run.label)
    page.changeRuns((one) => edit.withRun(one, id.run, { label }), "rename", { structure: true });
}

function method(methods: readonly (string | null)[]): unknown {
  const [page, id] = [live(), triggeredId<RunId>()];
  const optimizer = triggeredValue<string>();
  if (!id || page === null || !optimizer || !methods) return;
  const { experiment, catalogue } = page.state;
  if (optimizer === experiment.runs[id.run].optimizer) return;
  runsMended(id.run);
  const { hypers } = catalogue.optimizers[optimizer];
  const own = defaults(catalogue, optimizer);
  const change: RunsEdit = (one) => {
    const made = edit.changeMethod(one, id.run, optimizer, own, hypers);
    return page.ownRates ? edit.withRun(made, id.run, { hypers: own }) : made;
  };
  page.changeRuns(change, "method", { structure: true });
}

export const callbacks: Callbacks = {
  rebuilt,
  number: numberTyped,
  action: (clicks: Clicks) =>
    clicked<RunId & { action: Action | "response" }>(clicks, (page, { action, run }) => {
      if (action === "response") page.showResponse?.(run);
      else runAction(page, action, run);
    }),
  unfold: (clicks: Clicks) =>
    clicked<RunId>(clicks, (page, { run }) => {
      page.unfold(run);
      page.rebuild();
    }),
  hide: (clicks: Clicks) => clicked<RunId>(clicks, hide),
  rename,
  method,
};

/** Lets Dash call what its callbacks of the list name. */
export const offerRuns = (): void => offer("runs", callbacks);

// Alt with an arrow moves the run in whose row the focus is.
function onKey(event: KeyboardEvent): void {
  const page = live();
  const row = event.altKey ? (event.target as Element).closest<HTMLElement>(".run") : null;
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!row || by === undefined || page === null) return;
  event.preventDefault();
  const index = Number(row.dataset.run);
  if (page.state.experiment.runs[index + by]) runAction(page, by < 0 ? "up" : "down", index);
}

function onDoubleClick(event: MouseEvent): void {
  const page = live();
  const slider = (event.target as Element).closest(".hyper-slider");
  if (!slider || page === null) return;
  const { owner, key } = JSON.parse(slider.id);
  const hyper = page.numbers.hyperOf(owner, key);
  if (hyper !== undefined) page.numbers.setNumber(owner, key, hyper.default);
  // After the slider has dealt with the second click itself.
  setTimeout(() => page.numbers.syncNumber(owner, key), 60);
}

// A slider's thumb tells its value at every move; Dash hears of it only when the hand lets go.
function onSlid(records: readonly MutationRecord[]): void {
  const page = live();
  if (page === null) return;
  for (const { target } of records) {
    const thumb = target as Element;
    const slider = thumb.closest(".hyper-slider");
    // React comes two frames after the hand: what it tells of a slider that is held is old.
    if (!slider || holds(slider)) continue;
    if (thumb === document.activeElement || thumb.hasAttribute("data-dragging")) slid(page, slider, thumb);
  }
}

function slid(page: RunsPage, slider: Element, thumb: Element): void {
  const { owner, key } = JSON.parse(slider.id);
  const hyper = page.numbers.hyperOf(owner, key);
  const told = Number(thumb.getAttribute("aria-valuenow"));
  if (hyper === undefined) return;
  if (told === spoken(hyper, toPosition(hyper, Number(page.numbers.numberOf(owner, key))))) return;
  turn(page, owner, key, toValue(hyper, toPosition(hyper, told)));
}

// A row of the table, or the head of a row in the list: its sliders must not dim the others while they are dragged.
function hoveredRow(event: PointerEvent): HTMLElement | null {
  const place = event.target instanceof Element ? event.target.closest("tr[data-run], .run-head") : null;
  return place ? place.closest<HTMLElement>("[data-run]") : null;
}

function onOver(event: PointerEvent): void {
  const page = live();
  const row = event.buttons ? null : hoveredRow(event);
  if (row && page !== null && page.state.answer !== null) page.highlight(Number(row.dataset.run));
}

function onOut(event: PointerEvent): void {
  const page = live();
  const row = hoveredRow(event);
  const to = event.relatedTarget;
  if (row && page !== null && !(to instanceof Node && row.contains(to))) page.highlight(null);
}

/** Hears of keys, hands and sliders in the lists of all pages. */
export function listenToRuns(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("dblclick", onDoubleClick);
  document.addEventListener("pointerover", onOver);
  document.addEventListener("pointerout", onOut);
  new MutationObserver(onSlid).observe(document, { subtree: true, attributeFilter: ["aria-valuenow"] });
}
