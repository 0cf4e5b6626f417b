// Asks the server about exports.

import type { WithRuns } from "../experiment/experiment.ts";
import { fetchAgain } from "../wire/again.ts";

const PATIENCE = 60_000; // ms for one answer
const UNREACHABLE = [502, 503, 504];
const ONCE = "export/jobs"; // whose question starts a job: asked twice, it would be drawn twice

/** What is to be made. */
export interface Question {
  readonly kind: "surface" | "response" | "training";
  readonly experiment: WithRuns;
  readonly format: string;
  readonly choices: Readonly<Record<string, unknown>>;
  /** Whether a preview is to be as large as a window. */
  readonly large?: boolean;
}

/** A file that was made at once. */
export interface Attachment {
  readonly file: Blob;
  readonly name: string;
}

/** `problem` says in one sentence what is wrong, `gone` that what was asked for is not there. */
export type Answered<Data> = Partial<Data> & { readonly problem?: string; readonly gone?: boolean };

interface Settings {
  readonly question?: Question;
  readonly method?: "GET" | "POST";
}

/** How the server is asked. */
export type Request = <Data>(address: string, settings?: Settings) => Promise<Answered<Data> | null>;

/** The answer's data, or null if the server can't be reached. A file comes as an `Attachment`. */
export const request: Request = async <Data>(address: string, settings: Settings = {}) => {
  try {
    const response = await (address === ONCE ? fetch : fetchAgain)(address, asFetched(settings));
    if (UNREACHABLE.includes(response.status)) return null;
    return (await dataOf(response)) as Answered<Data>;
  } catch {
    return null;
  }
};

function asFetched({ question, method = question === undefined ? "GET" : "POST" }: Settings): RequestInit {
  const json = { "Content-Type": "application/json" };
  const sent = question === undefined ? {} : { headers: json, body: JSON.stringify(question) };
  return { method, cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...sent };
}

async function dataOf(response: Response): Promise<object> {
  const attached = response.headers.get("Content-Disposition");
  if (attached !== null) return { file: await response.blob(), name: nameIn(attached) };
  if (response.status === 404) return { gone: true, problem: "This export is not there any more." };
  if (response.headers.get("Content-Type") === "application/json") return response.json();
  return { problem: `The server failed at this (status ${response.status}).` };
}

function nameIn(disposition: string): string {
  return /filename="([^"]+)"/.exec(disposition)![1];
}
