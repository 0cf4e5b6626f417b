// Questions that are asked before who needs the answers is there. They are asked with GET, so that a browser that has the
// answer from an earlier visit only asks whether it still holds.

import { fetchAgain } from "./again.ts";
import { distance } from "./distance.ts";

const LONGEST = 3000; // letters of an address, which every server takes
const PATIENCE = 60_000; // ms for one answer

interface Asked {
  /** The answer, read as soon as it came; undefined if there is none that can be used. */
  readonly answer: Promise<unknown>;
  readonly stop: AbortController;
}

const asked = new Map<string, Asked>();

const name = (address: string, body: string): string => `${address} ${body}`;

/** Asks `question` now, if it isn't too long for that; who asks just this later gets the answer to it. */
export function askEarly(address: string, question: unknown): void {
  const body = JSON.stringify(question);
  const whole = `${address}?q=${encodeURIComponent(body)}`;
  if (whole.length > LONGEST) return;
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(PATIENCE)]);
  asked.set(name(address, body), { answer: read(fetchAgain(whole, { headers: distance(), signal })), stop });
}

async function read(coming: Promise<Response>): Promise<unknown> {
  try {
    const response = await coming;
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** The answer to a question that was asked early, once; undefined if there is none that can be used. */
export async function early(address: string, question: unknown): Promise<unknown> {
  const wanted = name(address, JSON.stringify(question));
  const found = asked.get(wanted);
  asked.delete(wanted);
  return found?.answer;
}

/** Whether anything was asked early and not taken. */
export const anyEarly = (): boolean => asked.size > 0;

/** Nobody will ask what was asked early and not taken. */
export function forgetEarly(): void {
  for (const { stop } of asked.values()) stop.abort();
  asked.clear();
}
