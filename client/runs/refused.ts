// Fields whose text was refused. The text stays, with the sentence that says why, until it is mended.

import { type ComponentId, props } from "../dash/dash.ts";
import { tell } from "../shell/document.ts";
import type { NumberId, RunsState } from "./page.ts";

interface Refusal {
  readonly text: string;
  readonly sentence: string;
}

const PLACE = "problem"; // where the sentence stands
const OF_RUNS = /^(run|schedule)-/;

const refusals = new Map<string, Refusal>(); // a field's id -> what was refused, the latest last

const inputOf = (id: string) => document.getElementById(id) as HTMLInputElement | null;

/** The id of the field in which a number of runs, schedules, the surface or the experiment is typed. */
export const numberField = ({ owner, key }: NumberId): string => JSON.stringify({ key, owner, type: "number" });

/** Whether the field `id` stands there with a text that was refused; with `text`, whether it is that one. */
export function isRefused(id: string, text: string | null = null): boolean {
  const refusal = refusals.get(id);
  return refusal !== undefined && (text === null || text === refusal.text);
}

/** The text that was refused in the field `id`, or null. */
export const refusedText = (id: string): string | null => refusals.get(id)?.text ?? null;

/** The server can't use `experiment`: if a text that was typed has made it so, that stays in its field. */
export function refuseTyped({ typing, good, experiment: now }: RunsState, experiment: object, sentence: string): void {
  tell(PLACE, sentence);
  const input = typing === null ? null : inputOf(typing);
  if (input === null || good === null || now !== experiment) return;
  refusals.delete(typing!);
  refusals.set(typing!, { text: input.value, sentence });
  mark(input);
}

function mark(input: HTMLInputElement): void {
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", PLACE);
}

/** What the field `id` shows is right, or is about to be overwritten. Says whether its text had been refused. */
export function mended(id: string): boolean {
  if (!refusals.delete(id)) return false;
  for (const name of ["aria-invalid", "aria-describedby"]) inputOf(id)?.removeAttribute(name);
  return true;
}

/** All fields are about to be overwritten. */
export function allMended(): void {
  for (const id of [...refusals.keys()]) mended(id);
}

/** The numbers of runs and schedules are about to be overwritten: of all, or of the run at `index`. */
export function runsMended(index: number | null = null): void {
  const owned = index === null ? OF_RUNS : new RegExp(`^(run-${index}$|schedule-${index}-)`);
  for (const id of [...refusals.keys()]) if (owned.test(JSON.parse(id).owner ?? "")) mended(id);
}

/** Writes `text` into a field, unless a refused one stands there to be mended. */
export function showText(id: ComponentId, text: string): void {
  const key = typeof id === "string" ? id : JSON.stringify(Object.fromEntries(Object.entries(id).sort()));
  if (!isRefused(key)) props(id, { value: text });
}

/** Fields were built anew: refused texts come back, but for those whose field is gone. */
export function restoreRefused(): void {
  for (const [id, { text }] of [...refusals]) {
    const input = inputOf(id);
    if (input === null) refusals.delete(id);
    else mark(input);
    if (input !== null && input.value !== text) props(JSON.parse(id), { value: text });
  }
}

/** Tells why the latest text that was refused was so, or else what was wrong with the link or file that led here. */
export function tellProblem({ opening }: RunsState): void {
  tell(PLACE, [...refusals.values()].at(-1)?.sentence ?? opening);
}
