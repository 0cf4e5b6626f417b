// The plot of the Response page: the signal, the updates of all runs, the memory of one, over the same epochs. One
// canvas holds axes and curves; a second, which is drawn at every move of the pointer, holds the cursor.

import { make } from "../shell/document.ts";
import { drawCursor, drawLines } from "./plot-drawing.ts";
import { listenToPointer, type PlotActions, placeIn } from "./plot-pointer.ts";
import { LEFT, type Scene, type Stage, staged } from "./scene.ts";

/** A box in the plot, in pixels. */
interface PlotBox {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

export interface ResponsePlot {
  draw(scene: Scene): void;
  moveCursor(epoch: number): void;
  /** Where the signal's panel stands, or null before the first drawing. */
  signalPanel(): PlotBox | null;
  /** The epoch under the pointer, with its fraction. */
  epochAt(event: MouseEvent): number;
  /** What the pointer's height means in the signal's panel. */
  gradientAt(event: MouseEvent): number;
}

function layer(host: HTMLElement, name: string): HTMLCanvasElement {
  const canvas = make("canvas", { className: `response-layer response-${name}`, "aria-hidden": "true" });
  host.append(canvas);
  return canvas;
}

export function createResponsePlot(host: HTMLElement, actions: PlotActions): ResponsePlot {
  const [lines, top] = [layer(host, "lines"), layer(host, "cursor")];
  let stage: Stage | null = null;

  function draw(scene: Scene): void {
    const [width, height] = [host.clientWidth, host.clientHeight];
    if (height === 0) return;
    stage = staged(scene, width, height);
    drawLines(lines, stage);
    drawCursor(top, stage);
  }

  function moveCursor(epoch: number): void {
    if (stage === null) return;
    stage = { ...stage, scene: { ...stage.scene, epoch } };
    drawCursor(top, stage);
  }

  function signalPanel(): PlotBox | null {
    if (stage === null) return null;
    const { across, panels } = stage;
    return { left: LEFT, width: across.width, top: panels[0].top, height: panels[0].height };
  }

  function gradientAt(event: MouseEvent): number {
    const { top: upper, height, range } = stage!.panels[0];
    return range[1] - ((placeIn(host, event)[1] - upper) / height) * (range[1] - range[0]);
  }

  listenToPointer(host, () => stage, actions);
  const epochAt = (event: MouseEvent) => stage!.across.epoch(placeIn(host, event)[0]);
  return { draw, moveCursor, signalPanel, epochAt, gradientAt };
}
