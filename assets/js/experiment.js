// Edits of an experiment: pure functions from one experiment to the next. The server decides what is allowed.
(function (root) {
  "use strict";

  const MAX_RUNS = 16;

  function withRun(experiment, index, change) {
    const runs = experiment.runs.map((run, k) => (k === index ? { ...run, ...change } : run));
    return { ...experiment, runs };
  }

  function setHyper(experiment, index, key, value) {
    const hypers = { ...experiment.runs[index].hypers, [key]: value };
    return withRun(experiment, index, { hypers });
  }

  function setParameter(experiment, key, value) {
    return { ...experiment, parameters: { ...experiment.parameters, [key]: value } };
  }

  // The learning rates that result when run `index` moves from its rate in `base` to `value` and all others follow by
  // the same factor, each held within its own range.
  function linkedRates(experiment, base, index, value, ranges) {
    if (value === base[index]) return [...base];
    const factor = value / base[index];
    return experiment.runs.map((run, k) => {
      const { low, high } = ranges[k];
      const rate = Number((base[k] * factor).toPrecision(3));
      return k === index ? value : Math.min(high, Math.max(low, rate));
    });
  }

  function freeStyle(runs) {
    const taken = new Set(runs.map((run) => run.style));
    for (let style = 0; style < MAX_RUNS; style++) if (!taken.has(style)) return style;
    return 0;
  }

  function addRun(experiment, optimizer, hypers) {
    const run = { optimizer, hypers: { ...hypers }, label: "", hidden: false, style: freeStyle(experiment.runs) };
    return { ...experiment, runs: [...experiment.runs, run] };
  }

  function duplicate(experiment, index) {
    const { runs } = experiment;
    const copy = { ...runs[index], hypers: { ...runs[index].hypers }, style: freeStyle(runs) };
    return { ...experiment, runs: [...runs.slice(0, index + 1), copy, ...runs.slice(index + 1)] };
  }

  function remove(experiment, index) {
    return { ...experiment, runs: experiment.runs.filter((_, k) => k !== index) };
  }

  function move(experiment, index, by) {
    const runs = [...experiment.runs];
    const [run] = runs.splice(index, 1);
    runs.splice(index + by, 0, run);
    return { ...experiment, runs };
  }

  const FOLLOWS = { learning_rate: "rate", momentum: "window" };

  // Those of the schedules that a method with these ranges has a use for.
  function stillScheduled(schedules, ranges) {
    const kinds = Object.values(ranges).map((hyper) => hyper.schedulable);
    return Object.fromEntries(Object.entries(schedules).filter(([name]) => kinds.includes(FOLLOWS[name])));
  }

  // Another method in the same place: its own defaults, but the learning rate is kept where it is allowed, and so are
  // the schedules.
  function changeMethod(experiment, index, optimizer, hypers, ranges) {
    const kept = experiment.runs[index].hypers.learning_rate;
    const { low, high } = ranges.learning_rate;
    const learning_rate = kept >= low && kept <= high ? kept : hypers.learning_rate;
    const schedules = stillScheduled(experiment.runs[index].schedules || {}, ranges);
    const untuned = experiment.runs[index].tuned ? { tuned: "" } : {};
    return withRun(experiment, index, { optimizer, hypers: { ...hypers, learning_rate }, schedules, ...untuned });
  }

  // Another surface: its own start, parameters and view; everything about the runs stays.
  function changeSurface(experiment, surface, parameters, start) {
    return { ...experiment, surface, parameters: { ...parameters }, start: [...start], view: null };
  }

  const edit = {
    withRun, setHyper, setParameter, linkedRates, addRun, duplicate, remove, move, changeMethod, changeSurface,
  };
  root.fallLine = Object.assign(root.fallLine || {}, { edit });
  if (typeof module !== "undefined") module.exports = edit;
})(typeof window === "undefined" ? globalThis : window);
