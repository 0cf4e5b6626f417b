// The two plots of the Explore page: the paths over the surface, and the losses.

import type { Graph } from "../dash/plotly.ts";
import type { Under } from "../drawing/geometry.ts";
import { createLossPlot, type LossPlot } from "../drawing/loss-plot.ts";
import { createSurfacePlot, type SurfacePlot } from "../drawing/surface-plot.ts";
import type { Box, Point } from "../experiment/experiment.ts";
import { byId, tell } from "../shell/document.ts";
import { order, scene } from "./scene.ts";
import { state, to } from "./state.ts";

interface Parts {
  readonly onStart: (point: Point) => void;
  readonly onView: (view: Box | null) => void;
  readonly onHover: (under: Under | null, event: PointerEvent) => void;
}

let surfaceGraph: Graph | null = null;
let surfacePlot: SurfacePlot | null = null;
let lossPlot: LossPlot | null = null;

/** A visit of the page begins. */
export function begin(graph: Graph, lossGraph: Graph, { onStart, onView, onHover }: Parts): void {
  surfaceGraph = graph;
  surfacePlot = createSurfacePlot(graph, byId("readout"), { onStart, onView, onHover });
  lossPlot = createLossPlot(lossGraph, { onHover });
}

/** Whether the page stands in the document. */
export const mounted = (): boolean => surfaceGraph?.isConnected ?? false;

/** The element in which Plotly draws the surface. */
export const graph = (): Graph => surfaceGraph!;

/** The box that the surface's plot shows. */
export const visible = (): Box => surfacePlot!.visible();

export const size = (): { width: number; height: number } => surfacePlot!.size();

/** Puts the start's handle at `point`. */
export const setStart = (point: Point): void => surfacePlot?.setStart?.(point);

/** Draws the paths: all anew, those apart, or only what time has added. */
export function draw(fresh: boolean | "apart"): void {
  const { paths } = state;
  if (paths === null) return;
  if (surfacePlot!.draw(scene(paths.points, paths.fan?.points), fresh)) performance.mark("fallline:drawn");
}

export function drawLosses(fresh: boolean): void {
  const { paths, provisional, lossesMoved, experiment } = state;
  // Losses on another surface wait for the server where the page does not know their floor.
  const wait = provisional && !lossesMoved;
  if (paths === null || wait || (state.curves === null && !fresh)) return;
  if (fresh) {
    const { polylines, fan, band, caption } = lossPlot!.setPaths(paths, order(), experiment.loss_axis, provisional);
    to.curved({ runs: polylines, fan, band });
    tell("loss-caption", [caption, band && state.answer?.noise.losses].filter(Boolean).join(", "));
  }
  if (state.curves !== null) lossPlot!.draw(scene(state.curves.runs, state.curves.fan, state.curves.band), fresh);
}

export function drawAll(fresh: boolean): void {
  draw(fresh);
  drawLosses(fresh);
}
