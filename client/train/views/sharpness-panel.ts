// Gradient and sharpness over the steps: two plots, and a table of what holds at the player's step. A point under the
// pointer, or that the arrow keys move to, is read; a click takes the player there.

import { swatch } from "../../drawing/styles.ts";
import { make, write } from "../../shell/document.ts";
import { listenToPlace } from "./place.ts";
import { drawSharpness } from "./sharpness-drawing.ts";
import {
  type Read,
  readingOf,
  sharpnessWords,
  short,
  stepped,
  toldNear,
  under,
  withoutLimit,
} from "./sharpness-readings.ts";
import { type SharpnessScene, type Stage, shownRuns, staged } from "./sharpness-stage.ts";

export interface SharpnessPanel {
  /** Shows a scene; null: nothing is known yet. */
  show(scene: SharpnessScene | null): void;
}

export interface SharpnessActions {
  /** A run's curve is pointed at. */
  onHover(run: number | null): void;
  /** The player is to stand at another step. */
  onSeek(step: number): void;
}

const HEADS = ["Run", "Step", "‖∇J‖", "λmax", "Limit"];
const HINTS = [
  "",
  "The nearest step at which both are known",
  "Norm of the gradient of the loss of all points",
  "The greatest eigenvalue of the Hessian of the loss of all points",
  "The λmax beyond which the method swings up on a parabola",
];
const SPOKEN =
  "Gradient and sharpness of all runs over the steps. Left and right move the step that is read, up and down choose the run";
const NAME = "Gradient and sharpness at the player’s step";

function createTable(): HTMLTableElement {
  const heads = HEADS.map((text, k) => make("th", { scope: "col", title: HINTS[k] }, text));
  const table = make("table", { className: "plane-table" }, [make("thead", {}, make("tr", {}, heads)), make("tbody")]);
  table.setAttribute("aria-label", NAME);
  return table;
}

function createParts(host: HTMLElement) {
  const canvas = make("canvas", { className: "sharpness-layer", "aria-hidden": "true" });
  const plot = make("div", { className: "sharpness-plot", tabIndex: 0, role: "group", "aria-label": SPOKEN }, canvas);
  const reading = make("p", { className: "view-words", "aria-live": "polite" });
  const table = createTable();
  const scroll = make("div", { className: "plane-scroll", tabIndex: 0, role: "region", "aria-label": NAME }, table);
  const words = make("p", { className: "view-words" });
  host.replaceChildren(plot, reading, scroll, words);
  return { host, canvas, plot, reading, table, scroll, words };
}

type Parts = ReturnType<typeof createParts>;

/** The panel in `host`. */
export function createSharpnessPanel(host: HTMLElement, { onHover, onSeek }: SharpnessActions): SharpnessPanel {
  const parts = createParts(host);
  const { plot, canvas } = parts;
  let stage: Stage | null = null;
  let read: Read | null = null;

  function show(scene: SharpnessScene | null): void {
    showParts(parts, scene);
    stage = scene && staged(scene, plot.clientWidth, plot.clientHeight);
    draw();
  }

  function draw(): void {
    if (stage !== null) drawSharpness(canvas, stage, read);
    write(parts.reading, readingWords(stage?.scene ?? null, read));
  }

  const place = (event: PointerEvent): readonly [number, number] => {
    const { left, top } = plot.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const seek = (event: PointerEvent): void => {
    if (stage !== null) onSeek(Math.round(stage.step(place(event)[0])));
  };

  followPlace(plot, {
    current: () => stage,
    place,
    onHover,
    moved(next) {
      read = next;
      draw();
    },
  });
  plot.addEventListener("click", (event) => seek(event as PointerEvent));
  plot.addEventListener("pointermove", (event) => {
    if (event.buttons === 1 && event.pointerType !== "touch") seek(event);
  });
  new ResizeObserver(() => host.isConnected && stage && show(stage.scene)).observe(plot);
  return { show };
}

interface Following {
  readonly current: () => Stage | null;
  readonly place: (event: PointerEvent) => readonly [number, number];
  readonly onHover: (run: number | null) => void;
  readonly moved: (read: Read | null) => void;
}

// What is read is a place whose units are a step and a run.
function followPlace(plot: HTMLElement, { current, place, onHover, moved }: Following): void {
  const read = (one: { readonly x: number; readonly y: number } | null): Read | null =>
    one === null || one.y < 0 ? null : { step: one.x, run: one.y };
  const placeOf = (one: Read | null) => ({ x: one?.step ?? 0, y: one?.run ?? -1 });
  listenToPlace(plot, {
    pointed(event) {
      const stage = current();
      const found = stage && under(stage, ...place(event));
      onHover(found?.run ?? null);
      return found && placeOf(found);
    },
    stepped(from, across, down) {
      const stage = current();
      return placeOf(stage && stepped(stage.scene, read(from), across, down));
    },
    moved: (next) => moved(read(next)),
    left: () => onHover(null),
  });
}

function readingWords(scene: SharpnessScene | null, read: Read | null): string {
  if (scene === null) return "The curves come once all is trained, or rests.";
  if (scene.stale) return "These curves are from before; new ones come once all is trained.";
  const told = read === null || scene.runs[read.run]?.hidden ? "" : readingOf(scene, read);
  return told || (scene.sharpness.done ? "Point at a curve for its numbers." : "More of it is on its way.");
}

function showParts({ host, plot, scroll, words, table }: Parts, scene: SharpnessScene | null): void {
  for (const part of [plot, scroll, words]) part.hidden = scene === null;
  host.classList.toggle("view-stale", scene?.stale ?? false);
  plot.dataset.done = String((scene?.sharpness.done ?? false) && !scene?.stale);
  if (scene === null) return;
  write(words, sharpnessWords(scene));
  fillTable(table, scene);
}

function fillTable(table: HTMLTableElement, scene: SharpnessScene): void {
  const { sharpness, runs, names, palette, step } = scene;
  const body = table.tBodies[0];
  const shown = shownRuns({ ...scene, highlight: null });
  const looks = shown.map((run) => `${run} ${runs[run].style} ${names[run]}`).join("\n");
  if (body.dataset.looks !== looks) {
    body.dataset.looks = looks;
    body.replaceChildren(...shown.map((run) => rowOf(run, names[run])));
  }
  table.classList.toggle("gradient-only", !sharpness.whole);
  shown.forEach((run, k) => {
    const { cells } = body.rows[k];
    const found = sharpness.runs[run]!;
    swatch(cells[0].querySelector("canvas")!, runs[run].style, palette);
    const told = toldNear(found, step);
    const limit = withoutLimit(sharpness, found) ? "none known" : short(told?.limit);
    [String(told?.step ?? ""), short(told?.norm), short(told?.sharpness), limit].forEach((text, column) => {
      if (cells[column + 1].textContent !== text) cells[column + 1].textContent = text;
    });
  });
}

function rowOf(run: number, name: string): HTMLTableRowElement {
  const sample = make("canvas", { className: "swatch", width: 44, height: 32 });
  const head = make("th", { scope: "row" }, [sample, make("span", {}, name)]);
  return make("tr", { "data-run": run }, [head, ...HEADS.slice(1).map(() => make("td"))]);
}
