// The frame of a plot: axes with numbers around a plane that client/drawing puts its canvases over. To that it is what a
// graph of Plotly's is on the page: Plotly itself would be most of the file.

import type { Graph, PlotSize } from "../dash/plotly.ts";
import { make } from "../shell/document.ts";
import { createAxis, type OwnAxis } from "./axis.ts";
import { drawAxes } from "./numbers.ts";

interface Settings {
  /** Room for the numbers, as little as it may be. */
  readonly margin: { readonly l: number; readonly r: number; readonly t: number; readonly b: number };
  /** About how many numbers an axis has. */
  readonly most: number;
  /** Lines through the plot at the numbers of the axis upwards, instead of ticks. */
  readonly lines?: boolean;
  /** What lies to the right, in a word. */
  readonly title?: string;
  /** Both axes have the same scale: what is shown to the right follows from what is shown upwards. */
  readonly square?: boolean;
}

type Change = Readonly<Record<string, unknown>>;

export interface Frame {
  readonly graph: Graph;
  readonly x: OwnAxis;
  readonly y: OwnAxis;
  /** What hands and wheels touch. */
  readonly plane: HTMLElement;
  size(): PlotSize;
  /** Draws the axes anew, in the size that the element has now, and tells everybody. */
  draw(): void;
  emit(name: string, change?: Change): void;
}

const frames = new WeakMap<HTMLElement, Frame>();
const LEAST = 20; // pixels of a plot in which something can be seen
const WIDER = 14; // pixels by which the room for numbers grows, so that it seldom does

/** Makes `host` a graph. */
export function createFrame(
  host: HTMLElement,
  { margin, most, lines = false, title = "", square = false }: Settings,
): Frame {
  const listeners = new Map<string, ((change: Change) => void)[]>();
  const plane = make("div", { className: "nsewdrag plot-plane" });
  const container = make("div", { className: "svg-container" }, plane);
  let size: PlotSize = { l: margin.l, t: margin.t, w: LEAST, h: LEAST };
  const x = createAxis(() => size.w, false);
  const y = createAxis(() => size.h, true);

  function measure(l: number): void {
    const h = Math.max(LEAST, host.clientHeight - margin.t - margin.b);
    size = { l, t: margin.t, w: Math.max(LEAST, host.clientWidth - l - margin.r), h };
    Object.assign(plane.style, { left: `${l}px`, top: `${margin.t}px`, width: `${size.w}px`, height: `${h}px` });
    if (square) x.range = widened(x.range, ((y.range[1] - y.range[0]) / h) * size.w);
  }

  function drawNumbers(): number {
    const wide = drawAxes(container, { x, y, size, most, lines, title });
    return margin.l + WIDER * Math.max(0, Math.ceil((wide - margin.l) / WIDER));
  }

  function draw(): void {
    measure(size.l);
    const wide = drawNumbers();
    if (wide !== size.l) {
      measure(wide);
      drawNumbers();
    }
    emit("plotly_afterplot");
  }

  function emit(name: string, change: Change = {}): void {
    for (const listener of listeners.get(name) ?? []) listener(change);
  }

  host.append(container);
  const own = {
    _fullLayout: layoutOf(x, y, () => size),
    on: (name: string, listener: (change: Change) => void) =>
      listeners.set(name, [...(listeners.get(name) ?? []), listener]),
  };
  const frame: Frame = {
    graph: Object.assign(host, own) as unknown as Graph,
    x,
    y,
    plane,
    size: () => size,
    draw,
    emit,
  };
  frames.set(host, frame);
  return frame;
}

function layoutOf(xaxis: OwnAxis, yaxis: OwnAxis, size: () => PlotSize): object {
  return Object.defineProperty({ xaxis, yaxis }, "_size", { get: size });
}

// Around the same middle.
function widened([low, high]: readonly [number, number], width: number): [number, number] {
  const middle = (low + high) / 2;
  return [middle - width / 2, middle + width / 2];
}

/** What client/drawing asks Plotly for, it asks the frame of the element for. */
export function standInForPlotly(): void {
  const relayout = async (host: HTMLElement, change: Change) => turn(frames.get(host)!, change);
  Object.assign(window, { Plotly: { relayout } });
}

function turn(frame: Frame, change: Change): void {
  const { x, y } = frame;
  const given = <Value>(name: string, old: Value): Value => (name in change ? (change[name] as Value) : old);
  x.range = given("xaxis.range", x.range);
  y.range = given("yaxis.range", y.range);
  y.type = given("yaxis.type", y.type);
  y.step = given("yaxis.dtick", y.step);
  frame.draw();
  frame.emit("plotly_relayout", change);
}
