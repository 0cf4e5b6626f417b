// The link that saves the file of an export.

import { make } from "../shell/document.ts";
import { show } from "./elements.ts";
import type { Job } from "./jobs.ts";

/** A link that leads nowhere yet. */
export function download(): HTMLAnchorElement {
  return make("a", { className: "export-link export-download", download: "" }, "Download");
}

/** Lets `link` save the file of `entry` at `address`; without one it is hidden. */
export function aim(link: HTMLAnchorElement, address: string | null, { name }: Pick<Job, "name">): void {
  show(link, address !== null, null);
  if (address === null) return;
  if (link.getAttribute("href") !== address) link.href = address;
  link.download = name;
  link.setAttribute("aria-label", `Download ${name}`);
}
