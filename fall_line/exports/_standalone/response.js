// The page of answers to a signal in a file of its own: all numbers are in the document, nothing is asked for.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { place, read, theme, runRow, showHidden, watchRows } = fallLine.controls;
  const { zoomed } = fallLine.responseAxes;
  const data = read("data");
  const experiment = read("experiment");
  const last = data.answer.epochs - 1;

  function rows(base64) {
    const all = fallLine.paths.floats(base64);
    return Array.from({ length: all.length / (last + 1) }, (_, k) => all.subarray(k * (last + 1), (k + 1) * (last + 1)));
  }

  const page = {
    experiment,
    answer: {
      ...data.answer,
      signal: rows(data.answer.signal)[0],
      updates: rows(data.answer.updates),
      memory: data.answer.memory.map(({ symbols, values }) => ({ symbols, values: rows(values) })),
      explore: experiment.runs.map(() => null), // there is no other page to go to
    },
    chosen: experiment.chosen - 1,
    epoch: last,
    window: experiment.epochs || [0, last],
    highlight: null,
  };
  const parts = {};
  const palette = () => data.palettes[theme()];
  const swatches = () => fallLine.controls.swatches(palette());

  function tell(id, text) {
    place(id).textContent = text;
  }

  function order() {
    const shown = experiment.runs.map((run, k) => (run.hidden ? -1 : k)).filter((k) => k >= 0);
    const top = page.highlight;
    return top === null || !shown.includes(top) ? shown : [...shown.filter((k) => k !== top), top];
  }

  function draw() {
    const { signal, updates, memory, names, epochs } = page.answer;
    const { chosen, epoch, window, highlight } = page;
    const styles = experiment.runs.map((run) => run.style);
    parts.plot.draw({
      signal, updates, memory, names, epochs, chosen, epoch, window, highlight, styles, drawing: experiment.signal === "drawn",
      reach: data.reach, order: order(), palette: palette(), lineWidth: data.line_width,
    });
  }

  // The cursor goes where the player's clock stands.
  function follow(clock) {
    page.epoch = Math.floor(clock.time);
    parts.plot.moveCursor(page.epoch);
    fallLine.fillReadings();
  }

  function onHover(epoch, run) {
    if (epoch !== page.epoch && !parts.player.clock.playing) parts.player.seek(epoch);
    highlight(run);
  }

  function highlight(wanted) {
    const run = wanted !== null && experiment.runs[wanted].hidden ? null : wanted;
    if (run === page.highlight) return;
    page.highlight = run;
    draw();
  }

  function choose(run) {
    page.chosen = run;
    draw();
    fallLine.fillReadings();
  }

  function setWindow(window) {
    page.window = window;
    draw();
  }

  function toggleRun(index) {
    const run = experiment.runs[index];
    run.hidden = !run.hidden;
    page.highlight = null;
    showHidden(experiment.runs);
    fallLine.fillReadings();
    draw();
  }

  function switchTheme() {
    fallLine.controls.switchTheme();
    swatches();
    draw();
  }

  function connectZoom() {
    const about = () => Math.min(page.window[1], Math.max(page.window[0], page.epoch));
    place("zoom-in").addEventListener("click", () => setWindow(zoomed(page.window, 0.5, about(), last)));
    place("zoom-out").addEventListener("click", () => setWindow(zoomed(page.window, 2, about(), last)));
    place("all-epochs").addEventListener("click", () => setWindow([0, last]));
  }

  function start() {
    const host = place("response-plot");
    parts.plot = fallLine.createResponsePlot(host, { onHover, onChoose: choose, onWindow: setWindow });
    parts.player = fallLine.controls.startPlayer(last, follow);
    const { names } = page.answer;
    place("runs").append(...experiment.runs.map((run, k) => runRow(run, k, names[k], data.symbols[k], toggleRun)));
    showHidden(experiment.runs);
    draw();
    parts.player.seek(last);
    swatches();
    connectZoom();
    watchRows(highlight);
    place("theme").addEventListener("click", switchTheme);
    new ResizeObserver(draw).observe(host);
    document.documentElement.dataset.ready = "";
  }

  document.addEventListener("DOMContentLoaded", start);
  fallLine.response = { page, parts, tell, swatches, choose }; // what responsereadings.js works on
})(window);
