// The table under the plot: one row a run, its numbers and what became of it.
(function (root) {
  "use strict";

  // What the cells of a report show; a step that doesn't exist is a dash.
  function cells(report) {
    const best = report.best_step < 0 ? "—" : `${report.best_loss} at ${report.best_step}`;
    const reached = report.steps_to_tolerance === null ? "—" : String(report.steps_to_tolerance);
    return [report.final_loss, best, reached, report.path_length];
  }

  function element(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    if (text !== null) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  function row(report, run, index) {
    const made = element("tr", null, { "data-run": index, class: run.hidden ? "run-hidden" : "" });
    const head = element("th", null, { scope: "row" });
    head.append(element("canvas", null, { class: "swatch", width: 44, height: 32, "data-style": run.style }));
    head.append(element("span", report.name));
    made.append(head, element("td", report.outcome, { class: `outcome-${report.kind}`, title: report.sentence }));
    made.append(...cells(report).map((text) => element("td", text)));
    return made;
  }

  // Rows are replaced only when their number changes; otherwise their texts are, so that a drag costs little.
  function fill(body, reports, runs) {
    const fresh = reports.map((report, index) => row(report, runs[index], index));
    if (body.rows.length !== fresh.length) {
      body.replaceChildren(...fresh);
      return true;
    }
    let changed = false;
    fresh.forEach((made, index) => {
      const old = body.rows[index];
      if (old.outerHTML === made.outerHTML) return;
      changed = true;
      old.replaceWith(made);
    });
    return changed;
  }

  root.fallLine = Object.assign(root.fallLine || {}, { outcomes: { cells, fill } });
  if (typeof module !== "undefined") module.exports = { cells };
})(typeof window === "undefined" ? globalThis : window);
