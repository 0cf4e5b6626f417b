// Gradient noise on the Explore page: the panel in the rail, and what is told of noise beside the plots.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, change, props, tell } = fallLine.explore;
  const GREATEST_SEED = 999_999;
  const NUMBERS = ["sigma", "batch", "seeds"];

  // Whether the surface itself is another one: the mean of shifted copies.
  function averaged(experiment) {
    return experiment.noise === "minibatch";
  }

  function choose(kind) {
    if (page.catalogue === null || !kind || kind === page.experiment.noise) return;
    const next = { ...page.experiment, noise: kind };
    show(kind);
    change(next, "noise", { contour: averaged(page.experiment) || averaged(next) });
  }

  // Which of the panel's numbers mean something.
  function show(kind) {
    const panel = document.getElementById("noise-panel");
    if (panel) panel.dataset.noise = kind;
  }

  function newSeed() {
    const seed = Math.floor(Math.random() * (GREATEST_SEED + 1));
    change({ ...page.experiment, seed }, "seed");
    syncSeed();
  }

  function syncSeed() {
    props({ type: "field", key: "seed" }, { value: String(page.experiment.seed) });
  }

  function sync() {
    const { noise, return_best: checked } = page.experiment;
    props("noise-kind", { value: noise });
    props("return-best", { checked });
    show(noise);
    NUMBERS.forEach((key) => fallLine.explore.syncNumber("experiment", key));
    syncSeed();
  }

  // What the server says of the noise, beside what it belongs to.
  function follow({ words, median, surface, fewer }) {
    tell("noise-words", words);
    tell("outcomes-caption", median);
    tell("surface-note", surface && `Surface: ${surface}`);
    tell("fewer-seeds", fewer);
  }

  function returnBest(checked) {
    if (page.catalogue === null || checked === page.experiment.return_best) return;
    change({ ...page.experiment, return_best: checked }, "return best");
  }

  // Under minibatches σ moves the copies, and with them the surface.
  function movesSurface(key) {
    return key === "sigma" && averaged(page.experiment);
  }

  Object.assign(fallLine.explore, { noise: { choose, newSeed, sync, follow, returnBest, movesSurface } });
})(window);
