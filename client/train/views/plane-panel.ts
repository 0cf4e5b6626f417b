// Weights on a plane: the paths of all runs over the loss on it, and beside them the true loss of each run and how far it
// is from the plane. The place under the pointer, or that the arrow keys move, is read.

import { swatch } from "../../drawing/styles.ts";
import { shortly } from "../../experiment/scales.ts";
import { make, write } from "../../shell/document.ts";
import type { Plane } from "./plane-answer.ts";
import { drawContour, drawPaths, EDGE, frameOf, type PlaneScene } from "./plane-drawing.ts";
import { contourWords, leftWords, lookAt, planeWords, readingUnder, under } from "./plane-readings.ts";

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
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-8, 0],
  ArrowRight: [8, 0],
  ArrowUp: [0, -8],
  ArrowDown: [0, 8],
};

function createTable(): HTMLTableElement {
  const heads = HEADS.map((text, k) => make("th", { scope: "col", title: HINTS[k] }, text));
  const table = make("table", { className: "plane-table" }, [make("thead", {}, make("tr", {}, heads)), make("tbody")]);
  table.setAttribute("aria-label", "Where the runs are before the plane");
  return table;
}

/** The panel in `host`; `onHover` is told which run's path is pointed at. */
export function createPlanePanel(host: HTMLElement, onHover: (run: number | null) => void): PlanePanel {
  const [contour, paths] = ["contour", "paths"].map((name) =>
    make("canvas", { className: `plane-layer plane-${name}`, "aria-hidden": "true" }),
  );
  const cross = make("div", { className: "view-cross", hidden: true });
  const spoken = "Paths of all runs before a plane of weights. The arrow keys move the place that is read";
  const square = make("div", { className: "plane-square", tabIndex: 0, role: "group", "aria-label": spoken }, [
    contour,
    paths,
    cross,
  ]);
  const reading = make("p", { className: "view-words", "aria-live": "polite" });
  const words = make("p", { className: "view-words" });
  const table = createTable();
  const scroll = make("div", { className: "plane-scroll", tabIndex: 0, role: "region" }, table);
  scroll.setAttribute("aria-label", "Where the runs are before the plane");
  host.replaceChildren(make("div", { className: "plane-fit" }, square), reading, scroll, words);

  let scene: PlaneScene | null = null;
  let place: readonly [number, number] | null = null;
  let drawn = "";
  let told: Plane | null = null;
  let seen = ""; // what is told of its losses, which would take long at each frame of the player

  function show(next: PlaneScene | null): void {
    scene = next;
    for (const part of [square, scroll]) part.hidden = scene === null;
    if (scene === null) {
      write(words, "");
      reading.textContent = "The plane is on its way.";
      return;
    }
    const { plane, palette, names } = scene;
    drawPaths(paths, scene);
    fillTable(table, scene);
    read();
    const look = [plane.key, plane.grid?.key, square.clientWidth, palette.paper, window.devicePixelRatio].join(" ");
    if (look !== drawn) drawContour(contour, plane, palette);
    drawn = look;
    Object.assign(square.dataset, { plane: plane.key, places: plane.grid?.rows.length ?? 0 });
    if (plane !== told) seen = contourWords(plane);
    told = plane;
    write(words, [planeWords(plane, names), seen, leftWords(plane, names)].filter(Boolean).join(" "));
  }

  function read(): void {
    const size = square.clientWidth;
    const told = scene === null || place === null ? "" : readingUnder(scene, frameOf(scene.plane, size), ...place);
    reading.textContent = told || "Point at a path, or anywhere on the plane, for its loss.";
    cross.hidden = place === null;
    if (place !== null) Object.assign(cross.style, { left: `${place[0]}px`, top: `${place[1]}px` });
  }

  function onPointer(event: PointerEvent): void {
    if (scene === null) return;
    const { left, top } = square.getBoundingClientRect();
    place = [event.clientX - left, event.clientY - top];
    onHover(under(scene, frameOf(scene.plane, square.clientWidth), ...place)?.run ?? null);
    read();
  }

  function onKey(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    if (event.key === "Escape") place = null;
    else if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    else {
      const size = square.clientWidth;
      const [x, y] = place ?? [(size + EDGE) / 2, (size - EDGE) / 2];
      const far = event.shiftKey ? 5 : 1;
      place = [
        Math.min(size, Math.max(EDGE, x + far * move[0])),
        Math.min(size - EDGE, Math.max(0, y + far * move[1])),
      ];
      event.preventDefault();
      event.stopPropagation();
    }
    read();
  }

  square.addEventListener("pointermove", onPointer);
  square.addEventListener("pointerdown", onPointer);
  square.addEventListener("pointerleave", (event) => {
    onHover(null);
    if (event.pointerType === "touch") return; // what a finger points at stays to be read
    place = null;
    read();
  });
  square.addEventListener("keydown", onKey);
  new ResizeObserver(() => host.isConnected && show(scene)).observe(square);
  return { show };
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
