// The lines in which the step inspector explains a step.

import { byId, make, tell } from "../../shell/document.ts";
import { typeset } from "../../shell/typeset.ts";
import type { Caption, PiecedRow, Sign } from "./answer.ts";
import { explained, inspected, to } from "./state.ts";

let shown = ""; // the captions that stand in the panel

/** A panel that was emptied shows none. */
export function forgetCaptions(): void {
  shown = "";
}

/** Shows the lines of the answer, if the step is being explained. */
export function showCaptions(): void {
  const captions = inspected.answer?.captions ?? null;
  tell("explain-note", note(captions));
  byId("captions").hidden = byId("explain-signs").hidden = !inspected.explaining || !captions?.length;
  if (!inspected.explaining || captions === null) return;
  to.told(Math.min(inspected.line, Math.max(0, captions.length - 1)));
  const wanted = JSON.stringify(captions.map(({ formula, numbers }) => [formula, numbers]));
  if (wanted !== shown) {
    byId("explain-signs").replaceChildren(...inspected.answer!.signs.map(sign));
    byId("captions").replaceChildren(...captions.map(line));
  }
  shown = wanted;
  markLine();
}

function note(captions: readonly Caption[] | null): string {
  if (!inspected.explaining) return "";
  if (captions === null) return "Once the player rests, this step is explained here.";
  return captions.length === 0 ? "There is no further step to explain." : "";
}

function line({ formula, numbers }: Caption): HTMLLIElement {
  return make("li", { className: "caption-line" }, [formulaText(formula), ...numbers.map(row)]);
}

// A row that has no room goes on below its first piece.
function row({ axis, pieces }: PiecedRow): HTMLDivElement {
  const place = make("div", { className: "caption-pieces" }, pieces.map(formulaText));
  return make("div", { className: "caption-row" }, [...(axis ? [make("span", {}, `${axis}:`)] : []), place]);
}

function sign({ symbol, words }: Sign): HTMLLIElement {
  return make("li", {}, [make("span", { className: "sign" }, symbol), ` ${words}`]);
}

function formulaText(mathml: string): HTMLDivElement {
  const place = make("div", { className: "formula" });
  typeset(place, mathml);
  return place;
}

/** The line that is told now stands out. */
export function markLine(): void {
  [...byId("captions").children].forEach((one, k) => {
    if (k === inspected.line) one.setAttribute("aria-current", "step");
    else one.removeAttribute("aria-current");
  });
  const last = (inspected.answer?.captions?.length ?? 1) - 1;
  byId<HTMLButtonElement>("explain-back").disabled = !inspected.explaining || inspected.line <= 0;
  byId<HTMLButtonElement>("explain-next").disabled = !inspected.explaining || inspected.line >= last;
}

/** Tells another line, as far as there are lines. Says whether there are any. */
export function tellLine(wanted: number): boolean {
  const captions = explained();
  if (!captions?.length) return false;
  to.told(Math.min(captions.length - 1, Math.max(0, wanted)));
  markLine();
  byId("captions").children[inspected.line]?.scrollIntoView({ block: "nearest" });
  return true;
}

/** Opens or closes the explanation. */
export function showExplaining(on: boolean): void {
  byId("explain").setAttribute("aria-expanded", String(on));
  byId("explain").textContent = on ? "Hide the explanation" : "Explain this step";
  if (!on) {
    byId("captions").hidden = byId("explain-signs").hidden = true;
    tell("explain-note", "");
  }
  markLine();
}
