// The last exports of this browser, kept over reloads; those that run are asked after until they are done.

import type { Answered, Request } from "./server.ts";

const KEPT = 6;
const PAUSES = { drawing: 300, waiting: 1000 }; // ms between two looks
const LONGEST = 8000; // between two looks for a server that does not answer

/** How an export stands. A saved one was made at once; its file is there as long as the page is open. */
export type Kind = "waiting" | "drawing" | "done" | "failed" | "cancelled" | "saved" | "expired";

/** How a job stands: fall_line/jobs/folder.py. */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  readonly format: string;
  readonly ahead?: number;
  readonly done?: number;
  readonly total?: number;
  readonly problem?: string;
  readonly size?: number;
  /** Seconds since 1970. */
  readonly expires?: number | null;
  readonly worker?: boolean;
}

export interface Export extends Job {
  /** What was asked for, as JSON. */
  readonly wish: string;
  readonly when: number;
}

interface Settings {
  readonly store: { load(): readonly Export[]; save(entries: readonly Export[]): void };
  readonly request: Request;
  readonly onChange: () => void;
  readonly onDone: (entry: Export) => void;
  readonly later?: (action: () => Promise<void>, pause: number) => void;
  readonly now?: () => number;
}

export interface Jobs {
  all(): readonly Export[];
  add(entry: Omit<Export, "when">): void;
  cancel(id: string): Promise<void>;
  /** Finished files are kept for a while only, and may be removed before. */
  refresh(): Promise<void>;
  /** Asks after those that run. */
  watch(): void;
  /** Whether the server does not answer. */
  lost(): boolean;
}

export const running = ({ kind }: Pick<Job, "kind">): boolean => kind === "waiting" || kind === "drawing";

export function createJobs({ store, request, onChange, onDone, later = setTimeout, now = Date.now }: Settings): Jobs {
  let misses = 0;
  let looking = false;

  const all = () => store.load();
  const find = (id: string) => all().find((entry) => entry.id === id);

  function add(entry: Omit<Export, "when">): void {
    store.save([{ when: now(), ...entry }, ...all()].slice(0, KEPT));
    onChange();
    watch();
  }

  // What is finished stays finished: an answer may come after a cancellation.
  function change(id: string, state: Partial<Job>): void {
    const old = find(id);
    if (!old || !(running(old) || (old.kind === "done" && state.kind === "expired"))) return;
    store.save(all().map((entry) => (entry.id === id ? { ...entry, ...state } : entry)));
    onChange();
    if (state.kind === "done") onDone(find(id)!);
  }

  // Says whether the server has answered.
  function take(id: string, answer: Answered<Job> | null): boolean {
    if (answer === null) return false;
    const old = find(id);
    if (!answer.gone) change(id, answer.kind ? answer : {});
    else if (old && running(old)) change(id, { kind: "failed", problem: answer.problem });
    else change(id, { kind: "expired" });
    return true;
  }

  const ask = async (id: string) => take(id, await request<Job>(`export/jobs/${id}`));

  async function look(): Promise<void> {
    let heard = true;
    for (const { id } of all().filter(running)) heard = (await ask(id)) && heard;
    const before = misses;
    misses = heard ? 0 : misses + 1;
    if ((before === 0) !== (misses === 0)) onChange();
  }

  function pause(): number {
    if (misses > 0) return Math.min(LONGEST, 500 * 2 ** misses);
    return all().some((entry) => entry.kind === "drawing") ? PAUSES.drawing : PAUSES.waiting;
  }

  function watch(): void {
    if (looking || !all().some(running)) return;
    looking = true;
    later(async () => {
      await look();
      looking = false;
      watch();
    }, pause());
  }

  async function cancel(id: string): Promise<void> {
    take(id, await request<Job>(`export/jobs/${id}/cancel`, { method: "POST" }));
  }

  async function refresh(): Promise<void> {
    for (const { id, kind, expires } of all()) {
      if (kind !== "done") continue;
      if (expires && 1000 * expires < now()) change(id, { kind: "expired" });
      else await ask(id);
    }
    watch();
  }

  return { all, add, cancel, refresh, watch, lost: () => misses > 0 };
}
