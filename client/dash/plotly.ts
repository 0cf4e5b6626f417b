// The part of Plotly that is used here. Its axes and sizes are not public, but have been the same for years.

export interface Axis {
  readonly range: [number, number];
  readonly type: string;
  /** From a value to pixels of the plot; on a logarithmic axis from the logarithm. */
  l2p(value: number): number;
  p2l(pixel: number): number;
}

export interface PlotSize {
  readonly l: number;
  readonly t: number;
  readonly w: number;
  readonly h: number;
}

interface FullLayout {
  readonly xaxis: Axis;
  readonly yaxis: Axis;
  readonly _size?: PlotSize;
  readonly meta?: { readonly losses: readonly number[]; readonly per_level: number };
  readonly width: number;
}

export interface Grid {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly z: ArrayLike<ArrayLike<number>>;
}

export interface Figure {
  readonly data: unknown[];
  readonly layout: Record<string, unknown>;
}

/** An element in which Plotly has drawn. */
export interface Graph extends HTMLElement {
  readonly _fullLayout: FullLayout;
  readonly _context: unknown;
  /** Whether a pointer or finger drags it. */
  _dragging?: boolean;
  readonly calcdata?: readonly (readonly Partial<Grid>[])[];
  // biome-ignore lint/suspicious/noExplicitAny: Plotly's events carry what they like
  on(name: string, listener: (event: any) => void): void;
  removeAllListeners(name: string): void;
}

interface Plotly {
  react(graph: HTMLElement, data: unknown, layout: unknown, config?: unknown): Promise<unknown>;
  newPlot(graph: HTMLElement, data: unknown, layout: unknown, config?: unknown): Promise<unknown>;
  relayout(graph: HTMLElement, change: Record<string, unknown>): Promise<unknown>;
  purge(graph: HTMLElement): void;
  readonly Icons: { readonly home: unknown };
}

declare global {
  interface Window {
    Plotly: Plotly;
  }
}

/** Plotly, once its script is there. */
export const plotly = (): Plotly => window.Plotly;

/** Lets Plotly forget the finger that it follows, as if it had never come. */
export function release(graph: Graph): void {
  graph._dragging = false; // otherwise its end is a click
  document.dispatchEvent(new Event("touchend", { cancelable: true }));
}
