// The page of one experiment in a file of its own: all numbers are in the document, nothing is asked for.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const RESTED = 150; // ms after which a plot follows a new size
  const { place, read, runRow, showHidden, watchRows } = fallLine.controls;
  const data = read("data");

  const page = {
    experiment: read("experiment"),
    answer: data.answer,
    paths: fallLine.paths.unpack(data.answer),
    curves: null, // the loss plot's polylines {runs, fan}, if it is shown
    highlight: null,
    zoomed: false, // whether the reader has chosen what is in view
  };
  const parts = {};
  const palette = () => data.palettes[fallLine.controls.theme()];

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
    const { l, r, t, b } = data.figures[fallLine.controls.theme()].layout.margin;
    const [width, height] = [graph.clientWidth - l - r, graph.clientHeight - t - b];
    const [xLow, xHigh, yLow, yHigh] = fallLine.geometry.fitted(data.view, Math.max(50, width), Math.max(50, height));
    return [[xLow, xHigh], [yLow, yHigh]];
  }

  // The contour in the present theme; the grid stands in the document once for both.
  function drawSurface(graph) {
    const { data: [contour, minima], layout } = data.figures[fallLine.controls.theme()];
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

  function scene(polylines, fanLines) {
    const { kept } = page.paths;
    const fan = fanLines && { polylines: fanLines, seeds: page.paths.fan.seeds, ends: page.paths.fan.ends };
    const { steps, ends, stopped } = page.paths;
    const styles = page.experiment.runs.map((run) => run.style);
    const { highlight } = page;
    const { time } = parts.player.clock;
    const lineWidth = data.line_width;
    const looks = { styles, order: order(), highlight, palette: palette(), lineWidth };
    return { polylines, fan, kept, steps, time, ends, stopped, ...looks };
  }

  function drawAll(fresh) {
    parts.plot.draw(scene(page.paths.points, page.paths.fan?.points), fresh);
    if (page.curves !== null) parts.losses.draw(scene(page.curves.runs, page.curves.fan), fresh);
  }

  function followLosses() {
    if (!parts.losses) return;
    const { polylines, fan, caption } = parts.losses.setPaths(page.paths, order(), page.experiment.loss_axis);
    page.curves = { runs: polylines, fan };
    place("loss-caption").textContent = caption;
  }

  const swatches = () => fallLine.controls.swatches(palette());

  // ---- the list of runs and the table ----

  function showRuns() {
    const { runs } = page.experiment;
    showHidden(runs);
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

  // ---- the whole ----

  function switchTheme() {
    fallLine.controls.switchTheme();
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
    parts.player = fallLine.controls.startPlayer(page.paths.steps, () => drawAll(false));
    place("runs").append(...page.experiment.runs.map((run, k) => runRow(run, k, data.answer.reports[k].name, data.symbols[k], toggleRun)));
    showRuns();
    await startSurface();
    await startLosses();
    followLosses();
    const { step } = page.experiment;
    parts.player.seek(step === null ? page.paths.steps : step);
    drawAll(true);
    watchRows(fallLine.explore.highlight);
    place("theme").addEventListener("click", switchTheme);
    document.documentElement.dataset.ready = "";
  }

  document.addEventListener("DOMContentLoaded", start);
  fallLine.explore = { page, parts, drawAll }; // what explorehover.js, which comes next, works on
})(window);
