// Weights on a plane: the paths of all runs over the loss on it, and beside them the true loss of each run and how far it
// is from the plane. The place under the pointer, or that the arrow keys move, is read.

import { swatch } from "../../drawing/styles.ts";
import { shortly } from "../../experiment/scales.ts";
import { make, write } from "../../shell/document.ts";
import { between, listenToPlace, type Place } from "./place.ts";
import type { LossGrid } from "./plane-answer.ts";
import { drawContour, drawPaths, EDGE, frameOf, type PlaneScene } from "./plane-drawing.ts";
import { contourWords, leftWords, lookAt, planeWords, readingUnder, seedWords, under } from "./plane-readings.ts";

export interface PlanePanel {
  /** Shows a scene; null: nothing is known yet. */
  show(scene: PlaneScene | null): void;
}

const HEADS = ["Run", "Step", "Loss", "On the plane", "Distance", "Way"];
const HINTS = [
  "",
  "The nearest step at which all points were looked at",
  "Of the network itself",
  "At the nearest point of the plane, which is what is drawn",
  "From the network to the plane",
  "From the first weights to these, in a straight line",
];
const STEP = 8; // pixels that a key moves the place

function createTable(): HTMLTableElement {
  const heads = HEADS.map((text, k) => make("th", { scope: "col", title: HINTS[k] }, text));
  const table = make("table", { className: "plane-table" }, [make("thead", {}, make("tr", {}, heads)), make("tbody")]);
  table.setAttribute("aria-label", "Where the runs are before the plane");
  return table;
}

function createParts(host: HTMLElement) {
  const layer = (name: string) => make("canvas", { className: `plane-layer plane-${name}`, "aria-hidden": "true" });
  const [contour, paths] = [layer("contour"), layer("paths")];
  const cross = make("div", { className: "view-cross", hidden: true });
  const spoken = "Paths of all runs before a plane of weights. The arrow keys move the place that is read";
  const named = { tabIndex: 0, role: "group", "aria-label": spoken };
  const square = make("div", { className: "plane-square", ...named }, [contour, paths, cross]);
  const reading = make("p", { className: "view-words", "aria-live": "polite" });
  const words = make("p", { className: "view-words" });
  const table = createTable();
  const region = { tabIndex: 0, role: "region", "aria-label": "Where the runs are before the plane" };
  const scroll = make("div", { className: "plane-scroll", ...region }, table);
  host.replaceChildren(make("div", { className: "plane-fit" }, square), reading, scroll, words);
  return { contour, paths, cross, square, reading, words, table, scroll };
}

type Parts = ReturnType<typeof createParts>;

/** The panel in `host`; `onHover` is told which run's path is pointed at. */
export function createPlanePanel(host: HTMLElement, onHover: (run: number | null) => void): PlanePanel {
  const parts = createParts(host);
  const { square } = parts;
  const showStill = createStill(parts);
  let scene: PlaneScene | null = null;
  let place: Place | null = null;

  function show(next: PlaneScene | null): void {
    scene = next;
    for (const part of [square, parts.scroll, parts.words]) part.hidden = scene === null;
    if (scene !== null) {
      drawPaths(parts.paths, scene);
      fillTable(parts.table, scene);
      showStill(scene);
    }
    read();
  }

  function read(): void {
    const { reading, cross } = parts;
    cross.hidden = place === null;
    if (place !== null) Object.assign(cross.style, { left: `${place.x}px`, top: `${place.y}px` });
    if (scene === null) reading.textContent = "The plane is on its way.";
    else {
      const told =
        place === null ? "" : readingUnder(scene, frameOf(scene.plane, square.clientWidth), place.x, place.y);
      reading.textContent = told || "Point at a path, or anywhere on the plane, for its loss.";
    }
  }

  function pointed(event: PointerEvent): Place | null {
    if (scene === null) return null;
    const { left, top } = square.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    onHover(under(scene, frameOf(scene.plane, square.clientWidth), x, y)?.run ?? null);
    return { x, y };
  }

  function stepped(from: Place | null, across: number, down: number): Place {
    const size = square.clientWidth;
    const { x, y } = from ?? { x: (size + EDGE) / 2, y: (size - EDGE) / 2 };
    return { x: between(EDGE, x + STEP * across, size), y: between(0, y + STEP * down, size - EDGE) };
  }

  const moved = (next: Place | null): void => {
    place = next;
    read();
  };
  listenToPlace(square, { pointed, stepped, moved, left: () => onHover(null) });
  new ResizeObserver(() => host.isConnected && show(scene)).observe(square);
  return { show };
}

// What doesn't move with the player is shown only when it is another: it would take long at each frame.
function createStill({ contour, square, words }: Parts): (scene: PlaneScene) => void {
  let drawn = "";
  let colored: LossGrid | null = null;
  let seen = "";
  return ({ plane, palette, names, seed }) => {
    const look = [plane.key, plane.grid?.key, square.clientWidth, palette.paper, window.devicePixelRatio].join(" ");
    if (look !== drawn) drawContour(contour, plane, palette);
    drawn = look;
    Object.assign(square.dataset, { plane: plane.key, places: plane.grid?.rows.length ?? 0 });
    if (plane.grid !== colored) seen = contourWords(plane);
    colored = plane.grid;
    const told = [seedWords(plane, seed), planeWords(plane, names, seed), seen, leftWords(plane, names)];
    write(words, told.filter(Boolean).join(" "));
  };
}

function fillTable(table: HTMLTableElement, scene: PlaneScene): void {
  const { plane, runs, names, palette, step } = scene;
  const body = table.tBodies[0];
  const shown = runs.flatMap((run, k) => (run.hidden || !plane.runs[k] ? [] : [k]));
  const looks = shown.map((run) => `${run} ${runs[run].style} ${names[run]}`).join("\n");
  if (body.dataset.looks !== looks) {
    body.dataset.looks = looks;
    body.replaceChildren(...shown.map((run) => rowOf(run, names[run])));
  }
  shown.forEach((run, k) => {
    const { cells } = body.rows[k];
    swatch(cells[0].querySelector("canvas")!, runs[run].style, palette);
    const { step: at, loss, lossBelow, distance, moved } = lookAt(plane.runs[run]!, step);
    [String(at), ...[loss, lossBelow, distance, moved].map(short)].forEach((text, column) => {
      if (cells[column + 1].textContent !== text) cells[column + 1].textContent = text;
    });
  });
}

// The plane holds some of the weights but for the last digits.
const short = (value: number): string => (Math.abs(value) < 1e-9 ? "0" : shortly(Number(value.toPrecision(3))));

function rowOf(run: number, name: string): HTMLTableRowElement {
  const sample = make("canvas", { className: "swatch", width: 44, height: 32 });
  const head = make("th", { scope: "row" }, [sample, make("span", {}, name)]);
  return make("tr", { "data-run": run }, [head, ...HEADS.slice(1).map(() => make("td"))]);
}
