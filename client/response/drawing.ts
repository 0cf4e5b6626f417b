// The plot of the Response page with the pad over it.

import { hover } from "./hovering.ts";
import { createPad, type Pad } from "./pad.ts";
import { palette } from "./palette.ts";
import { createResponsePlot, type ResponsePlot } from "./plot.ts";
import { sceneOf } from "./scene.ts";
import { fittingAnswer, state, to } from "./state.ts";

let host: HTMLElement | null = null;
let plot: ResponsePlot | null = null;
let pad: Pad | null = null;

/** A visit of the page begins: the plot is drawn in `place`. */
export function begin(place: HTMLElement): void {
  host = place;
  plot = createResponsePlot(place, { onHover: hover, onChoose: to.chose, onWindow: to.windowed });
  pad = createPad(place, plot);
  new ResizeObserver(() => place.isConnected && drawAll()).observe(place);
}

/** Whether the page stands in the document. */
export const mounted = (): boolean => host?.isConnected ?? false;

export function drawAll(): void {
  const answer = fittingAnswer();
  if (answer === null || plot === null || pad === null) return;
  const { experiment, chosen, epoch, window, highlight, catalogue } = state;
  const { reach } = catalogue;
  plot.draw(sceneOf({ experiment, answer, chosen, epoch, window, highlight, reach, palette: palette() }));
  pad.place();
  performance.mark("fallline:drawn");
}

export const moveCursor = (epoch: number): void => plot?.moveCursor(epoch);
