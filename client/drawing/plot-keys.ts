// Keys on a plot that has the focus: arrows pan, + and − zoom.

import { type Graph, plotly } from "../dash/plotly.ts";
import type { Box } from "../experiment/experiment.ts";

const PAN = 0.1; // of what is shown
const PAN_WITH_SHIFT = 0.5;
const ZOOM = 1.25;

const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};
const ZOOMS: Readonly<Record<string, number>> = { "+": 1 / ZOOM, "=": 1 / ZOOM, "-": ZOOM, "−": ZOOM };

/** The box that a key makes of the one that is shown, or null. */
export function moved([xLow, xHigh, yLow, yHigh]: Box, key: string, shift: boolean): Box | null {
  const [width, height] = [xHigh - xLow, yHigh - yLow];
  if (key in PANS) {
    const by = shift ? PAN_WITH_SHIFT : PAN;
    const [dx, dy] = [PANS[key][0] * by * width, PANS[key][1] * by * height];
    return [xLow + dx, xHigh + dx, yLow + dy, yHigh + dy];
  }
  if (!(key in ZOOMS)) return null;
  const [x, y] = [((ZOOMS[key] - 1) * width) / 2, ((ZOOMS[key] - 1) * height) / 2];
  return [xLow - x, xHigh + x, yLow - y, yHigh + y];
}

/** Lets keys pan and zoom `graph` while it has the focus itself. */
export function listenToPlotKeys(graph: Graph): void {
  graph.tabIndex = 0;
  graph.setAttribute("role", "group");
  graph.setAttribute("aria-label", "Plot of the surface. Arrow keys pan it, plus and minus zoom.");
  graph.addEventListener("keydown", (event) => {
    if (event.target !== graph || event.ctrlKey || event.metaKey || event.altKey) return;
    const { xaxis, yaxis } = graph._fullLayout;
    const box = moved([...xaxis.range, ...yaxis.range], event.key, event.shiftKey);
    if (box === null) return;
    event.preventDefault();
    event.stopPropagation(); // the player hears arrows too
    const [xLow, xHigh, yLow, yHigh] = box;
    plotly().relayout(graph, { "xaxis.range": [xLow, xHigh], "yaxis.range": [yLow, yHigh] });
  });
}
