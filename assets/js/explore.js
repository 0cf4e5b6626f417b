// The Explore page: holds the live experiment, asks the server through the gate, and hands answers to the plots.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const TABLE_EVERY = 90; // ms between updates of table and loss curves while something is dragged
  const SETTLED = 350; // ms of rest before the address and the summary follow
  const LANES = 3;
  const FARTHEST = 1e6; // no view reaches further

  const page = {
    experiment: null, // as the controls have it
    good: null, // the last one the server could draw
    catalogue: null,
    paths: null,
    answer: null,
    unfolded: new Set(),
    highlight: null,
    nudges: new Map(), // see syncNumber
    focus: null, // what is to have the focus once the list of runs is built anew
    decisions: 0, // counts edits of the list of runs, each of which Back takes back by itself
    typing: null, // the field whose text was last taken; a refused text stays there to be mended
    moved: new Map(), // what a drag has moved past Dash: element id -> how Dash is told
    wants: { contour: false, structure: false }, // what must be drawn anew once the server has accepted
    curves: null, // the loss plot's polylines {runs, fan}, once it has followed the paths
    base: null, // learning rates from which linked ones move
    why: "open",
    panel: null, // which surface's numbers the rail shows, see panelOf
    published: null, // the name of the published experiment that this one began as
    opening: "", // what was wrong with the link or file that led here
    shown: null, // what the reader has zoomed to, where the experiment's view must be wider to hold the start
    apart: [], // runs that a slider moves: drawn above the others, which need not be drawn anew
    lossesMoved: false, // whether provisional paths have losses that can be drawn
    provisional: false, // whether the paths come from a sheet and wait for the exact answer
    revision: 0, // grows when the view is set by anything but the reader's own zoom
    query: "",
  };
  const parts = {};
  const { ask } = fallLine;

  const props = (id, values) => root.dash_clientside.set_props(id, values);
  const palette = () => page.catalogue.palettes[fallLine.theme.current()];
  const surface = () => page.catalogue.surfaces[page.experiment.surface];
  const graphOf = (id) => document.querySelector(`#${id} .js-plotly-plot`);

  // ---- asking ----

  // A gate belongs to one visit of the page: an answer that comes after the reader has left is dropped.
  function pathsGate() {
    const gate = fallLine.createGate({ send: askPaths, lanes: LANES });
    async function askPaths(lane, sequence, experiment) {
      const answer = await ask("explore/paths", experiment);
      if (gate !== parts.gate) return undefined;
      if (answer === null) return parts.connection.lose();
      if (!gate.settle(lane, sequence)) return parts.settle();
      return answer.problem ? refuse(answer.problem, experiment) : accept(answer, experiment);
    }
    return gate;
  }

  function contourGate() {
    const gate = fallLine.createGate({ send: askContour });
    async function askContour(lane, sequence, request) {
      const figure = await ask("explore/contour", request);
      if (gate !== parts.contourGate || !mounted()) return undefined;
      if (figure === null) return parts.connection.lose();
      if (figure.problem) tell("problem", figure.problem);
      else await root.Plotly.react(parts.graph, figure.data, figure.layout, parts.graph._context);
      return gate.settle(lane, sequence);
    }
    return gate;
  }

  function contourRequest() {
    const experiment = page.provisional || page.good === null ? page.experiment : page.good;
    const { surface: key, parameters, levels, view, noise, sigma } = experiment;
    const { width, height } = parts.plot.size();
    const room = page.catalogue.margin;
    const inner = [Math.max(50, width - room.l - room.r), Math.max(50, height - room.t - room.b)];
    const shown = fallLine.geometry.fitted(page.shown || view || page.catalogue.surfaces[key].domain, ...inner)
      .map((edge) => Math.min(FARTHEST, Math.max(-FARTHEST, edge)));
    const theme = fallLine.theme.current();
    const asked = { surface: key, parameters, levels, view: shown, noise, sigma };
    return { ...asked, width: inner[0], theme, revision: page.revision };
  }

  // The one way to change the experiment. `contour` and `structure` say what else must be drawn anew.
  // `whole` is for an experiment that comes with everything that is said of it; `number` is the one that has moved.
  function change(given, why, { contour = false, structure = false, whole = false, number = null } = {}) {
    const next = whole ? given : fallLine.explore.tuning.honest(page.experiment, given);
    page.experiment = next;
    const decision = structure && why !== "return";
    if (decision) page.decisions += 1;
    page.why = decision ? `${why} ${page.decisions}` : why;
    if (why !== "open") page.opening = "";
    parts.plot.setStart(next.start);
    page.wants = { contour: contour || page.wants.contour, structure: structure || page.wants.structure };
    if (number === null || !fallLine.explore.sheets.draw(number)) parts.gate.request(next);
    return next;
  }

  function rebuild() {
    page.base = null;
    fallLine.explore.sheets.leave();
    const panel = fallLine.explore.formula.panelOf(page.good);
    const surface = page.panel !== panel;
    page.panel = panel;
    props("structure", { data: { experiment: page.good, unfolded: [...page.unfolded], surface } });
  }

  // What else an accepted experiment changes. Not before: a list of runs is built only for what the server can use.
  function follow() {
    const { contour, structure } = page.wants;
    page.wants = { contour: false, structure: false };
    if (contour) parts.contourGate.request(contourRequest());
    if (structure) rebuild();
  }

  // Another experiment as a whole: from the menu, a file, or the history.
  async function load(experiment, why, published = null) {
    if (!(await fallLine.explore.formula.known(experiment.surface))) return;
    page.published = published;
    page.shown = null;
    page.revision += 1;
    page.unfolded.clear();
    page.highlight = null;
    const step = experiment.step;
    change({ ...experiment, step: null }, why, { contour: true, structure: true, whole: true });
    parts.player.setSteps(experiment.steps);
    parts.player.seek(step === null || step === undefined ? experiment.steps : step);
    fallLine.explore.syncFields();
  }

  // ---- drawing ----

  function order() {
    const shown = page.experiment.runs.map((run, k) => (run.hidden ? -1 : k)).filter((k) => k >= 0 && k < page.paths.runs);
    const top = page.highlight;
    return top === null || !shown.includes(top) ? shown : [...shown.filter((k) => k !== top), top];
  }

  // `polylines` are those of the runs, `fan` those of all seeds if there are several.
  function scene(polylines, fan) {
    return {
      polylines,
      fan: fan && { polylines: fan, seeds: page.paths.fan.seeds, ends: page.paths.fan.ends },
      kept: page.paths.kept,
      steps: page.paths.steps,
      time: parts.player.clock.time,
      ends: page.paths.ends,
      stopped: page.paths.stopped,
      styles: page.experiment.runs.map((run) => run.style),
      order: order(),
      highlight: page.highlight,
      apart: page.highlight === null ? page.apart : [],
      palette: palette(),
    };
  }

  function draw(fresh) {
    if (page.paths === null) return;
    const drawn = parts.plot.draw(scene(page.paths.points, page.paths.fan?.points), fresh);
    if (drawn) performance.mark("fallline:drawn");
  }

  function drawLosses(fresh) {
    // Losses on another surface wait for the server: they are heights over another floor.
    const wait = page.provisional && !page.lossesMoved;
    if (page.paths === null || wait || (page.curves === null && !fresh)) return;
    if (fresh) {
      const { polylines, fan, caption } = parts.losses.setPaths(page.paths, order(), page.experiment.loss_axis);
      page.curves = { runs: polylines, fan };
      tell("loss-caption", caption);
    }
    parts.losses.draw(scene(page.curves.runs, page.curves.fan), fresh);
  }

  function drawAll(fresh) {
    draw(fresh);
    drawLosses(fresh);
  }

  function swatches() {
    for (const canvas of document.querySelectorAll("canvas.swatch")) {
      fallLine.styles.swatch(canvas, Number(canvas.dataset.style), palette());
    }
  }

  function accept(answer, experiment) {
    page.good = experiment;
    page.answer = answer;
    page.paths = fallLine.paths.unpack(answer);
    page.curves = null;
    page.provisional = false;
    if (page.paths.runs === page.experiment.runs.length) {
      parts.player.setSteps(page.paths.steps);
      draw(true);
      parts.table();
    }
    if (page.good === page.experiment) follow();
    fallLine.explore.tuning.follow(page.experiment);
    fallLine.explore.formula.follow(answer);
    fallLine.inspector.follow();
    fallLine.explore.sheets.follow();
    tell("problem", page.opening);
    parts.settle();
  }

  // What the server can't use is not taken over: the message says why, the picture and the experiment stay.
  function refuse(problem, experiment) {
    tell("problem", problem);
    if (page.good === null || page.experiment !== experiment) return;
    page.wants = { contour: false, structure: false };
    page.experiment = page.good;
    fallLine.explore.sheets.takeBack();
    parts.plot.setStart(page.good.start);
    page.moved.forEach((sync, id) => id !== page.typing && sync());
  }

  function mounted() {
    return Boolean(parts.graph && parts.graph.isConnected);
  }

  function tell(id, text) {
    const place = document.getElementById(id);
    if (!place) return;
    if (place.textContent !== text) place.textContent = text;
    place.hidden = text === "";
  }

  function showTable() {
    const body = document.getElementById("outcomes-body");
    const { runs } = page.experiment;
    if (page.answer.reports.length !== runs.length) return;
    if (fallLine.outcomes.fill(body, page.answer.reports, runs)) swatches();
    fallLine.explore.noise.follow(page.answer.noise);
    fallLine.explore.schedules.draw();
    drawLosses(true);
    showClock(parts.player.clock);
    fallLine.explore.sheets.showWaiting();
  }

  function settled() {
    if (!parts.gate.idle() || page.answer === null || page.provisional) return;
    document.getElementById("summary").textContent = page.answer.summary;
    page.query = page.answer.query;
    parts.history.commit(page.query, page.good, page.why, page.published);
    const moved = [...page.moved.values()];
    page.moved.clear();
    moved.forEach((sync) => sync());
    fallLine.explore.sheets.follow();
  }

  // ---- the player ----

  let frames = 0;
  function onFrame(clock) {
    draw(false);
    drawLosses(false);
    fallLine.inspector.follow();
    frames += 1;
    if (frames % 6 === 0 || !clock.playing) showClock(clock);
  }

  function showClock(clock) {
    const step = Math.floor(clock.time);
    Object.assign(parts.scrub, { max: clock.steps, value: step });
    document.getElementById("player-counter").textContent = `${step} / ${clock.steps}`;
  }

  function onPlayerChange(clock) {
    const [label, className] = clock.playing ? ["Pause (space)", "icon-button playing"] : ["Play (space)", "icon-button"];
    props("player-play", { className, title: label, "aria-label": label });
    showClock(clock);
    fallLine.inspector.follow();
  }

  Object.assign(fallLine, {
    explore: {
      page, parts, props, surface, graphOf, mounted, pathsGate, contourGate, contourRequest, change, rebuild, load,
      draw, drawAll, drawLosses, swatches, showTable, showClock, settled, onFrame, onPlayerChange, tell, TABLE_EVERY, SETTLED,
    },
  });
})(window);
