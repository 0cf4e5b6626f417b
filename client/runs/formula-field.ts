// The field in which a reader types a formula: described by the server while it is typed, drawn once it can be.

import { props } from "../dash/dash.ts";
import { byId, tell } from "../shell/document.ts";
import { ask } from "../wire/ask.ts";
import { afterRest } from "../wire/throttle.ts";

export const PREFIX = "formula:";
const REST = 100; // ms without a key before the formula is looked at

/** What stands in the picker for the key of a surface or signal. */
export const picked = (key: string): string => (key.startsWith(PREFIX) ? PREFIX : key);

/** What the server says of a formula: `typeset` as MathML, `note` what a reader should know. */
export interface Described {
  readonly key: string;
  readonly typeset: string;
  readonly note: string;
}

interface Parts<Answer extends Described> {
  /** The panel's. */
  readonly id: string;
  /** The id of the choice above it. */
  readonly picker: string;
  /** It is asked with {[name]: key}. */
  readonly address: string;
  readonly name: string;
  /** What else is asked. */
  readonly more?: () => object;
  /** The key that is drawn. */
  readonly current: () => string;
  /** Draws another. */
  readonly take: (answer: Answer) => void;
  /** Is told of every formula that can be used. */
  readonly keep?: (answer: Answer) => void;
}

export interface FormulaField<Answer> {
  described(key: string): Promise<Answer | null>;
  /** From the picker: the formula that stands in the field. */
  begin(): void;
  /** From the picker: what is drawn was chosen anew. */
  leave(): void;
  /** Puts picker and field where the experiment says. */
  sync(): void;
}

const fields = new Map<string, (text: string) => void>(); // a field's id -> what is done with its text

export function createFormulaField<Answer extends Described>(parts: Parts<Answer>): FormulaField<Answer> {
  const { id, picker, address, name, more, current, take, keep } = parts;
  const panel = () => document.getElementById(id);
  const field = () => document.getElementById(`${id}-text`) as HTMLTextAreaElement | null;
  let newest = 0; // counts what was typed, so that a late answer to an older text is dropped

  // What the server says of `key`; null, with a sentence under the field, if it can't be used.
  async function described(key: string): Promise<Answer | null> {
    const mine = (newest += 1);
    const answer = await ask<Answer>(address, { [name]: key, ...more?.() });
    if (mine !== newest || !panel()) return null; // something else was typed, or the page was left
    refuse(answer === null ? "The server does not answer; what you see is from before." : (answer.problem ?? ""));
    if (answer === null || answer.problem !== undefined) return null;
    keep?.(answer);
    return answer;
  }

  function refuse(sentence: string): void {
    tell(`${id}-problem`, sentence);
    field()?.setAttribute("aria-invalid", String(sentence !== ""));
  }

  function show({ typeset, note }: Answer): void {
    byId(`${id}-preview`).dataset.mathml = typeset;
    tell(`${id}-note`, note);
  }

  async function look(text: string): Promise<void> {
    if (!panel() || panel()!.hidden) return; // something else was chosen meanwhile
    const answer = await described(PREFIX + text);
    if (answer === null) return;
    show(answer);
    if (answer.key !== current()) take(answer);
  }

  function begin(): void {
    byId(id).hidden = false;
    look(field()!.value);
    field()!.focus();
  }

  // Shows the field only for a formula that is drawn; what was typed and can't be is given up.
  function tidy(): void {
    newest += 1;
    byId(id).hidden = !current().startsWith(PREFIX);
    refuse("");
  }

  // Dash says so too when `sync` has put the picker there.
  function leave(): void {
    if (!current().startsWith(PREFIX)) tidy();
  }

  function sync(): void {
    const key = current();
    props(picker, { value: picked(key) });
    tidy();
    if (!key.startsWith(PREFIX)) return;
    props(`${id}-text`, { value: key.slice(PREFIX.length) });
    described(key).then((answer) => answer && show(answer));
  }

  fields.set(`${id}-text`, afterRest(look, REST));
  return { described, begin, leave, sync };
}

/** Hears of every key in such a field. */
export function listenToFormulas(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement) fields.get(target.id)?.(target.value);
  });
}
