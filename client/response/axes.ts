// The axes of the Response plot: ranges, ticks, where each panel stands, the window of epochs. Pure functions.

export { ticks } from "../drawing/ticks.ts";

/** The first and the last epoch that are shown. */
export type Epochs = readonly [number, number];
export type Range = readonly [number, number];

type Kind = "signal" | "updates" | "memory";

/** Where a panel stands in the plot, in pixels. */
export interface Place {
  readonly kind: Kind;
  readonly top: number;
  readonly height: number;
}

const TITLE = 24; // pixels above each panel for its title
const FOOT = 24; // pixels under the last panel for the epochs
const WEIGHTS: Readonly<Record<Kind, number>> = { signal: 3, updates: 7, memory: 2.4 };
const LEAST = 10; // epochs that a window shows at least

/** A range that holds every finite value and 0, with round ends, so that a drag seldom moves the axis. */
export function roundRange(values: Iterable<number>): Range {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high) return [-1, 1];
  const step = 10 ** Math.floor(Math.log10(high - low)) / 2;
  return [low < 0 ? Math.floor(low / step - 0.1) * step : 0, high > 0 ? Math.ceil(high / step + 0.1) * step : 0];
}

/** The panels in a plot `height` pixels high: the signal, the updates, and each accumulator. */
export function panels(height: number, accumulators: number): Place[] {
  const kinds: readonly Kind[] = [
    "signal",
    "updates",
    ...Array.from({ length: accumulators }, () => "memory" as const),
  ];
  const room = Math.max(0, height - FOOT - TITLE * kinds.length);
  const whole = kinds.reduce((sum, kind) => sum + WEIGHTS[kind], 0);
  let top = 0;
  return kinds.map((kind) => {
    const panel = { kind, top: top + TITLE, height: (room * WEIGHTS[kind]) / whole };
    top = panel.top + panel.height;
    return panel;
  });
}

/** A window `factor` times as wide, with `about` staying where it is. */
export function zoomed([low, high]: Epochs, factor: number, about: number, last: number): Epochs {
  const width = Math.min(last, Math.max(LEAST, (high - low) * factor));
  const share = (about - low) / (high - low);
  return within(about - share * width, width, last);
}

/** A window `by` epochs further. */
export function panned([low, high]: Epochs, by: number, last: number): Epochs {
  return within(low + by, high - low, last);
}

function within(low: number, width: number, last: number): Epochs {
  const start = Math.min(Math.max(0, low), last - width);
  return [start, start + width];
}
