// The parts of the export form: the formats, how the file looks, and how it moves.

import { make } from "../shell/document.ts";
import { type Format, type Offer, OWN, sizeKey } from "./choices.ts";

function text(name: string, label: string, unit = ""): HTMLElement {
  const settings = { type: "text", inputMode: "decimal", autocomplete: "off" };
  const input = make("input", { ...settings, "data-choice": name, "aria-label": label });
  const units = unit ? [make("span", { className: "export-unit" }, unit)] : [];
  return make("span", { className: "export-number" }, [input, ...units]);
}

function tick(name: string, label: string): HTMLElement {
  return make("label", { className: "export-tick" }, [make("input", { type: "checkbox", "data-choice": name }), label]);
}

function radio(name: string, value: string): HTMLInputElement {
  return make("input", { type: "radio", name: `export-${name}`, value, "data-choice": name });
}

// Several controls in a row are a group of its name; a single one has it already.
function row(heeds: string, label: string, controls: Node | readonly Node[], role = "group"): HTMLElement {
  const named = Array.isArray(controls) ? { role, "aria-label": label } : {};
  const name = make("span", { className: "export-label" }, label);
  const place = make("div", { className: "export-controls" }, controls);
  return make("div", { className: "export-row", "data-heeds": heeds, ...named }, [name, place]);
}

function card({ key, name, words }: Format): HTMLElement {
  return make("label", { className: "export-card" }, [
    radio("format", key),
    make("span", { className: "export-card-name" }, name),
    make("span", { className: "export-card-words" }, words),
  ]);
}

export function formats({ groups }: Offer): HTMLElement {
  const group = ({ name, formats: offered }: Offer["groups"][number]) =>
    make("div", { className: "export-group", role: "group", "aria-label": name }, [
      make("span", { className: "export-label", "aria-hidden": "true" }, name),
      make("div", { className: "export-cards" }, offered.map(card)),
    ]);
  const legend = make("legend", { className: "only-spoken" }, "Format");
  return make("fieldset", { className: "export-formats" }, [legend, ...groups.map(group)]);
}

function sizes(offer: Offer): HTMLElement {
  const preset = ({ size, shape }: Offer["sizes"][number]) =>
    make("option", { value: sizeKey(size) }, `${size[0]} × ${size[1]}${shape ? `, ${shape}` : ""}`);
  const options = [...offer.sizes.map(preset), make("option", { value: OWN }, "Own size…")];
  const select = make("select", { "data-choice": "size", "aria-label": "Size" }, options);
  const own = make("span", { className: "export-own" }, [
    text("width", "Width in pixels"),
    "×",
    text("height", "Height in pixels", "pixels"),
  ]);
  return row("width", "Size", [select, own]);
}

function segments(name: string, labels: Readonly<Record<string, string>>): HTMLElement {
  const segment = ([value, label]: [string, string]) =>
    make("label", { className: "export-segment" }, [radio(name, value), make("span", {}, label)]);
  return make("span", { className: "export-segments" }, Object.entries(labels).map(segment));
}

function colours(): HTMLElement {
  const clear = make("span", { "data-heeds": "transparent" }, tick("transparent", "Transparent background"));
  return row("theme", "Colours", [segments("theme", { light: "Light", dark: "Dark" }), clear]);
}

// For the last row of a lecture hall, where small print can't be read.
function textSizes(): HTMLElement {
  const sizes = segments("text_size", { small: "Small", slide: "Slide", large: "Large" });
  return row("text_size", "Text", [sizes], "radiogroup");
}

function ownTitle(): HTMLElement {
  const settings = { type: "text", autocomplete: "off", maxLength: 120, className: "export-wide" };
  const input = make("input", { ...settings, "data-choice": "heading", "aria-label": "Own title" });
  input.placeholder = "what the experiment is called";
  return row("heading", "Own title", input);
}

/** How the file looks. */
export function picture(offer: Offer): HTMLElement {
  const shown = { loss_panel: "Loss curves", title: "Title", formula: "Formula" };
  const ticks = Object.entries(shown).map(([name, label]) => make("span", { "data-heeds": name }, tick(name, label)));
  return make("fieldset", { className: "export-part" }, [
    make("legend", {}, "Picture"),
    sizes(offer),
    colours(),
    textSizes(),
    row("title", "Show", ticks),
    ownTitle(),
    row("line_width", "Line width", text("line_width", "Line width", "pixels")),
  ]);
}

/** What stands in a table. */
export function table(): HTMLElement {
  const shown = { statistics: "Quartiles over the seeds instead of each path", hyperparameters: "Label and values" };
  const ticks = Object.entries(shown).map(([name, label]) => make("span", { "data-heeds": name }, tick(name, label)));
  return make("fieldset", { className: "export-part" }, [
    make("legend", {}, "Table"),
    row("hyperparameters", "Columns", ticks),
    row("decimal_comma", "Numbers", tick("decimal_comma", "Decimal comma, columns apart by ;")),
  ]);
}

function pace(name: string, label: string, spoken: string, unit: string): HTMLElement {
  const choice = make("label", { className: "export-tick" }, [radio("pace", name), label]);
  return make("span", { className: "export-pace" }, [choice, text(name, spoken, unit)]);
}

/** How the file moves. */
export function motion({ counted }: Offer): HTMLElement {
  const Counted = counted[0].toUpperCase() + counted.slice(1);
  const [first, last] = [text("first_step", `First ${counted}`), text("last_step", `Last ${counted}`)];
  const steps = make("span", { className: "export-range" }, ["from", first, "to", last]);
  const here = make("button", { type: "button", className: "export-link export-here", hidden: true });
  const paces = [
    pace("duration", "Length", "Length in seconds", "seconds, the hold included"),
    pace("steps_per_frame", `${Counted}s a frame`, `Number of ${counted}s a frame`, ""),
  ];
  return make("fieldset", { className: "export-part" }, [
    make("legend", {}, "Movement"),
    row("last_step", `${Counted}s`, [steps, here]),
    row("duration", "Pace", paces, "radiogroup"),
    row("hold", "Hold the end", text("hold", "Hold the end", "seconds")),
    row("fps", "Frames a second", text("fps", "Frames a second")),
  ]);
}
