// What a reader chooses in the export dialog: numbers stay texts, as typed, until the server is asked.

import { typedNumber } from "../experiment/typed-number.ts";

/** The value of a size that is none of those offered. */
export const OWN = "own";
const OF_EXPERIMENT: readonly string[] = ["first_step", "last_step", "heading"]; // they mean nothing for another experiment
const NUMBERS = [
  "width",
  "height",
  "fps",
  "duration",
  "steps_per_frame",
  "hold",
  "line_width",
  "first_step",
  "last_step",
] as const;

type NumberChoice = (typeof NUMBERS)[number];
type TextChoice = "text_size" | "heading";
type TableTick = "statistics" | "hyperparameters" | "decimal_comma";
type Ticks = Readonly<Record<"transparent" | "loss_panel" | "title" | "formula" | TableTick, boolean>>;
type Size = readonly [number, number];

/** What every control of the form says. No theme is the page's, no last step the experiment's. */
export type Typed = Ticks & Readonly<Record<NumberChoice | TextChoice | "format" | "size" | "pace" | "theme", string>>;

export interface Format {
  readonly key: string;
  readonly name: string;
  readonly words: string;
  /** The choices that mean something for it. */
  readonly heeds: readonly string[];
  /** Whether it takes a while to draw, as a job. */
  readonly animated: boolean;
}

/** What can be chosen for one kind of experiment: fall_line/components/export_dialog.py. */
export interface Offer {
  readonly kind: "surface" | "response" | "training";
  readonly counted: "step" | "epoch";
  readonly groups: readonly { readonly name: string; readonly formats: readonly Format[] }[];
  readonly sizes: readonly { readonly size: Size; readonly shape: string }[];
  readonly defaults: Ticks &
    Readonly<
      Record<NumberChoice, number | null> &
        Record<TextChoice, string> & { width: number; height: number; theme: string }
    >;
}

export interface Refusal {
  /** The choice that it is about. */
  readonly name: string | null;
  readonly sentence: string;
}

function labels(counted: string): Readonly<Record<NumberChoice | TextChoice, string>> {
  return {
    width: "Width",
    height: "Height",
    fps: "Frames a second",
    duration: "Length",
    hold: "Hold",
    line_width: "Line width",
    text_size: "Text size",
    heading: "Title",
    steps_per_frame: `${counted === "step" ? "Steps" : "Epochs"} a frame`,
    first_step: `First ${counted}`,
    last_step: `Last ${counted}`,
  };
}

export const sizeKey = ([width, height]: Size): string => `${width}x${height}`;
const formats = (offer: Offer): Format[] => offer.groups.flatMap((group) => group.formats);
const found = (offer: Offer, key: string) => formats(offer).find((format) => format.key === key);

/** The format of this key, which is offered. */
export const formatOf = (offer: Offer, key: string): Format => found(offer, key)!;

/** The choices of a reader who has chosen nothing yet. */
export function fresh(offer: Offer): Typed {
  const { defaults } = offer;
  const text = (name: NumberChoice) => (defaults[name] === null ? "" : String(defaults[name]));
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, text(name)])) as Record<NumberChoice, string>;
  return {
    ...defaults,
    ...numbers,
    format: formats(offer)[0].key,
    size: sizeKey([defaults.width, defaults.height]),
    pace: "duration",
    steps_per_frame: "1",
    theme: "",
  };
}

/** What was chosen before, as far as it can still be chosen. */
export function restored(stored: unknown, offer: Offer): Typed {
  const kept = (stored ?? {}) as Partial<Record<string, unknown>>;
  const { format, size } = fresh(offer);
  const typed = { ...fresh(offer) };
  for (const [name, value] of Object.entries(typed)) {
    const same = !OF_EXPERIMENT.includes(name) && typeof kept[name] === typeof value;
    if (same) Object.assign(typed, { [name]: kept[name] });
  }
  const sizes = [OWN, ...offer.sizes.map((one) => sizeKey(one.size))];
  if (!found(offer, typed.format)) typed.format = format;
  if (!sizes.includes(typed.size)) typed.size = size;
  return typed;
}

/** What of the choices is kept for the next visit. */
export function remembered(typed: Typed): Partial<Typed> {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !OF_EXPERIMENT.includes(name)));
}

/** What the server is asked for: only what the format heeds. `theme` is the page's. */
export function asked(typed: Typed, offer: Offer, theme: string): Record<string, unknown> {
  const preset = offer.sizes.find((one) => sizeKey(one.size) === typed.size);
  const [width, height] = preset ? preset.size : [typedNumber(typed.width), typedNumber(typed.height)];
  const chosen: Record<string, unknown> = { ...typed, width, height, theme: typed.theme || theme };
  for (const name of NUMBERS.slice(2)) chosen[name] = typedNumber(typed[name]);
  if (typed.last_step.trim() === "") chosen.last_step = null;
  if (typed.pace === "duration") chosen.steps_per_frame = null;
  else delete chosen.duration;
  const { heeds } = formatOf(offer, typed.format);
  return Object.fromEntries(Object.entries(chosen).filter(([name]) => heeds.includes(name)));
}

/** A refusal in the words of the dialog. `counted` is step or epoch. */
export function refusal(sentence: string, counted = "step"): Refusal {
  for (const [name, label] of Object.entries(labels(counted))) {
    const words = name.replace("_", "[_ ]").replace("_frame", "[_ ]frame");
    const start = new RegExp(`^(the )?${words} is `, "i");
    if (start.test(sentence)) return { name, sentence: sentence.replace(start, `${label} is `) };
  }
  return { name: null, sentence };
}
