// The exports of this browser and their files: jobs of the server, and what was made at once.

import { make } from "../shell/document.ts";
import { createJobs, type Export, type Job } from "./jobs.ts";
import { type Attachment, request } from "./server.ts";
import { to } from "./state.ts";
import { store, stored } from "./storage.ts";

/** The key of the storage under which they are kept. */
export const EXPORTS = "fall-line-exports";
const MINE = "fall-line-my-exports"; // those that this tab started and will download, over a reload

const files = new Map<string, string>(); // addresses of files that were made at once, as long as the page is open

export const jobs = createJobs({
  store: {
    load: () => stored<readonly Export[]>("localStorage", EXPORTS, []),
    save: (all) => store("localStorage", EXPORTS, all),
  },
  request,
  onChange: () => to.advanced(),
  onDone,
});

const mine = (): readonly string[] => stored("sessionStorage", MINE, []);

/** Where the file of an export is, or null while there is none. */
export const address = ({ id, kind }: Job): string | null =>
  kind === "done" ? `export/jobs/${id}/file` : (files.get(id) ?? null);

function save(entry: Job): void {
  const link = make("a", { href: address(entry), download: entry.name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
}

/** Follows a job of the server; its file is saved once it is done. */
export function follow(job: Job, wish: string): void {
  store("sessionStorage", MINE, [...mine(), job.id].slice(-20));
  jobs.add({ ...job, wish });
}

/** Saves a file that was made at once, and lists it. */
export function keep({ file, name }: Attachment, format: string, wish: string): void {
  const entry = { id: `saved-${Date.now()}`, format, name, kind: "saved", size: file.size, wish } as const;
  files.set(entry.id, URL.createObjectURL(file));
  jobs.add(entry);
  save(entry);
}

function onDone(entry: Export): void {
  if (!mine().includes(entry.id)) return;
  store(
    "sessionStorage",
    MINE,
    mine().filter((id) => id !== entry.id),
  );
  save(entry);
}
