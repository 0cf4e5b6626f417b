// The numbers along the axes of a plot, and the lines or ticks at them.

import type { PlotSize } from "../dash/plotly.ts";
import type { OwnAxis } from "./axis.ts";
import { decadeTicks, linearTicks, type Tick } from "./ticks.ts";

interface Axes {
  readonly x: OwnAxis;
  readonly y: OwnAxis;
  readonly size: PlotSize;
  /** About how many numbers an axis has. */
  readonly most: number;
  /** Lines through the plot instead of ticks. */
  readonly lines: boolean;
  readonly title: string;
}

type Attributes = Readonly<Record<string, string | number>>;

const SVG = "http://www.w3.org/2000/svg";
const TICK = 4; // pixels
const DIGIT = 6.8; // pixels that a digit may need, and some room beside it
const APART = 10; // pixels between two numbers side by side
const LINE = 24; // pixels between two numbers above each other

/** A shape of a drawing. */
export function shape(tag: string, attributes: Attributes, text = ""): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.textContent = text;
  return made;
}

/** Draws both axes into `container`, in place of those that are there; tells how wide the numbers at the left are. */
export function drawAxes(container: Element, { x, y, size, most, lines, title }: Axes): number {
  const ticks = lines ? 0 : TICK;
  const upwards = ticksOf(y, Math.min(most, Math.max(2, size.h / LINE)));
  const along = apart(x, most);
  const drawn = shape("svg", { class: "axes", "aria-hidden": "true" });
  drawn.append(...upwards.flatMap((tick) => upright(tick, y, size, ticks)));
  drawn.append(...along.flatMap((tick) => level(tick, x, size, ticks)));
  if (title) drawn.append(shape("text", { class: "xtitle", x: size.l + size.w / 2, y: size.t + size.h + 31 }, title));
  container.querySelector(".axes")?.remove();
  container.prepend(drawn);
  return Math.ceil(Math.max(...upwards.map(({ text }) => text.length * DIGIT), 0) + ticks + 4);
}

function ticksOf({ range, type, step }: OwnAxis, most: number): Tick[] {
  return type === "log" ? decadeTicks(range, step ?? 1) : linearTicks(range, most);
}

// As many numbers side by side as there is room for.
function apart(x: OwnAxis, most: number): Tick[] {
  const ticks = ticksOf(x, most);
  const widest = Math.max(...ticks.map(({ text }) => text.length * DIGIT + APART), 0);
  const crowded = ticks.length > 1 && x.l2p(ticks[1].at) - x.l2p(ticks[0].at) < widest;
  return crowded && most > 1 ? apart(x, most - 1) : ticks;
}

// A number at the left, with its tick, or else its line through the plot.
function upright({ at, text }: Tick, y: OwnAxis, { l, t, w }: PlotSize, tick: number): SVGElement[] {
  const place = t + y.l2p(at);
  const [from, to] = tick ? [l - tick, l] : [l, l + w];
  return [
    shape("line", { x1: from, x2: to, y1: place, y2: place }),
    shape("text", { class: "ytick", x: l - tick - 4, y: place }, text),
  ];
}

// A number below with its tick; at the very right it moves a little, to be seen whole.
function level({ at, text }: Tick, x: OwnAxis, { l, t, w, h }: PlotSize, tick: number): SVGElement[] {
  const place = l + x.l2p(at);
  const centre = Math.min(place, l + w + 9 - (text.length * DIGIT) / 2);
  const line = tick ? [shape("line", { x1: place, x2: place, y1: t + h, y2: t + h + tick })] : [];
  return [...line, shape("text", { class: "xtick", x: centre, y: t + h + tick + 14 }, text)];
}
