// The last exports of this browser, and the row at the bottom of the dialog that starts one and shows how far it is.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { make, write, show, bar, icon } = fallLine.exportElements;
  const { running } = fallLine.exportJobs;

  function download(file) {
    return make("a", { className: "export-link export-download", download: file || "" }, "Download");
  }

  function aim(link, address, entry) {
    show(link, address !== null, null);
    if (address === null) return;
    if (link.getAttribute("href") !== address) link.href = address;
    link.download = entry.name;
    link.setAttribute("aria-label", `Download ${entry.name}`);
  }

  function createRow({ onCancel }) {
    const name = make("span", { className: "export-name" });
    const said = make("span", { className: "export-said" });
    const when = make("span", { className: "export-when" });
    const progress = bar("");
    const link = download();
    const stop = make("button", { type: "button", className: "export-link" }, "Cancel");
    const node = make("li", { className: "export-entry" }, [name, make("span", { className: "export-standing" }, [said, when]), make("span", { className: "export-do" }, [link, stop]), progress.node]);

    function update(entry, { address, lost }) {
      node.dataset.kind = entry.kind;
      write(name, entry.name);
      name.title = entry.name;
      write(said, fallLine.exportWords.standing(entry, lost));
      write(when, fallLine.exportWords.ago(entry.when, Date.now()));
      aim(link, address(entry), entry);
      show(stop, running(entry), link);
      stop.onclick = () => onCancel(entry.id);
      stop.setAttribute("aria-label", `Cancel ${entry.name}`);
      progress.node.hidden = !running(entry);
      progress.node.setAttribute("aria-label", entry.name);
      progress.set(fallLine.exportWords.share(entry));
    }

    return { node, update };
  }

  function createExportList(actions) {
    const rows = new Map();
    const list = make("ul", { className: "export-entries" });
    const title = make("h2", {}, "Last exports");
    const node = make("section", { className: "export-last", "aria-label": "Last exports" }, [title, list]);

    function update(entries, about) {
      node.hidden = entries.length === 0;
      const ids = new Set(entries.map((entry) => entry.id));
      for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id);
      for (const entry of entries) {
        if (!rows.has(entry.id)) rows.set(entry.id, createRow(actions));
        rows.get(entry.id).update(entry, about);
      }
      const nodes = entries.map((entry) => rows.get(entry.id).node);
      if (nodes.some((one, k) => list.children[k] !== one) || list.children.length !== nodes.length) list.replaceChildren(...nodes);
    }

    return { node, update };
  }

  function createExportAction({ onExport, onCancel }) {
    const said = make("span", { className: "export-said" });
    const progress = bar("Progress of the export");
    const link = download();
    const stop = make("button", { type: "button", className: "button" }, "Cancel");
    const start = make("button", { type: "button", className: "button export-start" }, [icon("download"), make("span", {}, "Export")]);
    const node = make("div", { className: "export-action" }, [make("div", { className: "export-progress" }, [said, progress.node]), link, stop, start]);
    start.addEventListener("click", onExport);

    // `entry` is the export of just these choices, if there was one; `sending` that the server is being asked for it.
    function update(entry, { address, lost, sending, refused }) {
      const under = Boolean(entry && running(entry));
      node.dataset.kind = entry ? entry.kind : "";
      const done = entry && (entry.kind === "done" || entry.kind === "saved");
      const words = entry ? fallLine.exportWords.standing(entry, lost) : "";
      write(said, refused || (sending ? "Asking the server…" : done ? `${entry.name}, ${words}` : words));
      said.classList.toggle("export-refused", refused !== "");
      progress.node.hidden = !under;
      if (entry) progress.set(fallLine.exportWords.share(entry));
      aim(link, entry ? address(entry) : null, entry);
      if (under) {
        stop.hidden = false;
        stop.onclick = () => onCancel(entry.id);
        show(start, false, stop);
      } else {
        start.hidden = false;
        show(stop, false, start);
      }
      start.classList.toggle("export-asking", sending);
      start.setAttribute("aria-disabled", String(sending));
      start.lastChild.textContent = entry && entry.kind === "failed" ? "Try again" : "Export";
    }

    return { node, update };
  }

  Object.assign(fallLine, { createExportList, createExportAction });
})(window);
