// The last exports of this browser, each with how far it is.

import { make, write } from "../shell/document.ts";
import { aim, download } from "./download.ts";
import { bar, show } from "./elements.ts";
import { type Export, type Job, running } from "./jobs.ts";
import { ago, share, standing } from "./words.ts";

/** What is shown of all exports. */
export interface About {
  readonly address: (entry: Job) => string | null;
  /** Whether the server does not answer. */
  readonly lost: boolean;
}

interface Actions {
  readonly onCancel: (id: string) => void;
}

interface Row {
  readonly node: HTMLElement;
  update(entry: Export, about: About): void;
}

export interface ExportList {
  readonly node: HTMLElement;
  update(entries: readonly Export[], about: About): void;
}

function createRow({ onCancel }: Actions): Row {
  const name = make("span", { className: "export-name" });
  const said = make("span", { className: "export-said" });
  const when = make("span", { className: "export-when" });
  const progress = bar("");
  const link = download();
  const stop = make("button", { type: "button", className: "export-link" }, "Cancel");
  const node = make("li", { className: "export-entry" }, [
    name,
    make("span", { className: "export-standing" }, [said, when]),
    make("span", { className: "export-do" }, [link, stop]),
    progress.node,
  ]);

  function update(entry: Export, { address, lost }: About): void {
    node.dataset.kind = entry.kind;
    write(name, entry.name);
    name.title = entry.name;
    write(said, standing(entry, lost));
    write(when, ago(entry.when, Date.now()));
    aim(link, address(entry), entry);
    show(stop, running(entry), link);
    stop.onclick = () => onCancel(entry.id);
    stop.setAttribute("aria-label", `Cancel ${entry.name}`);
    progress.node.hidden = !running(entry);
    progress.node.setAttribute("aria-label", entry.name);
    progress.set(share(entry));
  }

  return { node, update };
}

/** The list; a row stays the same element as long as its export is listed. */
export function createExportList(actions: Actions): ExportList {
  const rows = new Map<string, Row>();
  const list = make("ul", { className: "export-entries" });
  const title = make("h2", {}, "Last exports");
  const node = make("section", { className: "export-last", "aria-label": "Last exports" }, [title, list]);

  function rowOf({ id }: Export): Row {
    const row = rows.get(id) ?? createRow(actions);
    rows.set(id, row);
    return row;
  }

  function update(entries: readonly Export[], about: About): void {
    node.hidden = entries.length === 0;
    const ids = new Set(entries.map((entry) => entry.id));
    for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id);
    for (const entry of entries) rowOf(entry).update(entry, about);
    const nodes = entries.map((entry) => rowOf(entry).node);
    const stand = nodes.every((one, k) => list.children[k] === one) && list.children.length === nodes.length;
    if (!stand) list.replaceChildren(...nodes);
  }

  return { node, update };
}
