// Asks the server what Dash's callbacks are too slow for.

import { fetchAgain } from "./again.ts";
import { distance } from "./distance.ts";
import { anyEarly, early } from "./early.ts";

/** Why there is no answer, in one sentence. */
export interface Problem {
  readonly problem: string;
}

type Answered<Answer> = Answer & { readonly problem?: undefined };

const PATIENCE = 60_000; // ms for one answer; many methods on a new surface take some seconds to prepare
const UNREACHABLE = [502, 503, 504];

function post(address: string, question: unknown, signal: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": "application/json", ...distance() };
  return fetchAgain(address, { method: "POST", headers, signal, body: JSON.stringify(question) });
}

/** The answer to `question`, a problem if there is none, or null if the server can't be reached. */
export async function ask<Answer extends object>(
  address: string,
  question: unknown,
): Promise<Answered<Answer> | Problem | null> {
  const known = anyEarly() ? await early(address, question) : undefined;
  if (known !== undefined) return known as Answered<Answer>;
  try {
    const response = await post(address, question, AbortSignal.timeout(PATIENCE));
    if (response.ok) return await response.json();
    if (UNREACHABLE.includes(response.status)) return null;
    return { problem: `The server failed at this (status ${response.status}); what you see is from before.` };
  } catch {
    return null;
  }
}
