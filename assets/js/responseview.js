// What of a response experiment is looked at: the chosen run, the epochs shown, curves or small plots.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const WORDS = {
    curves: "",
    methods: "every method at its defaults on this signal; click one to open it",
    signals: "these runs on every signal; click one to open it",
    run: "the run chosen below on every signal; click one to open it",
  };

  // `after` with the run chosen that was chosen in `before`, wherever it has been moved to.
  function following(before, after) {
    if (before.runs === after.runs) return after;
    const place = after.runs.indexOf(before.runs[before.chosen - 1]);
    const chosen = place < 0 ? Math.min(after.chosen, after.runs.length) : place + 1;
    return chosen === after.chosen ? after : { ...after, chosen };
  }

  // A window of epochs as the experiment keeps it: hundredths of an epoch, none beyond the ends, or null for all of them.
  function epochsOf([low, high], last) {
    if (low <= 0 && high >= last) return null;
    return [Math.max(0, Math.floor(100 * low) / 100), Math.min(last, Math.ceil(100 * high) / 100)];
  }

  const windowOf = (epochs, last) => epochs || [0, last];

  // Shows the plot or the small plots.
  function showView() {
    const { page, parts, tell, drawAll } = fallLine.response;
    const { view } = page;
    parts.host.hidden = view !== "curves";
    document.getElementById("response-grid").hidden = view === "curves";
    document.querySelector(".zoom").hidden = view !== "curves";
    tell("response-plot-text", WORDS[view]);
    if (view === "curves") drawAll();
    else parts.grid.refresh();
  }

  // Keeps the window in the experiment, once the hand rests.
  function keepWindow() {
    const { page, mounted, change } = fallLine.response;
    if (!mounted()) return;
    const epochs = epochsOf(page.window, page.catalogue.epochs - 1);
    if (JSON.stringify(epochs) !== JSON.stringify(page.experiment.epochs)) change({ ...page.experiment, epochs }, "zoom");
  }

  fallLine.responseView = { following, epochsOf, windowOf, showView, keepWindow };
  if (typeof module !== "undefined") module.exports = { following, epochsOf, windowOf };
})(typeof window === "undefined" ? globalThis : window);
