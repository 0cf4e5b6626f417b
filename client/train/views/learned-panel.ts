// Small multiples of what each run has learned at one step: a picture and a caption a run, one scale for all. The place
// under the pointer, or that the arrow keys move, is read in all of them at once.

import { swatch } from "../../drawing/styles.ts";
import type { Palette, Run } from "../../experiment/experiment.ts";
import { make, write } from "../../shell/document.ts";
import { css, viewColors } from "./colors.ts";
import { drawConfusion } from "./confusion.ts";
import { drawMap } from "./decision-map.ts";
import { drawCurve } from "./fitted-curve.ts";
import { judged, type Learned, type LearnedRun } from "./learned-answer.ts";
import { captionOf, explanationOf, type Place, placeWords, readingAt, scaleEnds } from "./learned-readings.ts";
import { fitting } from "./multiples.ts";
import { drawTold } from "./told-values.ts";
import { aspectOf, drawPictures, scaleEnd } from "./weight-pictures.ts";

/** What is shown of what. */
export interface LearnedScene {
  readonly learned: Learned;
  readonly runs: readonly Run[];
  readonly names: readonly string[];
  readonly palette: Palette;
  /** The step that was asked for. */
  readonly step: number;
}

export interface LearnedPanel {
  /** Shows a scene; null: nothing is known yet. */
  show(scene: LearnedScene | null): void;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-0.025, 0],
  ArrowRight: [0.025, 0],
  ArrowUp: [0, -0.025],
  ArrowDown: [0, 0.025],
};

interface Figure {
  readonly run: number;
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly cross: HTMLElement;
  readonly pictures: HTMLCanvasElement;
  readonly sample: HTMLCanvasElement;
  readonly name: HTMLElement;
  readonly note: HTMLElement;
}

function createFigure(run: number): Figure {
  const canvas = make("canvas", { className: "view-canvas", role: "img" });
  const cross = make("div", { className: "view-cross", hidden: true });
  const pictures = make("canvas", { className: "view-pictures", "aria-hidden": "true", hidden: true });
  const sample = make("canvas", { className: "swatch", width: 44, height: 32 });
  const name = make("span", { className: "view-name" });
  const note = make("span", { className: "view-note" });
  const caption = make("figcaption", {}, [sample, name, note]);
  const frame = make("div", { className: "view-frame" }, [canvas, cross]);
  const element = make("figure", { className: "view-figure", "data-run": run }, [frame, pictures, caption]);
  return { run, element, canvas, cross, pictures, sample, name, note };
}

