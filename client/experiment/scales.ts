// Where a value stands on its slider, and how a number is written. The Python twin is fall_line/components/hyperparameter_slider.py.

export type Scale = "linear" | "log" | "one_minus_log";

/** A number that a reader may turn: its name, its range and the scale on which a slider moves it. */
export interface Hyper {
  readonly key: string;
  /** As in formulas, e.g. `η`. */
  readonly symbol: string;
  readonly label: string;
  readonly default: number;
  readonly low: number;
  readonly high: number;
  readonly scale: Scale;
  /** One sentence: what turning it does. */
  readonly note: string;
  /** What a schedule may scale: the value, 1 − value, or nothing. */
  readonly schedulable: "" | "rate" | "window";
  readonly whole?: boolean;
}

/** Steps that a slider is divided into, see the Python twin. */
export const STOPS = 200;

/** Where `value` stands on its slider. */
export function toPosition(hyper: Hyper, value: number): number {
  if (hyper.scale === "log") return Math.log10(value);
  if (hyper.scale === "one_minus_log") return -Math.log10(1 - value);
  return value;
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** The value at a slider's position, with as few digits as the scale can tell apart, and never outside the range. */
export function toValue(hyper: Hyper, position: number): number {
  const fine = fineValue(hyper.scale, position);
  const value = hyper.whole ? Math.round(fine) : fine;
  return Math.min(hyper.high, Math.max(hyper.low, value));
}

function fineValue(scale: Scale, position: number): number {
  if (scale === "log") return rounded(10 ** position, 3);
  if (scale === "one_minus_log") return rounded(1 - rounded(10 ** -position, 3), 12);
  return rounded(position, Math.abs(position) < 1e-9 ? 1 : 4);
}

/** The value that is taken from a slider which stands at `place`, by way of what it says there. */
export function valueAt(hyper: Hyper, place: number): number {
  return toValue(hyper, toPosition(hyper, spoken(hyper, place)));
}

/** The value of the stop that is nearest to a `share`, 0 to 1, of the slider's length. */
export function stopAt(hyper: Hyper, share: number): number {
  const [low, high] = [toPosition(hyper, hyper.low), toPosition(hyper, hyper.high)];
  const stop = Math.round(Math.min(1, Math.max(0, share)) * STOPS);
  return valueAt(hyper, Number((low + (stop * (high - low)) / STOPS).toFixed(12)));
}

/** The shortest text that reads back the same; exponents below a thousandth. A text stays as it is. */
export function written(value: number | string): string {
  if (typeof value === "number" && value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e16)) {
    return value.toExponential().replace("e+", "e");
  }
  return String(value);
}

/** For captions: four significant digits, a true minus sign. */
export function shortly(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : String(rounded(value, 4));
  return text.replace("e+", "e").replace(/-/g, "−");
}

/** What a screen reader is told at a position. Names of these functions stand in the sliders' properties. */
export const SPOKEN: Readonly<Record<Scale, (position: number) => number>> = {
  linear: (position) => Number(position.toFixed(8)),
  log: (position) => rounded(10 ** position, 3),
  one_minus_log: (position) => rounded(1 - rounded(10 ** -position, 3), 12),
};

export function spoken(hyper: Hyper, position: number): number {
  return SPOKEN[hyper.scale](position);
}
