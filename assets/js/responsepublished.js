// The buttons in an unfolded run that set its method's published values.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const BUTTON = ".published-values button";

  // What a button stands for: its run's index, and the values of all hyperparameters.
  function meant(button) {
    const { method, place } = button.dataset;
    return { index: Number(button.closest(".run").dataset.run), hypers: fallLine.response.page.catalogue.settings[method][Number(place)] };
  }

  const same = (one, other) => Object.entries(one).every(([key, value]) => other[key] === value);

  // Presses in the buttons whose values the runs have.
  function mark() {
    const { runs } = fallLine.response.page.experiment;
    for (const button of document.querySelectorAll(BUTTON)) {
      const { index, hypers } = meant(button);
      button.setAttribute("aria-pressed", String(Boolean(runs[index]) && same(hypers, runs[index].hypers)));
    }
  }

  function onClick(event) {
    const button = event.target.closest && event.target.closest(BUTTON);
    if (!button || !fallLine.response.mounted()) return;
    const { page, change, syncNumber } = fallLine.response;
    const { index, hypers } = meant(button);
    change(fallLine.edit.withRun(page.experiment, index, { hypers: { ...hypers } }), `published values ${index}`);
    for (const key of Object.keys(hypers)) syncNumber(`run-${index}`, key);
    mark();
  }

  if (root.document) root.document.addEventListener("click", onClick);
  fallLine.publishedValues = { mark };
  if (typeof module !== "undefined") module.exports = { same };
})(typeof window === "undefined" ? globalThis : window);
