// Asks for the file that is chosen.

import { live } from "../runs/page.ts";
import { current } from "../shell/theme.ts";
import { asked, formatOf } from "./choices.ts";
import type { Job } from "./jobs.ts";
import { follow, keep } from "./last-exports.ts";
import { type Attachment, type Question, request } from "./server.ts";
import { state, to } from "./state.ts";

/** What the server is asked for; null while no page stands in the document. */
export function question(): Question | null {
  const { offer, typed } = state;
  const page = live();
  if (page === null || offer === null || typed === null) return null;
  const { kind, experiment } = page.exported();
  return { kind, experiment, format: typed.format, choices: asked(typed, offer, current()) };
}

/** Exports what is chosen. */
export async function start(): Promise<void> {
  const wish = question();
  if (state.sending || wish === null) return;
  const { animated } = formatOf(state.offer!, wish.format);
  to.sent();
  const answer = await request<Job & Attachment>(animated ? "export/jobs" : "export/file", { question: wish });
  to.answered();
  if (answer === null) to.refused("The server does not answer; try again in a moment.");
  else if (answer.problem && !answer.id) to.refused(answer.problem);
  else if (animated) follow(answer as Job, JSON.stringify(wish));
  else keep(answer as Attachment, wish.format, JSON.stringify(wish));
}
