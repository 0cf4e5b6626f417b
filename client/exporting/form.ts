// The choices of the export dialog as a form. Every control names its choice; only what the format heeds is shown.

import { make } from "../shell/document.ts";
import { formatOf, type Offer, OWN, type Typed } from "./choices.ts";
import { formats, motion, picture, table } from "./form-parts.ts";

type Control = HTMLInputElement | HTMLSelectElement;
type Read = (typed: Typed) => Typed;

export interface ExportForm {
  readonly node: HTMLElement;
  write(typed: Typed): void;
  /** Shows what the format heeds. */
  arrange(typed: Typed): void;
  /** The step at which the player or the cursor stands, where it is not the last. */
  offerStep(step: number | null): void;
  /** Marks the choice that the sentence with the id `problem` is about. */
  mark(name: string | null, problem: string): void;
  focus(): void;
}

const is = (control: Control, type: string): control is HTMLInputElement => control.type === type;

function read(controls: readonly Control[], typed: Typed): Typed {
  const next = { ...typed };
  for (const control of controls) {
    const choice = control.dataset.choice!;
    if (is(control, "checkbox")) Object.assign(next, { [choice]: control.checked });
    else if (!is(control, "radio") || control.checked) Object.assign(next, { [choice]: control.value });
  }
  return next;
}

function writeInto(control: Control, value: string | boolean): void {
  if (is(control, "checkbox")) control.checked = value === true;
  else if (is(control, "radio")) control.checked = control.value === value;
  else if (control.value !== value) control.value = String(value);
}

function markOne(control: Control, wrong: boolean, problem: string): void {
  control.toggleAttribute("aria-invalid", wrong);
  if (wrong) control.setAttribute("aria-describedby", problem);
  else control.removeAttribute("aria-describedby");
}

function createHere(form: HTMLElement, { counted, kind }: Offer) {
  const here = form.querySelector<HTMLButtonElement>(".export-here")!;
  const last = form.querySelector<HTMLInputElement>('[data-choice="last_step"]')!;

  return (step: number | null): void => {
    here.hidden = step === null;
    here.textContent = `Up to ${counted} ${step}, where the ${kind === "response" ? "cursor" : "player"} stands`;
    here.onclick = () => {
      last.value = String(step);
      last.focus();
      last.dispatchEvent(new Event("input", { bubbles: true }));
    };
  };
}

// What is typed for a pace or a title is meant.
function chooseTyped(form: HTMLElement, target: EventTarget | null): void {
  const pace = (target as Element).closest(".export-pace");
  if (pace) pace.querySelector<HTMLInputElement>("[type=radio]")!.checked = true;
  const own = (target as Element).matches('[data-choice="heading"]') && (target as HTMLInputElement).value !== "";
  if (own) form.querySelector<HTMLInputElement>('[data-choice="title"]')!.checked = true;
}

export function createExportForm(offer: Offer, onChange: (read: Read) => void): ExportForm {
  const words = "There is nothing more to choose for this kind of file.";
  const nothing = make("p", { className: "prose export-nothing" }, words);
  const parts = [formats(offer), picture(offer), motion(offer), table(), nothing];
  const node = make("form", { className: "export-choices", noValidate: true }, parts);
  const [, motionName] = node.querySelectorAll<HTMLElement>(".export-part > legend");
  const controls = [...node.querySelectorAll<Control>("[data-choice]")];

  function arrange(typed: Typed): void {
    const { heeds, animated } = formatOf(offer, typed.format);
    for (const place of node.querySelectorAll<HTMLElement>("[data-heeds]"))
      place.hidden = !heeds.includes(place.dataset.heeds!);
    for (const part of node.querySelectorAll<HTMLElement>(".export-part"))
      part.hidden = !part.querySelector(".export-row:not([hidden])");
    node.querySelector<HTMLElement>(".export-own")!.hidden = typed.size !== OWN;
    motionName.textContent = animated ? "Movement" : offer.kind === "surface" ? "Paths" : "Curves";
    nothing.hidden = heeds.length > 0;
  }

  function write(typed: Typed): void {
    for (const control of controls) writeInto(control, typed[control.dataset.choice as keyof Typed]);
    arrange(typed);
  }

  function mark(name: string | null, problem: string): void {
    for (const control of controls) markOne(control, name !== null && control.dataset.choice === name, problem);
  }

  node.addEventListener("submit", (event) => event.preventDefault());
  node.addEventListener("input", ({ target }) => {
    chooseTyped(node, target);
    onChange((typed) => read(controls, typed));
  });
  // A press on a label must not give the focus to the dialog's body, which hands it on and scrolls before the click.
  node.addEventListener("mousedown", (event) => {
    if (!(event.target as Element).closest("input, select, button")) event.preventDefault();
  });
  const focus = () => node.querySelector<HTMLInputElement>('[data-choice="format"]:checked')!.focus();
  return { node, write, arrange, offerStep: createHere(node, offer), mark, focus };
}