/** The panel in `host`; `onHover` is told which run's picture is pointed at. */
export function createLearnedPanel(host: HTMLElement, onHover: (run: number | null) => void): LearnedPanel {
  const spoken = "What each run has learned. The arrow keys move the place that is read";
  const grid = make("div", { className: "view-multiples", tabIndex: 0, role: "group", "aria-label": spoken });
  const scale = make("div", { className: "view-scale", "aria-hidden": "true" });
  const words = make("p", { className: "view-words", "aria-live": "polite" });
  host.replaceChildren(grid, make("div", { className: "view-foot" }, [scale, words]));
  let figures: Figure[] = [];
  let scene: LearnedScene | null = null;
  let place: Place | null = null;

  function build(shown: readonly number[]): void {
    if (String(shown) === String(figures.map(({ run }) => run))) return;
    figures = shown.map(createFigure);
    grid.replaceChildren(...figures.map(({ element }) => element));
  }

  function fit(learned: Learned): void {
    const neurons = Math.max(...learned.runs.map((run) => run?.neurons ?? 0));
    const high = 1 / aspect(learned) + (neurons > 0 ? aspectOf(neurons) : 0);
    const room = getComputedStyle(grid).overflowY === "visible" ? Number.POSITIVE_INFINITY : grid.clientHeight;
    const { columns, wide } = fitting(figures.length, high, grid.clientWidth, room);
    grid.style.gridTemplateColumns = `repeat(${columns}, ${wide}px)`;
  }

  function show(next: LearnedScene | null): void {
    scene = next;
    if (scene === null) {
      build([]);
      scale.hidden = true;
      return write(words, "The pictures are on their way.");
    }
    const { runs, learned, palette } = scene;
    build(runs.flatMap((run, k) => (run.hidden || k >= learned.runs.length ? [] : [k])));
    fit(learned);
    for (const figure of figures) showFigure(figure, scene);
    showScale(scale, learned, palette);
    read();
  }

  function read(): void {
    if (scene === null) return;
    const { learned } = scene;
    for (const figure of figures) readFigure(figure, scene, place);
    const first = figures[0]?.canvas;
    const size = { width: first?.clientWidth ?? 1, height: first?.clientHeight ?? 1 };
    const told = place === null ? "" : placeWords(learned, place, size);
    write(words, told || explanationOf(learned));
  }

  function at(event: PointerEvent): Figure | null {
    const found = figures.find(({ canvas }) => canvas === event.target) ?? null;
    if (found !== null) {
      const { left, top, width, height } = found.canvas.getBoundingClientRect();
      place = { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
    } else place = null;
    return found;
  }

  function onKey(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    if (event.key === "Escape") place = null;
    else if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    else {
      const { x, y } = place ?? { x: 0.5, y: 0.5 };
      const far = event.shiftKey ? 4 : 1;
      const within = (share: number) => Math.min(1, Math.max(0, share));
      place = { x: within(x + far * move[0]), y: within(y + far * move[1]) };
      event.preventDefault();
      event.stopPropagation();
    }
    read();
  }

  for (const kind of ["pointermove", "pointerdown"] as const)
    grid.addEventListener(kind, (event) => {
      onHover(at(event)?.run ?? null);
      read();
    });
  grid.addEventListener("pointerleave", () => {
    place = null;
    onHover(null);
    read();
  });
  grid.addEventListener("keydown", onKey);
  new ResizeObserver(() => host.isConnected && show(scene)).observe(grid);
  return { show };
}

function showFigure(figure: Figure, scene: LearnedScene): void {
  const { learned, runs, palette, names } = scene;
  const { style } = runs[figure.run];
  const run = learned.runs[figure.run];
  figure.element.classList.toggle("view-waiting", run === null);
  figure.canvas.style.aspectRatio = String(aspect(learned));
  figure.pictures.hidden = learned.image === null || run === null;
  figure.pictures.style.aspectRatio = String(1 / aspectOf(run?.neurons ?? 1));
  swatch(figure.sample, style, palette);
  write(figure.name, names[figure.run]);
  const caption = run === null ? "has not begun to train" : captionOf(learned, run, scene.step);
  figure.canvas.setAttribute("aria-label", `${names[figure.run]}: ${caption}`);
  if (run !== null) draw(figure, scene, run, style);
}

// Pictures are as wide as they are high unless the view is not.
function aspect({ kind, view }: Learned): number {
  if (kind === "curve") return 1.4;
  return kind === "map" ? (view!.high[0] - view!.low[0]) / (view!.high[1] - view!.low[1]) : 1;
}

function draw({ canvas, pictures }: Figure, { learned, palette }: LearnedScene, run: LearnedRun, style: number): void {
  const colors = viewColors(palette);
  if (learned.kind === "map") drawMap(canvas, learned, run, colors);
  else if (learned.kind === "curve") drawCurve(canvas, learned, run, style, palette);
  else if (learned.kind === "values") drawTold(canvas, learned, run, style, palette);
  else drawConfusion(canvas, run.counts![judged(learned)], learned.classes, colors);
  if (!pictures.hidden) drawPictures(pictures, learned, run, colors);
}

function readFigure({ run, canvas, cross, note }: Figure, { learned, step }: LearnedScene, place: Place | null): void {
  const found = learned.runs[run];
  const { clientWidth: width, clientHeight: height } = canvas;
  const told = found === null || place === null ? "" : readingAt(learned, found, place, { width, height });
  cross.hidden = told === "";
  if (place !== null) Object.assign(cross.style, { left: `${place.x * width}px`, top: `${place.y * height}px` });
  write(note, found === null ? "not begun" : told || captionOf(learned, found, step));
  note.classList.toggle("view-read", told !== "");
}

function showScale(element: HTMLElement, learned: Learned, palette: Palette): void {
  const ends = scaleEnds(learned, scaleEnd(learned.runs));
  element.hidden = ends === null;
  if (ends === null) return;
  const { low, high, paper } = viewColors(palette);
  const bar = make("span", { className: "view-bar" });
  bar.style.background = `linear-gradient(to right, ${css(low)}, ${css(paper)}, ${css(high)})`;
  element.replaceChildren(ends[0], bar, ends[1]);
}
