// What happens under the pointer on the Explore page: the run that is meant stands out, and a tip tells its numbers.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, drawAll } = fallLine.explore;

  // Numbers are told of exact paths only, see sheets.
  function hover(under, event) {
    const found = page.provisional ? null : under;
    const run = found === null ? null : found.run;
    const tip = document.getElementById("tooltip");
    tip.hidden = found === null;
    if (found !== null) showTip(tip, found, event);
    highlight(run);
    fallLine.inspector?.hover(found); // a page in a file of its own has none
  }

  function highlight(wanted) {
    const run = wanted !== null && page.experiment.runs[wanted]?.hidden ? null : wanted;
    if (run === page.highlight) return;
    page.highlight = run;
    for (const row of document.querySelectorAll("[data-run]")) {
      row.classList.toggle("run-highlight", run !== null && Number(row.dataset.run) === run);
    }
    drawAll(true);
  }

  function showTip(tip, { run, step }, event) {
    const { shortly } = fallLine.scales;
    const at = 2 * (run * (page.paths.steps + 1) + step);
    const [x, y] = [page.paths.points[at], page.paths.points[at + 1]];
    const loss = shortly(fallLine.paths.lossAt(page.paths, run, step));
    const name = page.answer.reports[run].name;
    tip.textContent = `${name}\nstep ${step}   loss ${loss}\nx ${shortly(x)}   y ${shortly(y)}`;
    const left = event.clientX + 16 + 200 > root.innerWidth ? event.clientX - 190 : event.clientX + 16;
    Object.assign(tip.style, { left: `${left}px`, top: `${Math.min(event.clientY + 14, root.innerHeight - 80)}px` });
  }

  Object.assign(fallLine.explore, { hover, highlight });
})(window);
