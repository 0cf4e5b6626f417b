// Tuning on the Explore page: asks for a sweep, takes its best values over, draws it, and lets a reader pick another.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, parts, change, tell } = fallLine.explore;
  const place = (id) => document.getElementById(id);

  const tuning = { question: null, answer: null, before: null, busy: false };

  // What a tuning holds for: with anything else the values are still good ones, but no longer tuned ones.
  const HOLDS_FOR = ["surface", "parameters", "start", "steps", "noise", "sigma", "batch", "seed", "seeds", "tolerance", "return_best"];

  function tuningHolds(before, after) {
    return HOLDS_FOR.every((key) => JSON.stringify(before[key]) === JSON.stringify(after[key]));
  }

  function forgotten(experiment) {
    return { ...experiment, runs: experiment.runs.map((run) => (run.tuned ? { ...run, tuned: "" } : run)) };
  }

  // `next` without the claims to be tuned that no longer hold once `before` gives way to it.
  function honest(before, next) {
    if (before === null || !next.runs.some((run) => run.tuned)) return next;
    if (!tuningHolds(before, next)) return forgotten(next);
    const runs = next.runs.map((run, k) => (changed(before, run, k) ? { ...run, tuned: "" } : run));
    return { ...next, runs };
  }

  function changed(before, run, k) {
    const old = before.runs[k];
    if (!run.tuned || before.runs.includes(run) || !old || old.optimizer !== run.optimizer) return false;
    return ["hypers", "schedules"].some((key) => JSON.stringify(old[key]) !== JSON.stringify(run[key]));
  }

  function words(tuned) {
    const [values, criterion] = tuned.split(":");
    return tuned ? `tuned: ${values} values, ${page.catalogue.criteria[criterion]}` : "";
  }

  // The list of runs is built by the server only when its structure changes; these lines follow every value.
  function showLabels() {
    for (const row of document.querySelectorAll(".run-tuned")) {
      const run = page.experiment.runs[Number(row.dataset.run)];
      row.textContent = run ? words(run.tuned || "") : "";
    }
  }

  async function tune(what, criterion) {
    if (tuning.busy || page.good === null) return;
    const question = { experiment: page.experiment, criterion, everything: what === "all" };
    const visit = parts.gate;
    busy(true);
    const answer = await fallLine.ask("explore/tune", question);
    tuning.busy = false;
    if (visit !== parts.gate || !place("tune")) return;
    busy(false);
    if (answer === null) return report("The server does not answer. Nothing was changed.", false);
    if (answer.problem) return report(answer.problem, false);
    // Whoever moved something meanwhile doesn't want it overwritten.
    if (JSON.stringify(page.experiment) !== JSON.stringify(question.experiment)) {
      return report("The experiment changed meanwhile, so nothing was tuned. Tune again.", false);
    }
    Object.assign(tuning, { question, answer, before: page.experiment });
    take(answer.runs.filter(({ best }) => best !== null).map((row) => [row, row.best, row.tuned]), "tune");
    report(answer.words, answer.runs.some(({ best }) => best !== null));
    return draw();
  }

  function busy(now) {
    tuning.busy = now;
    Object.assign(place("tune"), { disabled: now, textContent: now ? "Tuning…" : "Tune the runs shown" });
  }

  function report(sentence, undo) {
    tell("tuned", sentence);
    place("tuned-row").hidden = false;
    place("untune").hidden = !undo;
  }

  function take(choices, why) {
    const runs = [...page.experiment.runs];
    for (const [{ run, settings }, index, tuned] of choices) {
      runs[run] = { ...runs[run], hypers: settings[index], tuned };
    }
    change({ ...page.experiment, runs }, why, { structure: true, whole: true });
  }

  const figure = () => tuning.answer.figures[fallLine.theme.current()];

  async function draw() {
    const { data, layout } = figure();
    const plot = place("tuning-plot");
    await root.Plotly.react(plot, data, { ...layout, autosize: true }, { displayModeBar: false, responsive: true });
    plot.removeAllListeners("plotly_click");
    plot.on("plotly_click", ({ points: [point] }) => pick(point.curveNumber, point.pointNumber));
  }

  // A reader takes another value of the sweep: the marker moves, and the run is no longer said to be tuned.
  function pick(curve, index) {
    const row = tuning.answer.runs[curve];
    const run = row && page.experiment.runs[row.run];
    if (!run || run.optimizer !== tuning.question.experiment.runs[row.run].optimizer) return;
    take([[row, index, index === row.best ? row.tuned : ""]], `pick ${curve} ${index}`);
    for (const { data } of Object.values(tuning.answer.figures)) {
      Object.assign(data[curve + tuning.answer.runs.length], { x: [data[curve].x[index]], y: [data[curve].y[index]] });
    }
    draw();
  }

  function untune() {
    if (tuning.before === null) return;
    const { runs: old } = tuning.before;
    const back = (run, k) => ({ ...run, hypers: old[k].hypers, tuned: old[k].tuned });
    change({ ...page.experiment, runs: page.experiment.runs.map(back) }, "untune", { structure: true, whole: true });
    close();
  }

  // The sweep belongs to the experiment it was made for.
  function close() {
    forget();
    place("tuned-row").hidden = true;
    root.Plotly.purge(place("tuning-plot"));
  }

  // Also when the page is opened anew: its panel is empty then.
  function forget() {
    Object.assign(tuning, { question: null, answer: null, before: null });
  }

  // Who is who in a list of runs.
  function order({ runs }) {
    return runs.map(({ optimizer, style }) => `${optimizer} ${style}`).join();
  }

  function follow(experiment) {
    showLabels();
    const { question } = tuning;
    if (question === null || !place("tuning-plot")) return;
    if (order(question.experiment) !== order(experiment) || !tuningHolds(question.experiment, experiment)) close();
  }

  function retheme() {
    if (tuning.answer !== null && place("tuning-plot")) draw();
  }

  function toggle() {
    const panel = place("tuning");
    panel.hidden = !panel.hidden;
    place("tune-switch").setAttribute("aria-expanded", String(!panel.hidden));
  }

  Object.assign(fallLine.explore, { tuning: { honest, showLabels, follow, forget, retheme, tune, untune, toggle } });
})(window);
