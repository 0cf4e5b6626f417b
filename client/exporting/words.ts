// What the export dialog says: sizes, times, and how far an export is.

import { type Job, type Kind, running } from "./jobs.ts";

export const NO_WORKER = "No worker is running; this export waits until one is started.";
export const LOST = "The server does not answer. The export goes on there; trying again…";

/** What a file will be. */
export interface Facts {
  readonly width?: number;
  readonly height?: number;
  readonly frames: number;
  readonly seconds: number;
  readonly bytes: number | null;
  /** Whether so many bytes are not only about right. */
  readonly exact?: boolean;
}

export function bytes(count: number): string {
  if (count < 1000) return `${count} bytes`;
  const [unit, value] = count < 1e6 ? ["kB", count / 1e3] : ["MB", count / 1e6];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

const inSeconds = (value: number): string => `${Number(value.toFixed(1))} s`;

/** What a file will be: its pixels, frames, seconds, and size. */
export function facts({ width, height, frames, seconds, bytes: size, exact }: Facts): string[] {
  const picture = width ? [`${width} × ${height}`] : [];
  const motion = frames > 1 ? [`${frames.toLocaleString("en")} frames`, inSeconds(seconds)] : [];
  return [...picture, ...motion, ...(size ? [`${exact ? "" : "about "}${bytes(size)}`] : [])];
}

export function ago(when: number, now: number): string {
  const minutes = Math.floor((now - when) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  return hours < 48 ? "yesterday" : `${Math.floor(hours / 24)} days ago`;
}

function waiting({ ahead }: Job): string {
  if (!ahead) return "Next to be drawn";
  return ahead === 1 ? "1 export before this one" : `${ahead} exports before this one`;
}

function progress({ done, total }: Job): string {
  if (!total || !done) return "Starting to draw";
  return done < total ? `Frame ${done} of ${total}` : "Finishing the file";
}

const SAID: Readonly<Record<Kind, (entry: Job) => string>> = {
  waiting,
  drawing: progress,
  done: ({ size }) => bytes(size!),
  saved: ({ size }) => bytes(size!),
  failed: ({ problem }) => problem || "The export failed.",
  cancelled: () => "Cancelled",
  expired: () => "Expired",
};

/** Where an export stands, in words. */
export function standing(entry: Job, lost = false): string {
  if (running(entry) && lost) return LOST;
  return running(entry) && entry.worker === false ? NO_WORKER : SAID[entry.kind](entry);
}

/** How far an export is, from 0 to 1. */
export function share({ kind, done, total }: Pick<Job, "kind" | "done" | "total">): number {
  return kind === "drawing" && total ? done! / total : 0;
}
