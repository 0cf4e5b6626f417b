// The page of one experiment in a file of its own: all numbers are in the document, nothing is asked for.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const RESTED = 150; // ms after which a plot follows a new size
  const KEYS = {
    " ": (player) => player.toggle(),
    ArrowLeft: (player) => player.forward(-1),
    ArrowRight: (player) => player.forward(1),
    Home: (player) => player.seek(0),
    End: (player) => player.seek(player.clock.steps),
  };

  const place = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(place(id).textContent);
  const data = read("data");

  const page = {
    experiment: read("experiment"),
    answer: data.answer,
    paths: fallLine.paths.unpack(data.answer),
    curves: null, // the loss plot's polylines, if it is shown
    highlight: null,
    theme: document.documentElement.getAttribute("data-mantine-color-scheme"),
    zoomed: false, // whether the reader has chosen what is in view
  };
  const parts = {};
  const palette = () => data.palettes[page.theme];

  // ---- the surface ----

  function startMark() {
    const [x, y] = page.experiment.start;
    const { ink } = palette();
    const marker = { symbol: "circle-open", size: 17, color: ink, line: { width: 2.5, color: ink } };
    return { type: "scatter", x: [x], y: [y], mode: "markers", marker, hoverinfo: "skip", showlegend: false };
  }

  function ranges(graph) {
    const { xaxis, yaxis } = graph._fullLayout || {};
    if (page.zoomed) return [xaxis.range, yaxis.range];
    const { l, r, t, b } = data.figures[page.theme].layout.margin;
    const [width, height] = [graph.clientWidth - l - r, graph.clientHeight - t - b];
    const [xLow, xHigh, yLow, yHigh] = fallLine.geometry.fitted(data.view, Math.max(50, width), Math.max(50, height));
    return [[xLow, xHigh], [yLow, yHigh]];
  }

  // The contour in the present theme; the grid stands in the document once for both.
  function drawSurface(graph) {
    const { data: [contour, minima], layout } = data.figures[page.theme];
    const [x, y] = ranges(graph);
    const axes = { xaxis: { ...layout.xaxis, range: x }, yaxis: { ...layout.yaxis, range: y } };
    const home = { name: "home", title: "The whole view", icon: root.Plotly.Icons.home, click: goHome };
    return root.Plotly.react(graph, [{ ...contour, ...data.grid }, minima, startMark()], { ...layout, ...axes }, {
      scrollZoom: true,
      responsive: true,
      displaylogo: false,
      doubleClick: false,
      modeBarButtons: [["zoomIn2d", "zoomOut2d", home]],
    });
  }

  function goHome() {
    page.zoomed = false;
    drawSurface(place("surface-plot"));
  }

  // ---- paths and losses ----

  function order() {
    const shown = page.experiment.runs.map((run, k) => (run.hidden ? -1 : k)).filter((k) => k >= 0);
    const top = page.highlight;
    return top === null ? shown : [...shown.filter((k) => k !== top), top];
  }

  function scene(polylines) {
    const { steps, ends, stopped } = page.paths;
    const styles = page.experiment.runs.map((run) => run.style);
    const { highlight } = page;
    const { time } = parts.player.clock;
    const lineWidth = data.line_width;
    return { polylines, steps, time, ends, stopped, styles, order: order(), highlight, palette: palette(), lineWidth };
  }

  function drawAll(fresh) {
    parts.plot.draw(scene(page.paths.points), fresh);
    if (page.curves !== null) parts.losses.draw(scene(page.curves), fresh);
  }

  function followLosses() {
    if (!parts.losses) return;
    const { polylines, caption } = parts.losses.setPaths(page.paths, order(), page.experiment.loss_axis);
    page.curves = polylines;
    place("loss-caption").textContent = caption;
  }

  function swatches() {
    for (const canvas of document.querySelectorAll("canvas.swatch")) {
      fallLine.styles.swatch(canvas, Number(canvas.dataset.style), palette());
    }
  }

  // ---- the list of runs and the table ----

  function runRow(run, index) {
    const row = document.createElement("li");
    Object.assign(row, { className: "run" });
    row.dataset.run = index;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "run-toggle" });
    const swatch = document.createElement("canvas");
    Object.assign(swatch, { className: "swatch", width: 44, height: 32 });
    swatch.dataset.style = run.style;
    button.append(swatch, text("run-name", data.answer.reports[index].name), text("run-values", values(index)));
    button.addEventListener("click", () => toggleRun(index));
    row.append(button);
    return row;
  }

  function text(className, content) {
    const made = document.createElement("span");
    return Object.assign(made, { className, textContent: content });
  }

  function values(index) {
    const { hypers } = page.experiment.runs[index];
    return data.symbols[index].map(([key, symbol]) => `${symbol}\u00a0${fallLine.scales.written(hypers[key])}`).join("  ");
  }

  function showRuns() {
    const { runs } = page.experiment;
    for (const row of place("runs").children) {
      const { hidden } = runs[Number(row.dataset.run)];
      const title = hidden ? "Show this run" : "Hide this run";
      row.classList.toggle("run-hidden", hidden);
      Object.assign(row.firstChild, { title, ariaPressed: String(!hidden) });
    }
    fallLine.outcomes.fill(place("outcomes-body"), data.answer.reports, runs);
    swatches();
  }

  function toggleRun(index) {
    const run = page.experiment.runs[index];
    run.hidden = !run.hidden;
    fallLine.explore.highlight(null);
    showRuns();
    followLosses();
    drawAll(true);
  }

  function watchRows() {
    const rowOf = (target) => (target instanceof Element ? target.closest("[data-run]") : null);
    document.addEventListener("pointerover", ({ target }) => {
      const row = rowOf(target);
      if (row) fallLine.explore.highlight(Number(row.dataset.run));
    });
    document.addEventListener("pointerout", ({ target, relatedTarget }) => {
      const row = rowOf(target);
      if (row && rowOf(relatedTarget) !== row) fallLine.explore.highlight(null);
    });
  }

  // ---- the player ----

  let frames = 0;
  function onFrame(clock) {
    drawAll(false);
    frames += 1;
    if (frames % 6 === 0 || !clock.playing) showClock(clock);
  }

  function showClock(clock) {
    const step = Math.floor(clock.time);
    Object.assign(place("scrub"), { max: clock.steps, value: step });
    place("counter").textContent = `${step} / ${clock.steps}`;
  }

  function onPlayerChange(clock) {
    const title = clock.playing ? "Pause (space)" : "Play (space)";
    Object.assign(place("play"), { title, ariaLabel: title });
    place("play").classList.toggle("playing", clock.playing);
    showClock(clock);
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    if (event.target.closest("input, select") || (event.key === " " && event.target.closest("button, label, summary"))) return;
    event.preventDefault();
    KEYS[event.key](parts.player);
  }

  function connectPlayer() {
    const { player } = parts;
    player.setSteps(page.paths.steps);
    place("play").addEventListener("click", player.toggle);
    place("back").addEventListener("click", () => player.forward(-1));
    place("forward").addEventListener("click", () => player.forward(1));
    place("scrub").addEventListener("input", (event) => player.seek(Number(event.target.value)));
    place("speed").addEventListener("change", (event) => (player.clock.speed = Number(event.target.value)));
    place("loop").addEventListener("change", (event) => (player.clock.loop = event.target.checked));
    document.addEventListener("keydown", onKey);
  }

  // ---- the whole ----

  function switchTheme() {
    page.theme = page.theme === "dark" ? "light" : "dark";
    document.documentElement.setAttribute("data-mantine-color-scheme", page.theme);
    drawSurface(place("surface-plot"));
    swatches();
    drawAll(true);
  }

  function watchSize(graph) {
    const follow = fallLine.afterRest(() => drawSurface(graph), RESTED);
    new ResizeObserver(follow).observe(graph);
  }

  async function startSurface() {
    const graph = place("surface-plot");
    await drawSurface(graph);
    parts.plot = fallLine.createSurfacePlot(graph, place("readout"), {
      onView: (view) => (view === null ? goHome() : (page.zoomed = true)),
      onHover: fallLine.explore.hover,
    });
    watchSize(graph);
  }

  async function startLosses() {
    const graph = place("loss-plot");
    if (graph.closest("[hidden]")) return;
    await root.Plotly.newPlot(graph, data.losses.data, data.losses.layout, { displayModeBar: false, responsive: true });
    parts.losses = fallLine.createLossPlot(graph, { onHover: fallLine.explore.hover });
  }

  async function start() {
    parts.player = fallLine.createPlayer({ onFrame, onChange: onPlayerChange });
    connectPlayer();
    place("runs").append(...page.experiment.runs.map(runRow));
    showRuns();
    await startSurface();
    await startLosses();
    followLosses();
    const { step } = page.experiment;
    parts.player.seek(step === null ? page.paths.steps : step);
    drawAll(true);
    watchRows();
    place("theme").addEventListener("click", switchTheme);
    document.documentElement.dataset.ready = "";
  }

  document.addEventListener("DOMContentLoaded", start);
  fallLine.explore = { page, parts, drawAll }; // what explorehover.js, which comes next, works on
})(window);
