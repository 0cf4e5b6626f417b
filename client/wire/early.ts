// Questions that are asked before who needs the answers is there. They are asked with GET, so that a browser that has the
// answer from an earlier visit only asks whether it still holds.

import { distance } from "./distance.ts";

const asked = new Map<string, Promise<Response>>();

const name = (address: string, body: string): string => `${address} ${body}`;

/** Asks `question` now; who asks just this later gets the answer to it. */
export function askEarly(address: string, question: unknown): void {
  const body = JSON.stringify(question);
  const answer = fetch(`${address}?q=${encodeURIComponent(body)}`, { headers: distance() });
  answer.catch(() => {}); // who asks for it hears of it
  asked.set(name(address, body), answer);
}

/** The answer to a question that was asked early, once. */
export function early(address: string, body: string): Promise<Response> | undefined {
  const answer = asked.get(name(address, body));
  asked.delete(name(address, body));
  return answer;
}
