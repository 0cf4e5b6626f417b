// What Dash calls on the Response page: one short function for each clientside callback.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const the = () => fallLine.response;
  const none = () => root.dash_clientside.no_update;
  const ZOOMED = 200; // ms of rest before the experiment follows a zoom
  const trigger = () => root.dash_clientside.callback_context.triggered_id;

  // Waits until Dash has built the slowest piece, then starts the page.
  let newest = null;
  function attempt(opening, catalogue) {
    const host = document.getElementById("response-plot");
    if (opening !== newest || !host) return;
    if (document.querySelector("#response-open-file input")) {
      newest = null;
      start(opening, catalogue, host);
    } else setTimeout(() => attempt(opening, catalogue), 20);
  }

  function start(opening, catalogue, host) {
    const { page, parts, ...response } = the();
    const last = catalogue.epochs - 1;
    Object.assign(page, { catalogue, experiment: opening.experiment, good: null, answer: null, published: opening.published });
    page.window = fallLine.responseView.windowOf(page.experiment.epochs, last);
    Object.assign(page, { highlight: null, epoch: last, typing: null, why: "open" });
    [page.unfolded, page.moved, page.nudges].forEach((one) => one.clear());
    parts.host = host;
    parts.gate = response.answersGate();
    parts.table = fallLine.throttled(fallLine.fillReadings, response.TABLE_EVERY);
    parts.settle = fallLine.afterRest(response.settled, response.SETTLED);
    parts.zoomed = fallLine.afterRest(fallLine.responseView.keepWindow, ZOOMED);
    parts.plot = fallLine.createResponsePlot(host, { onHover: hover, onChoose: response.choose, onWindow: response.setWindow });
    parts.pad = fallLine.createPad(host, parts.plot);
    parts.grid = fallLine.createGrid(document.getElementById("response-grid"));
    parts.history = fallLine.createHistory({
      isHere: () => host.isConnected,
      onReturn: (experiment, published) => response.load(experiment, "return", published),
    });
    scrubber(last);
    fallLine.listenToRuns();
    connect();
    response.change(page.experiment, "open");
    page.opening = opening.problems.join(" ");
    response.tell("problem", page.opening);
    response.tellSignal();
    fallLine.responseView.showView();
    response.swatches();
    new ResizeObserver(() => host.isConnected && response.drawAll()).observe(host);
  }

  function hover(epoch, run) {
    const { page, seek, highlight } = the();
    if (epoch !== page.epoch) seek(epoch);
    highlight(run);
  }

  // A native slider that moves the cursor, for keyboard and finger.
  function scrubber(last) {
    const input = document.createElement("input");
    Object.assign(input, { type: "range", min: 0, max: last, step: 1, value: last, className: "scrub" });
    input.setAttribute("aria-label", "Epoch");
    input.addEventListener("input", () => the().seek(Number(input.value)));
    document.getElementById("response-epoch").replaceChildren(input);
    fallLine.openFile.name("response-open-file");
  }

  function connect() {
    const { page, parts, tell, mounted, change } = the();
    if (parts.connection) return;
    parts.connection = fallLine.createConnection({
      waiting: () => (mounted() ? parts.gate.waiting() : 0),
      onBusy: (busy) => mounted() && tell("working", busy ? "Working…" : ""),
      onLost: () => tell("connection", "The server does not answer. Your experiment is safe in this page; trying again…"),
      onBack: () => {
        tell("connection", "");
        if (!mounted()) return;
        parts.gate.reset();
        change(page.experiment, page.why, { structure: true });
      },
    });
  }

  // What stands before the first stroke: the drawing of before, or the signal that was shown.
  function drawing() {
    const { page } = the();
    if (page.drawn) return page.drawn;
    const { reach, epochs } = page.catalogue;
    return Array.from({ length: epochs }, (_, k) => fallLine.keptGradient(page.answer ? page.answer.signal[k] : 0, reach));
  }

  // The name under which these runs are published with this signal, or null.
  function publishedAs(experiment) {
    const { published } = the().page.catalogue;
    const runs = JSON.stringify(experiment.runs.map(({ optimizer, hypers }) => [optimizer, Object.entries(hypers).sort()]));
    const same = ({ experiment: one }) => one.signal === experiment.signal
      && JSON.stringify(one.runs.map(({ optimizer, hypers }) => [optimizer, Object.entries(hypers).sort()])) === runs;
    return Object.keys(published).find((name) => same(published[name])) || null;
  }

  const callbacks = {
    open(opening, catalogue) {
      newest = opening;
      attempt(opening, catalogue);
      return none();
    },

    published(name) {
      const { page, load, mounted } = the();
      const found = mounted() && page.catalogue.published[name];
      const { view, epochs } = page.experiment || {};
      if (found && name !== page.published) load({ ...found.experiment, view, epochs }, `published ${name}`, name);
      return none();
    },

    signal(key) {
      const { page, change, syncChoices, mounted } = the();
      if (!mounted() || !key) return none();
      if (key === fallLine.typedFormula.picked(page.experiment.signal)) return the().formula.leave() || none();
      if (key === fallLine.typedFormula.PREFIX) return the().formula.begin() || none();
      if (page.experiment.drawn) page.drawn = page.experiment.drawn;
      const next = { ...page.experiment, signal: key, drawn: key === "drawn" ? drawing() : null };
      page.published = publishedAs(next);
      change(next, `signal ${key}`);
      syncChoices();
      return none();
    },

    flat(clicks) {
      const { page, change, mounted } = the();
      if (!clicks || !mounted() || !page.experiment.drawn) return none();
      change({ ...page.experiment, drawn: page.experiment.drawn.map(() => 0) }, "flat");
      return none();
    },

    view(view) {
      const { page, change, mounted } = the();
      if (!mounted() || !view || view === page.view) return none();
      change({ ...page.experiment, view }, "view");
      fallLine.responseView.showView();
      return none();
    },

    add(optimizer) {
      const { page, change, mounted } = the();
      if (!mounted() || !optimizer) return none();
      change(fallLine.edit.addRun(page.experiment, optimizer, fallLine.defaults(optimizer)), "add", { structure: true });
      return null;
    },

    copy(clicks) {
      if (clicks) fallLine.copyQuery(the().page.query, the().tell);
      return none();
    },

    opened(data) {
      const { page, load, tell, mounted } = the();
      if (!data || !mounted()) return none();
      fallLine.openFile.forget("response-open-file");
      if (data.experiment) load(data.experiment, "file");
      page.opening = data.problems.join(" ");
      tell("problem", page.opening);
      return none();
    },

    zoom() {
      const { page, setWindow, mounted } = the();
      if (!mounted() || !trigger()) return none();
      const last = page.catalogue.epochs - 1;
      const factor = { "response-zoom-in": 0.5, "response-zoom-out": 2 }[trigger()];
      const middle = (page.window[0] + page.window[1]) / 2;
      const inside = page.epoch >= page.window[0] && page.epoch <= page.window[1];
      setWindow(factor ? fallLine.responseAxes.zoomed(page.window, factor, inside ? page.epoch : middle, last) : [0, last]);
      return none();
    },
  };

  root.dash_clientside = Object.assign(root.dash_clientside || {}, { response: callbacks });
})(window);
