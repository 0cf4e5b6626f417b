// Questions that are asked before who needs the answers is there. They are asked with GET, so that a browser that has the
// answer from an earlier visit only asks whether it still holds.

import { distance } from "./distance.ts";

const LONGEST = 3000; // letters of an address, which every server takes
const PATIENCE = 60_000; // ms for one answer

interface Asked {
  readonly answer: Promise<Response>;
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
  const answer = fetch(whole, { headers: distance(), signal });
  answer.catch(() => {}); // who asks for it hears of it
  asked.set(name(address, body), { answer, stop });
}

/** The answer to a question that was asked early, once; undefined if there is none that can be used. */
export async function early(address: string, body: string): Promise<Response | undefined> {
  const found = asked.get(name(address, body));
  asked.delete(name(address, body));
  const answer = await found?.answer.catch(() => undefined);
  return answer?.ok ? answer : undefined;
}

/** Nobody will ask what was asked early and not taken. */
export function forgetEarly(): void {
  for (const { stop } of asked.values()) stop.abort();
  asked.clear();
}
