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
import { captionOf, explanationOf, placeWords, readingAt, scaleEnds } from "./learned-readings.ts";
import { fitting } from "./multiples.ts";
import { between, listenToPlace, type Place } from "./place.ts";
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

const STEP = 0.025; // of a picture that a key moves the place

interface Figure {
  readonly run: number;
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly cross: HTMLElement;
  readonly pictures: HTMLCanvasElement;
  readonly sample: HTMLCanvasElement;
  readonly name: HTMLElement;
  readonly note: HTMLElement;
  /** What its canvas shows. */
  drawn: Drawn | null;
}

/** What a map depends on. */
interface Drawn {
  readonly run: LearnedRun;
  readonly points: Learned["points"];
  readonly look: string;
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
  return { run, element, canvas, cross, pictures, sample, name, note, drawn: null };
}

function createParts(host: HTMLElement) {
  const spoken = "What each run has learned. The arrow keys move the place that is read";
  const grid = make("div", { className: "view-multiples", tabIndex: 0, role: "group", "aria-label": spoken });
  const scale = make("div", { className: "view-scale", "aria-hidden": "true" });
  const words = make("p", { className: "view-words", "aria-live": "polite" });
  host.replaceChildren(grid, make("div", { className: "view-foot" }, [scale, words]));
  return { grid, scale, words };
}

/** The panel in `host`; `onHover` is told which run's picture is pointed at. */
export function createLearnedPanel(host: HTMLElement, onHover: (run: number | null) => void): LearnedPanel {
  const { grid, scale, words } = createParts(host);
  let figures: Figure[] = [];
  let scene: LearnedScene | null = null;
  let place: Place | null = null;

  function build(shown: readonly number[]): void {
    if (String(shown) === String(figures.map(({ run }) => run))) return;
    figures = shown.map(createFigure);
    grid.replaceChildren(...figures.map(({ element }) => element));
  }

  function show(next: LearnedScene | null): void {
    scene = next;
    const { runs = [], learned = null } = scene ?? {};
    build(runs.flatMap((run, k) => (run.hidden || k >= learned!.runs.length ? [] : [k])));
    scale.hidden = learned === null;
    if (scene === null) return write(words, "The pictures are on their way.");
    fit(grid, figures.length, scene.learned);
    for (const figure of figures) showFigure(figure, scene);
    showScale(scale, scene.learned, scene.palette);
    read();
  }

  function read(): void {
    if (scene === null) return;
    for (const figure of figures) readFigure(figure, scene, place);
    const { clientWidth: width = 1, clientHeight: height = 1 } = figures[0]?.canvas ?? {};
    const told = place === null ? "" : placeWords(scene.learned, place, { width, height });
    write(words, told || explanationOf(scene.learned));
  }

  function pointed(event: PointerEvent): Place | null {
    const found = figures.find(({ canvas }) => canvas === event.target) ?? null;
    onHover(found?.run ?? null);
    if (found === null) return null;
    const { left, top, width, height } = found.canvas.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  }

  listenToPlace(grid, {
    pointed,
    stepped: (from, across, down) => ({
      x: between(0, (from?.x ?? 0.5) + STEP * across, 1),
      y: between(0, (from?.y ?? 0.5) + STEP * down, 1),
    }),
    moved(next) {
      place = next;
      read();
    },
    left: () => onHover(null),
  });
  new ResizeObserver(() => host.isConnected && show(scene)).observe(grid);
  return { show };
}

// Pictures are as large as the room allows, or as usual where the page grows with them.
function fit(grid: HTMLElement, count: number, learned: Learned): void {
  const neurons = Math.max(...learned.runs.map((run) => run?.neurons ?? 0));
  const high = 1 / aspect(learned) + (neurons > 0 ? aspectOf(neurons) : 0);
  const room = getComputedStyle(grid).overflowY === "visible" ? Number.POSITIVE_INFINITY : grid.clientHeight;
  const { columns, wide } = fitting(count, high, grid.clientWidth, room);
  grid.style.gridTemplateColumns = `repeat(${columns}, ${wide}px)`;
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

function draw(figure: Figure, { learned, palette }: LearnedScene, run: LearnedRun, style: number): void {
  const { canvas, pictures } = figure;
  const colors = viewColors(palette);
  if (learned.kind === "map") drawNewMap(figure, learned, run, palette);
  else if (learned.kind === "curve") drawCurve(canvas, learned, run, style, palette);
  else if (learned.kind === "values") drawTold(canvas, learned, run, style, palette);
  else drawConfusion(canvas, run.counts![judged(learned)], learned.classes, colors);
  if (!pictures.hidden) drawPictures(pictures, learned, run, colors);
}

// A map that stands needn't be drawn again, while another run is dragged or the place that is read moves.
function drawNewMap(figure: Figure, learned: Learned, run: LearnedRun, palette: Palette): void {
  const { canvas, drawn } = figure;
  const look = [canvas.clientWidth, canvas.clientHeight, window.devicePixelRatio, palette.paper].join(" ");
  if (drawn?.run === run && drawn.points === learned.points && drawn.look === look) return;
  drawMap(canvas, learned, run, viewColors(palette));
  figure.drawn = { run, points: learned.points, look };
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
