// The numbers of the Explore page: what a slider or a field belongs to, and how all of them are kept in step.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, props, surface, change } = fallLine.explore;

  function runOf(owner) {
    return owner.startsWith("run-") ? Number(owner.slice(4)) : null;
  }

  function hyperOf(owner, key) {
    const run = runOf(owner);
    if (run !== null) return page.catalogue.optimizers[page.experiment.runs[run]?.optimizer]?.hypers[key];
    return owner === "surface" ? surface().parameters[key] : page.catalogue.numbers[key];
  }

  function valueOf(owner, key) {
    const run = runOf(owner);
    if (run !== null) return page.experiment.runs[run]?.hypers[key];
    return owner === "surface" ? page.experiment.parameters[key] : page.experiment[key];
  }

  function setNumber(owner, key, value) {
    const run = runOf(owner);
    const why = `${owner} ${key}`;
    if (owner === "surface") return change(fallLine.edit.setParameter(page.experiment, key, value), why, { contour: true });
    if (run === null) return change({ ...page.experiment, [key]: value }, why);
    const linked = page.experiment.link_learning_rates && key === "learning_rate" && typeof value === "number";
    return change(linked ? linkedTo(run, value) : fallLine.edit.setHyper(page.experiment, run, key, value), why);
  }

  function linkedTo(index, value) {
    const { runs } = page.experiment;
    if (page.base === null) page.base = runs.map((run) => run.hypers.learning_rate);
    const ranges = runs.map((run) => page.catalogue.optimizers[run.optimizer].hypers.learning_rate);
    const rates = fallLine.edit.linkedRates(page.experiment, page.base, index, value, ranges);
    const next = runs.map((run, k) => ({ ...run, hypers: { ...run.hypers, learning_rate: rates[k] } }));
    next.forEach((run, k) => k !== index && writeNumber(`run-${k}`, "learning_rate", run.hypers.learning_rate));
    return { ...page.experiment, runs: next };
  }

  // Puts the sliders and fields where the experiment says, e.g. those that follow a linked one.
  function syncNumber(owner, key) {
    const value = valueOf(owner, key);
    if (hyperOf(owner, key) === undefined || value === undefined) return;
    const id = `${owner} ${key}`;
    // Dash may believe that the slider stands there already: a hair's breadth makes it look again.
    page.nudges.set(id, page.nudges.get(id) ? 0 : 1e-10);
    const position = fallLine.scales.toPosition(hyperOf(owner, key), value) + page.nudges.get(id);
    props({ type: "slider", owner, key }, { value: position });
    props({ type: "number", owner, key }, { value: fallLine.scales.written(value) });
  }

  // While something is dragged only the text of a field follows, past Dash; its state follows at rest.
  function write(id, value, sync) {
    const field = document.getElementById(id);
    if (field && field !== document.activeElement) field.value = fallLine.scales.written(value);
    page.moved.set(id, sync);
  }

  function writeNumber(owner, key, value) {
    write(JSON.stringify({ key, owner, type: "number" }), value, () => syncNumber(owner, key));
  }

  // After the list of runs was built anew: puts right what was moved meanwhile.
  function writeAll() {
    for (const field of document.querySelectorAll(".hyper-number input, input.hyper-number")) {
      const { owner, key } = JSON.parse(field.id);
      const value = valueOf(owner, key);
      if (value !== undefined && field.value !== fallLine.scales.written(value)) syncNumber(owner, key);
    }
  }

  function writeStart(start) {
    ["x", "y"].forEach((key, place) => {
      write(JSON.stringify({ key, type: "field" }), start[place], () => {
        props({ type: "field", key }, { value: fallLine.scales.written(page.experiment.start[place]) });
      });
    });
  }

  function syncFields() {
    const { start, tolerance, levels, loss_axis: axis, link_learning_rates: link } = page.experiment;
    props({ type: "field", key: "x" }, { value: fallLine.scales.written(start[0]) });
    props({ type: "field", key: "y" }, { value: fallLine.scales.written(start[1]) });
    props({ type: "field", key: "tolerance" }, { value: fallLine.scales.written(tolerance) });
    syncNumber("experiment", "steps");
    props("published-choice", { value: page.published });
    props("surface-choice", { value: page.experiment.surface });
    props("levels-choice", { value: levels });
    props("loss-axis", { value: axis });
    props("link-rates", { checked: link });
  }

  // A typed text as a number; what is no number goes to the server as it is, whose sentence says what is allowed.
  function typed(text) {
    const plain = String(text).trim().replace("−", "-").replace(",", ".");
    return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : String(text);
  }

  Object.assign(fallLine.explore, {
    hyperOf, valueOf, setNumber, syncNumber, writeNumber, writeAll, writeStart, syncFields, typed,
  });
})(window);
