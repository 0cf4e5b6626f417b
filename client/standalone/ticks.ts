// Where an axis has its numbers and how they are written, as Plotly has them on the page.

export interface Tick {
  /** On a logarithmic axis the logarithm. */
  readonly at: number;
  readonly text: string;
}

type Range = readonly [number, number];

const ROUND = [2, 5, 10];
const ROUNDING = 1e-9; // of a step: an end that is a tick but for its last digits has its number
const [GREATEST, FINEST] = [1e6, 1e-6]; // beyond them numbers are written with an exponent
const PLAIN_DECADES = 2;

/** Round numbers in a range, about `most` of them. */
export function linearTicks([low, high]: Range, most: number): Tick[] {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ROUND.find((factor) => factor * power >= rough * (1 - ROUNDING))!;
  return multiples(low, high, step).map((at) => ({ at, text: numberText(at, step) }));
}

/** Powers of ten whose exponents are in a range, each `step` exponents. */
export function decadeTicks([low, high]: Range, step: number): Tick[] {
  return multiples(low, high, step).map((at) => ({ at, text: decadeText(Math.round(at)) }));
}

function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - ROUNDING);
  const count = Math.floor(high / step + ROUNDING) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, k) => (first + k) * step);
}

function numberText(value: number, step: number): string {
  const finest = Math.floor(Math.log10(step) + ROUNDING);
  const size = Math.abs(value);
  if (size < step / 2) return "0";
  if (size < GREATEST && step > FINEST) return signed(short(value.toFixed(Math.max(0, -finest))));
  const digits = Math.max(0, Math.floor(Math.log10(size) + ROUNDING) - finest);
  const [mantissa, exponent] = value.toExponential(Math.min(20, digits)).split("e");
  return signed(`${short(mantissa)}e${exponent}`);
}

function decadeText(exponent: number): string {
  if (Math.abs(exponent) <= PLAIN_DECADES) return String(Number((10 ** exponent).toPrecision(1)));
  return `1e${exponent > 0 ? "+" : "−"}${Math.abs(exponent)}`;
}

const short = (digits: string): string => (digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits);

const signed = (text: string): string => text.replace(/-/g, "−");
