// What Dash calls on the Explore page: one short function for each clientside callback.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const the = () => fallLine.explore;
  const none = () => root.dash_clientside.no_update;
  const trigger = () => root.dash_clientside.callback_context.triggered_id;

  function plotly(id) {
    const graph = the().graphOf(id);
    return graph && graph.on && graph._fullLayout && graph._fullLayout._size ? graph : null;
  }

  // Waits until both graphs stand, then starts the page.
  let newest = null;
  function open(opening, catalogue) {
    newest = opening;
    attempt(opening, catalogue);
    return none();
  }

  function attempt(opening, catalogue) {
    if (opening !== newest || !document.getElementById("surface-plot")) return;
    const [graph, lossGraph] = [plotly("surface-plot"), plotly("loss-plot")];
    if (graph === null || lossGraph === null) {
      setTimeout(() => attempt(opening, catalogue), 20);
      return;
    }
    newest = null;
    start(opening, catalogue, graph, lossGraph);
  }

  function start(opening, catalogue, graph, lossGraph) {
    const { page, parts, ...explore } = the();
    const step = opening.experiment.step;
    Object.assign(page, { catalogue, experiment: { ...opening.experiment, step: null }, paths: null, answer: null });
    page.unfolded.clear();
    explore.tuning.forget();
    explore.sheets.open();
    Object.assign(page, { highlight: null, base: null, why: "open", good: null, published: opening.published, curves: null });
    Object.assign(page, { shown: null, panel: explore.formula.panelOf(page.experiment), typing: null });
    page.moved.clear();
    page.nudges.clear();
    const known = root.history.state && root.history.state.published;
    if (known && page.published === null && catalogue.published[known].surface === page.experiment.surface) {
      page.published = known;
      explore.props("published-choice", { value: known });
    }
    parts.graph = graph;
    parts.gate = explore.pathsGate();
    parts.contourGate = explore.contourGate();
    parts.player = fallLine.createPlayer({ onFrame: explore.onFrame, onChange: explore.onPlayerChange });
    parts.table = fallLine.throttled(explore.showTable, explore.TABLE_EVERY);
    parts.settle = fallLine.afterRest(explore.settled, explore.SETTLED);
    parts.plot = fallLine.createSurfacePlot(graph, document.getElementById("readout"), {
      onStart: setStart,
      onView: setView,
      onHover: explore.hover,
    });
    parts.losses = fallLine.createLossPlot(lossGraph, { onHover: explore.hover });
    parts.scrub = scrubber(parts.player);
    parts.player.clock.steps = page.experiment.steps;
    parts.player.clock.time = step === null ? page.experiment.steps : step;
    parts.history = fallLine.createHistory({
      isHere: () => graph.isConnected,
      onReturn: (experiment, published) => explore.load(experiment, "return", published),
    });
    fallLine.listenToRuns();
    fallLine.oncePerVisit(explore);
    explore.change(page.experiment, "open", { contour: true });
    page.opening = opening.problems.join(" ");
    explore.tell("problem", page.opening);
    explore.swatches();
    watchSize(graph);
  }

  // A native slider, which the player can move at every frame.
  function scrubber(player) {
    const input = document.createElement("input");
    Object.assign(input, { type: "range", min: 0, step: 1, className: "scrub" });
    input.setAttribute("aria-label", "step");
    fallLine.openFile.name("open-file");
    input.addEventListener("input", () => player.seek(Number(input.value)));
    document.getElementById("player-scrub").replaceChildren(input);
    return input;
  }

  function watchSize(graph) {
    const { page, parts, contourRequest } = the();
    const follow = fallLine.afterRest(() => {
      if (!graph.isConnected) return;
      page.revision += 1;
      parts.contourGate.request(contourRequest());
    }, 200);
    let first = true;
    new ResizeObserver(() => (first ? (first = false) : follow())).observe(graph);
  }

  function setStart(point) {
    const { page, parts, change, writeStart } = the();
    const { inside } = fallLine.geometry;
    const allowed = [page.experiment.view, page.catalogue.surfaces[page.experiment.surface].domain];
    const seen = allowed.some((box) => box !== null && inside(box, point));
    // A wide plot shows more than the domain: what is seen there becomes the view, in which a start may lie.
    const beside = !seen && inside(parts.plot.visible(), point);
    const view = beside ? rounded(parts.plot.visible()) : page.experiment.view;
    change({ ...page.experiment, start: point, view }, "start");
    writeStart(point);
  }

  // Without a view the domain is shown; where the start lies outside it, as much more as shows the start too.
  function setView(view) {
    const { page, change, surface } = the();
    const { inside, including } = fallLine.geometry;
    const { domain } = surface();
    const { start } = page.experiment;
    const whole = inside(domain, start) ? null : including(domain, start);
    const chosen = view === null ? whole : view;
    page.shown = view === null ? null : rounded(view);
    const held = view === null || inside(domain, start) || inside(view, start) ? chosen : including(view, start);
    if (view === null) page.revision += 1;
    change({ ...page.experiment, view: held === null ? null : rounded(held) }, "view", { contour: true });
  }

  // As fine as the screen shows it.
  function rounded(view) {
    const extent = view[1] - view[0];
    return view.map((edge) => fallLine.roundedCoordinate(edge, extent));
  }

  const callbacks = {
    open,

    field(text, id) {
      const { page, change, props, tell, typed } = the();
      if (page.catalogue === null) return none();
      const { key } = id;
      const place = { x: 0, y: 1 }[key];
      const value = typed(text);
      const { start } = page.experiment;
      const current = () => (place === undefined ? page.experiment[key] : page.experiment.start[place]);
      const field = JSON.stringify({ key, type: "field" });
      if (value === current()) {
        if (field === page.typing) tell("problem", page.opening);
        return none();
      }
      page.typing = field;
      if (place === undefined) change({ ...page.experiment, [key]: value }, key);
      else setStart(start.map((old, k) => (k === place ? value : old)));
      page.moved.set(field, () => props({ type: "field", key }, { value: fallLine.scales.written(current()) }));
      return none();
    },

    surface(key) {
      const { page, change } = the();
      if (page.catalogue === null || !key) return none();
      if (key === the().formula.picked(page.experiment.surface)) return the().formula.leave() || none();
      if (key === the().formula.PREFIX) return the().formula.begin() || none();
      const chosen = page.catalogue.surfaces[key];
      page.revision += 1;
      page.published = page.shown = null;
      const parameters = Object.fromEntries(Object.entries(chosen.parameters).map(([name, one]) => [name, one.default]));
      const next = fallLine.edit.changeSurface(page.experiment, key, parameters, chosen.start);
      change(next, "surface", { contour: true, structure: true });
      the().syncFields();
      return none();
    },

    published(name) {
      const { page, load } = the();
      const found = page.catalogue && page.catalogue.published[name];
      if (found && name !== page.published) load(found, `published ${name}`, name);
      return none();
    },

    choice(levels, axis, link) {
      const { page, change, drawLosses } = the();
      if (page.catalogue === null) return none();
      const old = page.experiment;
      const next = { ...old, levels, loss_axis: axis, link_learning_rates: link };
      if (old.levels === levels && old.loss_axis === axis && old.link_learning_rates === link) return none();
      page.base = null;
      change(next, "choice", { contour: old.levels !== levels });
      drawLosses(true);
      return none();
    },

    noise(kind) {
      the().noise.choose(kind);
      return none();
    },

    newSeed(clicks) {
      if (clicks && the().page.experiment !== null) the().noise.newSeed();
      return none();
    },

    returnBest(checked) {
      the().noise.returnBest(checked);
      return none();
    },

    add(optimizer) {
      const { page, change } = the();
      if (page.catalogue === null || !optimizer) return none();
      const next = fallLine.edit.addRun(page.experiment, optimizer, fallLine.defaults(optimizer));
      change(next, "add", { structure: true });
      return null;
    },

    play(clicks) {
      if (clicks && the().parts.player) the().parts.player.toggle();
      return none();
    },

    step(back, forward) {
      if ((back || forward) && the().parts.player) the().parts.player.forward(trigger() === "player-back" ? -1 : 1);
      return none();
    },

    pace(speed, loop) {
      const { parts } = the();
      if (parts.player) Object.assign(parts.player.clock, { speed: Number(speed), loop: Boolean(loop) });
      return none();
    },

    tune(clicks, what, criterion) {
      if (clicks && the().page.good !== null) the().tuning.tune(what, criterion);
      return none();
    },

    untune(clicks) {
      if (clicks) the().tuning.untune();
      return none();
    },

    showTuning(clicks) {
      if (clicks) the().tuning.toggle();
      return none();
    },

    copy(clicks) {
      if (clicks) fallLine.copyLink();
      return none();
    },

    async opened(data) {
      if (!data || the().page.catalogue === null) return none();
      fallLine.openFile.forget("open-file");
      if (data.experiment) await the().load(data.experiment, "file");
      the().page.opening = data.problems.join(" ");
      the().tell("problem", data.problems.join(" "));
      return none();
    },
  };

  root.dash_clientside = Object.assign(root.dash_clientside || {}, { explore: callbacks });
})(window);
