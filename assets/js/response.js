// The Response page: holds the live experiment, asks the server through the gate, and draws the answers.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const TABLE_EVERY = 60; // ms between updates of the table while something is dragged
  const SETTLED = 350; // ms of rest before the address follows
  const { ask } = fallLine;

  const page = {
    experiment: null, // as the controls have it
    good: null, // the last one the server could answer
    catalogue: null,
    answer: null, // the last answer, unpacked
    unfolded: new Set(),
    highlight: null,
    epoch: 0, // where the cursor stands
    window: [0, 299], // the epochs that are shown; the experiment follows once the hand rests
    drawn: null, // the last signal drawn by hand, for who returns to it
    nudges: new Map(), // see editnumbers.js
    focus: null, // what is to have the focus once the list of runs is built anew
    decisions: 0, // counts edits of the list of runs, each of which Back takes back by itself
    typing: null, // the field whose text was last taken
    moved: new Map(), // what a drag has moved past Dash: element id -> how Dash is told
    structure: false, // the list of runs must be built anew once the server has accepted
    base: null,
    why: "open",
    published: null, // the name of the published experiment that this is
    opening: "", // what was wrong with the link or file that led here
    query: "",
    get chosen() { return this.experiment.chosen - 1; }, // the run whose memory is shown
    get view() { return this.experiment.view; },
  };
  const parts = {};

  const props = (id, values) => root.dash_clientside.set_props(id, values);
  const palette = () => page.catalogue.palettes[fallLine.theme.current()];
  const mounted = () => Boolean(parts.host && parts.host.isConnected);

  function tell(id, text) {
    const place = document.getElementById(id);
    if (!place) return;
    if (place.textContent !== text) place.textContent = text;
    place.hidden = text === "";
  }

  const floats = (base64) => fallLine.paths.floats(base64);

  function rows(base64, width) {
    const all = floats(base64);
    return Array.from({ length: all.length / width }, (_, k) => all.subarray(k * width, (k + 1) * width));
  }

  function unpacked(answer) {
    const { epochs } = answer;
    const memory = answer.memory.map(({ symbols, values }) => ({ symbols, values: rows(values, epochs) }));
    return { ...answer, signal: floats(answer.signal), updates: rows(answer.updates, epochs), memory };
  }

  // A gate belongs to one visit of the page: an answer that comes after the reader has left is dropped.
  function answersGate() {
    const gate = fallLine.createGate({ send: askAnswers, lanes: 3 });
    async function askAnswers(lane, sequence, experiment) {
      const answer = await ask("response/answers", experiment);
      if (gate !== parts.gate || !mounted()) return undefined;
      if (answer === null) return parts.connection.lose();
      if (!gate.settle(lane, sequence)) return undefined;
      return answer.problem ? refuse(answer.problem, experiment) : accept(answer, experiment);
    }
    return gate;
  }

  // The one way to change the experiment. `structure` says that the list of runs must be built anew.
  function change(next, why, { structure = false } = {}) {
    page.experiment = fallLine.responseView.following(page.experiment, next);
    const decision = structure && why !== "return";
    if (decision) page.decisions += 1;
    page.why = decision ? `${why} ${page.decisions}` : why;
    if (why !== "open") page.opening = "";
    page.structure = structure || page.structure;
    parts.gate.request(page.experiment);
    return page.experiment;
  }

  function rebuild() {
    props("response-structure", { data: { experiment: page.good, unfolded: [...page.unfolded] } });
  }

  // Another experiment as a whole: from the menu, a file, a small plot or the history.
  function load(experiment, why, published = null) {
    page.published = published;
    page.unfolded.clear();
    page.highlight = null;
    page.window = fallLine.responseView.windowOf(experiment.epochs, page.catalogue.epochs - 1);
    change(experiment, why, { structure: true });
    syncChoices();
  }

  function syncChoices() {
    props("response-published", { value: page.published });
    fallLine.response.formula.sync();
    props("response-view", { value: page.view });
    tellSignal();
    fallLine.responseView.showView();
  }

  function tellSignal() {
    const { signal } = page.experiment;
    const { catalogue } = page;
    tell("response-lesson", page.published === null ? "" : catalogue.published[page.published].lesson);
    const hand = "Draw over the gradient with mouse or finger, from −2 to 2. With the keyboard: arrows move the epoch and its value.";
    document.getElementById("response-flat").hidden = signal !== "drawn";
    const listed = catalogue.signals[signal];
    const made = listed ? `g(k) = ${listed.formula}` : ""; // a typed one stands in its field
    tell("response-signal-text", signal === "drawn" ? hand : made);
  }

  function accept(answer, experiment) {
    page.good = experiment;
    page.answer = unpacked(answer);
    if (answer.names.length === page.experiment.runs.length) {
      drawAll();
      parts.table();
      fallLine.publishedValues.mark();
    }
    if (page.good === page.experiment && page.structure) {
      page.structure = false;
      rebuild();
    }
    tell("problem", page.opening);
    parts.settle();
  }

  // What the server can't use is not taken over: the message says why, the picture and the experiment stay.
  function refuse(problem, experiment) {
    tell("problem", problem);
    if (page.good === null || page.experiment !== experiment) return;
    page.structure = false;
    page.experiment = page.good;
    page.moved.forEach((sync, id) => id !== page.typing && sync());
  }

  function order() {
    const shown = page.experiment.runs.map((run, k) => (run.hidden ? -1 : k)).filter((k) => k >= 0);
    const top = page.highlight;
    return top === null || !shown.includes(top) ? shown : [...shown.filter((k) => k !== top), top];
  }

  function scene() {
    const { signal, updates, memory, names, epochs } = page.answer;
    const { chosen, epoch, window, highlight, experiment, catalogue } = page;
    const styles = experiment.runs.map((run) => run.style);
    const drawing = experiment.signal === "drawn";
    return {
      signal, updates, memory, names, epochs, chosen, epoch, window, highlight, styles, drawing,
      reach: catalogue.reach, order: order(), palette: palette(),
    };
  }

  function drawAll() {
    if (page.answer === null || page.answer.names.length !== page.experiment.runs.length) return;
    parts.plot.draw(scene());
    parts.pad.place();
    performance.mark("fallline:drawn");
  }

  function swatches() {
    for (const canvas of document.querySelectorAll("canvas.swatch")) {
      fallLine.styles.swatch(canvas, Number(canvas.dataset.style), palette());
    }
  }

  function restyle() {
    swatches();
    drawAll();
    parts.grid.draw();
  }

  function highlight(wanted) {
    const run = wanted !== null && page.experiment.runs[wanted]?.hidden ? null : wanted;
    if (run === page.highlight) return;
    page.highlight = run;
    for (const row of document.querySelectorAll("[data-run]")) {
      row.classList.toggle("run-highlight", run !== null && Number(row.dataset.run) === run);
    }
    drawAll();
  }

  function choose(run) {
    change({ ...page.experiment, chosen: run + 1 }, "choose");
    drawAll();
    fallLine.fillReadings();
  }

  function seek(epoch) {
    page.epoch = epoch;
    parts.plot.moveCursor(epoch);
    parts.table();
  }

  function setWindow(window) {
    page.window = window;
    drawAll();
    parts.zoomed();
  }

  function settled() {
    if (!mounted() || !parts.gate.idle() || page.answer === null) return;
    page.query = page.answer.query;
    parts.history.commit(page.query, page.good, page.why, page.published);
    const moved = [...page.moved.values()];
    page.moved.clear();
    moved.forEach((sync) => sync());
    parts.grid.refresh();
  }

  const numbers = fallLine.createNumbers({ page, props, change });

  // After the list of runs was built anew.
  function writeAll() {
    numbers.writeAll();
    fallLine.publishedValues.mark();
  }

  // What an export shows: the epochs that are seen, from `first` to `last`; the cursor `stands` at one.
  function exported() {
    const [low, high] = page.window;
    const epochs = fallLine.responseView.epochsOf(page.window, page.catalogue.epochs - 1);
    const experiment = { ...page.experiment, epochs };
    return { kind: "response", experiment, first: Math.ceil(low), last: Math.floor(high), stands: page.epoch };
  }

  fallLine.response = {
    page, parts, props, mounted, tell, floats, unpacked, answersGate, change, rebuild, load, syncChoices, tellSignal,
    palette, drawAll, swatches, restyle, highlight, choose, seek, setWindow, settled, exported, ...numbers, writeAll,
    TABLE_EVERY, SETTLED,
  };
})(window);
