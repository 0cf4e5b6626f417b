// The row at the bottom of the dialog that starts an export and shows how far it is.

import { make, write } from "../shell/document.ts";
import { aim, download } from "./download.ts";
import { bar, icon, show } from "./elements.ts";
import { type Export, running } from "./jobs.ts";
import type { About } from "./list.ts";
import { share, standing } from "./words.ts";

interface Actions {
  readonly onExport: () => void;
  readonly onCancel: (id: string) => void;
}

interface AboutSending extends About {
  /** Whether the server is being asked for the file. */
  readonly sending: boolean;
  /** Why it can't be made. */
  readonly refused: string;
}

export interface ExportAction {
  readonly node: HTMLElement;
  /** `entry` is the export of just these choices, if there was one. */
  update(entry: Export | undefined, about: AboutSending): void;
}

function words(entry: Export | undefined, { lost, sending, refused }: AboutSending): string {
  if (refused || sending) return refused || "Asking the server…";
  if (!entry) return "";
  const done = entry.kind === "done" || entry.kind === "saved";
  return done ? `${entry.name}, ${standing(entry, lost)}` : standing(entry, lost);
}

export function createExportAction({ onExport, onCancel }: Actions): ExportAction {
  const said = make("span", { className: "export-said" });
  const progress = bar("Progress of the export");
  const link = download();
  const stop = make("button", { type: "button", className: "button" }, "Cancel");
  const name = make("span", {}, "Export");
  const start = make("button", { type: "button", className: "button export-start" }, [icon("download"), name]);
  const standsAt = make("div", { className: "export-progress" }, [said, progress.node]);
  const node = make("div", { className: "export-action" }, [standsAt, link, stop, start]);
  start.addEventListener("click", onExport);

  // While the export runs it can be cancelled; the focus stays in this row.
  function offerOne(entry: Export | undefined): void {
    const under = entry !== undefined && running(entry);
    if (under) {
      stop.hidden = false;
      stop.onclick = () => onCancel(entry.id);
      show(start, false, stop);
    } else {
      start.hidden = false;
      show(stop, false, start);
    }
  }

  function update(entry: Export | undefined, about: AboutSending): void {
    node.dataset.kind = entry ? entry.kind : "";
    write(said, words(entry, about));
    said.classList.toggle("export-refused", about.refused !== "");
    progress.node.hidden = !entry || !running(entry);
    if (entry) progress.set(share(entry));
    aim(link, entry ? about.address(entry) : null, entry ?? { name: "" });
    offerOne(entry);
    start.classList.toggle("export-asking", about.sending);
    start.setAttribute("aria-disabled", String(about.sending));
    name.textContent = entry && entry.kind === "failed" ? "Try again" : "Export";
  }

  return { node, update };
}
