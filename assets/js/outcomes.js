// The table under the plot: one row a run, its numbers and what became of it.
(function (root) {
  "use strict";

  // What the cells of a report show; a step that doesn't exist is a dash.
  function cells(report) {
    const best = report.best_step < 0 ? "—" : `${report.best_loss} at ${report.best_step}`;
    const reached = report.steps_to_tolerance === null ? "—" : String(report.steps_to_tolerance);
    const kept = report.kept_step ?? null;
    const final = kept === null ? report.final_loss : `${report.final_loss} kept from step ${kept}`;
    return [final, best, reached, report.path_length];
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
    made.append(head, ...Array.from({ length: 5 }, () => element("td", "")));
    return made;
  }

  function look(report, run) {
    return `${run.style} ${run.hidden} ${report.name}`;
  }

  function write(cell, text) {
    if (cell.textContent !== text) cell.textContent = text;
  }

  // Puts new texts into the rows that stand; builds rows anew only for other runs. Says whether it did.
  function fill(body, reports, runs) {
    const looks = reports.map((report, index) => look(report, runs[index])).join("\n");
    const fresh = body.dataset.looks !== looks;
    if (fresh) body.replaceChildren(...reports.map((report, index) => row(report, runs[index], index)));
    body.dataset.looks = looks;
    reports.forEach((report, index) => {
      const [, outcome, ...numbers] = body.rows[index].cells;
      write(outcome, report.outcome);
      outcome.className = `outcome-${report.kind}`;
      outcome.title = report.sentence;
      cells(report).forEach((text, k) => write(numbers[k], text));
    });
    return fresh;
  }

  root.fallLine = Object.assign(root.fallLine || {}, { outcomes: { cells, fill } });
  if (typeof module !== "undefined") module.exports = { cells };
})(typeof window === "undefined" ? globalThis : window);
