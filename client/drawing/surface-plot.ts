// The plot of the surface: contour by Plotly, paths and start handle over it, the readout under the pointer.

import type { Graph, Grid } from "../dash/plotly.ts";
import type { Box, Point } from "../experiment/experiment.ts";
import { shortly } from "../experiment/scales.ts";
import { between, lossAmong, nearest, type Under } from "./geometry.ts";
import { createHandle, roundedCoordinate } from "./handle.ts";
import { createOverlay, type Fresh } from "./overlay.ts";
import { listenToPinch } from "./pinch.ts";
import { listenToPlotKeys } from "./plot-keys.ts";
import { pixelUnder } from "./pointer.ts";
import type { Scene } from "./scene.ts";

interface Settings {
  /** Without it the start can't be moved: there is no handle, and a tap tells what lies under the finger. */
  readonly onStart?: (point: Point) => void;
  /** Only the handle moves the start: a click does nothing, and a tap tells as without a handle. */
  readonly onlyHandle?: boolean;
  /** The reader has zoomed to a box, or wants all. */
  readonly onView: (view: Box | null) => void;
  readonly onHover: (under: Under | null, event: PointerEvent) => void;
  /** The loss at a point, or null where it isn't known; without it, that of the contour's grid. */
  readonly loss?: (x: number, y: number) => number | null;
}

export interface SurfacePlot {
  /** Draws `scene`, as soon as there are axes; says whether it did. */
  draw(scene: Scene, fresh: Fresh): boolean;
  /** Puts the handle at the start. */
  setStart(point: Point): void;
  /** The box that is shown. */
  visible(): Box;
  size(): { readonly width: number; readonly height: number };
}

const REACH = 12;

export function createSurfacePlot(
  graph: Graph,
  readout: HTMLElement,
  { onStart, onlyHandle = false, onView, onHover, loss = (x, y) => lossUnder(graph, x, y) }: Settings,
): SurfacePlot {
  const clicked = onStart !== undefined && !onlyHandle; // whether a click moves the start
  const overlay = createOverlay(graph, { dots: true, held: Boolean(onStart) });
  const handle = onStart ? createHandle(graph, { onMove: onStart }) : null;
  let scene: Scene | null = null;
  let beforeClick: Point | null = null;

  function redraw(): void {
    handle?.place();
    if (scene !== null) overlay.draw(scene, true);
  }

  function visible(): Box {
    const { xaxis, yaxis } = graph._fullLayout;
    return [...xaxis.range, ...yaxis.range];
  }

  function point(event: PointerEvent): void {
    const { xaxis, yaxis, _size: size } = graph._fullLayout;
    const pixel = pixelUnder(graph, event);
    if (pixel.x < 0 || pixel.y < 0 || pixel.x > size!.w || pixel.y > size!.h) return;
    const [x, y] = [xaxis.p2l(pixel.x), yaxis.p2l(pixel.y)];
    readout.textContent = words(x, y, loss(x, y));
    onHover(event.buttons ? null : nearestRun(pixel), event);
  }

  function nearestRun(pixel: { x: number; y: number }): Under | null {
    const maps = overlay.maps();
    if (scene === null || maps === null) return null;
    const { polylines, order, ends, steps, time } = scene;
    return nearest(polylines, maps, pixel, { shown: order, ends, steps, upTo: time, reach: REACH });
  }

  listenToPlotKeys(graph);
  listenToPinch(graph);
  graph.on("plotly_afterplot", redraw);
  graph.on("plotly_relayouting", redraw);
  graph.on("plotly_relayout", (change) => {
    if (change["xaxis.autorange"] || change["yaxis.autorange"]) onView(null);
    else if (Object.keys(change).some((key) => key.includes("axis.range"))) onView(visible());
  });
  // The first click of a double click has moved the start by then: the double click puts it back.
  graph.addEventListener("dblclick", () => {
    if (beforeClick !== null) onStart?.(beforeClick);
    onView(null);
  });
  // Without a handle under the pointer Plotly keeps double clicks for itself.
  if (!clicked) graph.on("plotly_doubleclick", () => onView(null));
  graph.on("plotly_click", ({ event, xvals, yvals, points }) => {
    if (!handle || !clicked || event?.detail > 1) return;
    beforeClick = handle.start();
    const [x, y] = xvals ? [xvals[0], yvals[0]] : [points[0].x, points[0].y];
    const extent = visible()[1] - visible()[0];
    onStart?.([roundedCoordinate(x, extent), roundedCoordinate(y, extent)]);
  });
  graph.addEventListener("pointermove", point);
  if (!clicked) graph.addEventListener("pointerup", point);
  graph.addEventListener("pointerleave", (event) => {
    if (!clicked && event.pointerType === "touch") return;
    readout.textContent = "";
    onHover(null, event);
  });

  return {
    draw(next, fresh) {
      scene = next;
      return overlay.draw(scene, fresh);
    },
    setStart: (start) => handle?.set(start),
    visible,
    size: () => ({ width: graph.clientWidth, height: graph.clientHeight }),
  };
}

function words(x: number, y: number, loss: number | null): string {
  return `x ${shortly(x)}   y ${shortly(y)}${loss === null ? "" : `   loss ≈ ${shortly(loss)}`}`;
}

// The loss that the contour's grid has at (x, y), or null.
function lossUnder(graph: Graph, x: number, y: number): number | null {
  const cells = graph.calcdata?.[0]?.[0];
  const { meta } = graph._fullLayout;
  if (!cells?.z || !meta) return null;
  const at = between(cells as Grid, x, y);
  return at === null ? null : lossAmong(meta.losses, at * meta.per_level);
}
