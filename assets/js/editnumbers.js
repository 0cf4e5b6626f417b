// The numbers of runs, on every page that has a list of them: what a slider or a field belongs to, and how both are
// kept in step.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});

  function runOf(owner) {
    return owner.startsWith("run-") ? Number(owner.slice(4)) : null;
  }

  // A typed text as a number; what is no number goes to the server as it is, whose sentence says what is allowed.
  function typed(text) {
    const plain = String(text).trim().replace("−", "-").replace(",", ".");
    return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : String(text);
  }

  // `others` answers hyperOf, valueOf and setNumber for owners that are no run, if the page has such.
  function createNumbers({ page, props, change, others = null }) {
    function hyperOf(owner, key) {
      const run = runOf(owner);
      if (run === null) return others.hyperOf(owner, key);
      return page.catalogue.optimizers[page.experiment.runs[run]?.optimizer]?.hypers[key];
    }

    function valueOf(owner, key) {
      const run = runOf(owner);
      return run === null ? others.valueOf(owner, key) : page.experiment.runs[run]?.hypers[key];
    }

    function setNumber(owner, key, value) {
      const run = runOf(owner);
      if (run === null) return others.setNumber(owner, key, value);
      const linked = page.experiment.link_learning_rates && key === "learning_rate" && typeof value === "number";
      const next = linked ? linkedTo(run, value) : fallLine.edit.setHyper(page.experiment, run, key, value);
      return change(next, `${owner} ${key}`, { number: { owner, key } });
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
      const hyper = hyperOf(owner, key);
      // A value beyond the slider's range, where more is allowed, leaves it at its end.
      const inside = Math.min(hyper.high, Math.max(hyper.low, value));
      const position = fallLine.scales.toPosition(hyper, inside) + page.nudges.get(id);
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

    return { hyperOf, valueOf, setNumber, syncNumber, write, writeNumber, writeAll, typed };
  }

  fallLine.createNumbers = createNumbers;
})(window);
