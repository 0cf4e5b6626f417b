// The plot of the surface: frame, contour and marks, with the paths and the start over them, and how a hand moves the view.

import type { Graph } from "../dash/plotly.ts";
import { fitted, type Under } from "../drawing/geometry.ts";
import { createSurfacePlot, type SurfacePlot } from "../drawing/surface-plot.ts";
import type { Box, Palette, Point } from "../experiment/experiment.ts";
import { byId } from "../shell/document.ts";
import { afterRest } from "../wire/throttle.ts";
import { createContour } from "./contour.ts";
import { createFrame, type Frame } from "./frame.ts";
import type { Ground } from "./ground.ts";
import { listenToHand } from "./hand.ts";
import { drawMarks, minimumUnder } from "./marks.ts";

interface Settings {
  /** What is shown at first. */
  readonly view: Box;
  readonly ground: () => Ground;
  readonly palette: () => Palette;
  /** The start where it is only a mark. */
  readonly mark: Point | null;
  /** Where it can be moved. */
  readonly onStart?: (point: Point) => void;
  readonly onHover: (under: Under | null, event: PointerEvent) => void;
}

export interface Surface {
  readonly plot: SurfacePlot;
  /** What is told of the minimum under the pointer, or null. */
  minimumUnder(event: PointerEvent): string | null;
  /** Draws contour and marks anew. */
  draw(): void;
  /** Does so quickly, if they are not of the ground as it is now, and well when it has come to rest. */
  follow(): void;
}

const MARGIN = { l: 38, r: 10, t: 16, b: 31 };
const NUMBERS = 9; // along an axis
const RESTED = 150; // ms after which the contour is drawn well
const ZOOM = 1.5;

export function createSurface(host: Graph, { view, ground, palette, mark, onStart, onHover }: Settings): Surface {
  const frame = createFrame(host, { margin: MARGIN, most: NUMBERS, square: true });
  const contour = createContour(frame);
  let moved = false; // whether the reader has chosen what is in view
  let drawnAs = ""; // what is in view
  let drawnOn: Ground | null = null;

  function draw(quickly = false): void {
    drawnOn = ground();
    contour.draw(drawnOn.relief, palette(), quickly);
    drawMarks(frame, drawnOn.minima, mark, palette().ink);
    drawnAs = placeOf(frame);
    if (quickly) drawWell();
  }

  const drawWell = afterRest(() => draw(), RESTED);

  function goHome(): void {
    moved = false;
    fit();
  }

  // The view's middle stays; without a choice of the reader's, all of what the file shows is in view.
  function fit(): void {
    const { l, r, t, b } = MARGIN;
    if (!moved) {
      const [w, h] = [host.clientWidth - l - r, host.clientHeight - t - b];
      const [xLow, xHigh, yLow, yHigh] = fitted(view, Math.max(50, w), Math.max(50, h));
      [frame.x.range, frame.y.range] = [
        [xLow, xHigh],
        [yLow, yHigh],
      ];
    }
    frame.draw();
  }

  frame.graph.on("plotly_afterplot", () => drawnAs !== placeOf(frame) && draw(drawnAs !== ""));
  fit();
  const plot = createSurfacePlot(frame.graph, byId("readout"), {
    ...(onStart ? { onStart, onlyHandle: true } : {}),
    loss: (x, y) => ground().loss(x, y),
    onView: (box) => {
      if (box === null) goHome();
      else moved = true;
    },
    onHover,
  });
  const hand = listenToHand(frame, view);
  byId("zoom-in").addEventListener("click", () => hand.zoom(1 / ZOOM));
  byId("zoom-out").addEventListener("click", () => hand.zoom(ZOOM));
  byId("whole-view").addEventListener("click", goHome);
  new ResizeObserver(fit).observe(host);
  return {
    plot,
    draw: () => draw(),
    follow: () => drawnOn !== ground() && draw(true),
    minimumUnder: (event) => minimumUnder(frame, ground().minima, event),
  };
}

const placeOf = ({ x, y, size }: Frame): string => JSON.stringify([x.range, y.range, size(), window.devicePixelRatio]);
