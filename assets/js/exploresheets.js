// Sheets on the Explore page: the paths for every stop of a slider are fetched when hand or keyboard reach it, so that
// a drag is drawn without asking. At rest the exact answer follows, with all numbers and words.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, parts, mounted } = fallLine.explore;
  const DWELL = 50; // ms over a slider before its sheet is asked for: a pointer that passes by wants none
  const REST = 100; // ms after the last move until the exact answer is asked for
  const NEAR = 8; // stops on either side that come first, then every eighth, and so on
  const BUSY = 2000; // ms without a question after the server has refused one or failed
  const AT_MOST = "at most"; // the one stop of the sheet for the steps: as many as there may be
  const EXACT = ["surface", "start", "noise", "sigma", "batch", "seed", "seeds", "return_best"];

  // `from` is the value from which the arrow keys step, `moving` are the runs that were last drawn.
  const state = { at: null, keyboard: false, from: null, timer: null, quiet: 0, moving: [], long: { entry: null, paths: null } };

  // ---- which sheet ----

  // The sheet in which `number` ({owner, key}) moves: its name says all that it depends on. Null where there is none.
  function sheetOf(experiment, number) {
    const varied = variation(experiment, number);
    if (varied === null) return null;
    const { runs, values: parameters } = varied.without;
    const exact = EXACT.map((key) => experiment[key]);
    const methods = runs.map(({ optimizer, hypers, schedules }) => [optimizer, hypers, schedules]);
    const floor = varied.losses ? page.paths.floor : null;
    const name = JSON.stringify([number, exact, varied.steps, parameters, methods, varied.base, floor, parts.plot.visible()]);
    return { ...varied, name };
  }

  function variation(experiment, number) {
    const run = number.owner.startsWith("run-") ? Number(number.owner.slice(4)) : null;
    if (run !== null) return ofRun(experiment, run, number.key);
    if (number.owner === "surface") return ofSurface(experiment, number.key);
    return number.owner === "experiment" && number.key === "steps" ? ofSteps(experiment) : null;
  }

  function ofRun(experiment, run, key) {
    const { runs, steps, parameters } = experiment;
    if (!runs[run] || runs[run].hypers[key] === undefined) return null;
    const linked = experiment.link_learning_rates && key === "learning_rate";
    const base = linked ? page.base || runs.map((one) => one.hypers[key]) : null;
    const moves = (index) => linked || index === run;
    const without = runs.map((one, index) => (moves(index) ? { ...one, hypers: { ...one.hypers, [key]: null } } : one));
    const vary = (values) => {
      if (!linked) return [{ run, key, values }];
      const ranges = runs.map((one) => page.catalogue.optimizers[one.optimizer].hypers[key]);
      const rates = values.map((value) => fallLine.edit.linkedRates(experiment, base, run, value, ranges));
      return runs.map((_, index) => ({ run: index, key, values: rates.map((row) => row[index]) }));
    };
    const alone = linked ? [] : [run];
    return { value: runs[run].hypers[key], steps, base, vary, alone, losses: true, without: { runs: without, values: parameters } };
  }

  function ofSurface(experiment, key) {
    const { runs, steps, parameters } = experiment;
    if (parameters[key] === undefined) return null;
    const vary = (values) => [{ run: null, key, values }];
    const without = { runs, values: { ...parameters, [key]: null } };
    return { value: parameters[key], steps, base: null, vary, alone: [], losses: false, without };
  }

  // A path with fewer steps is the beginning of one with more, unless its schedule or its median depends on the steps.
  function ofSteps(experiment) {
    const { runs, parameters, seeds } = experiment;
    const scheduled = runs.some((run) => Object.values(run.schedules || {}).some((one) => one.kind !== "constant"));
    if (scheduled || (seeds > 1 && experiment.noise !== "none")) return null;
    const without = { runs, values: parameters };
    return { value: AT_MOST, steps: null, base: null, vary: () => "steps", alone: [], losses: true, without };
  }

  // ---- asking ----

  function createStore() {
    return fallLine.createSheets({
      async fetchSheet(question, signal, onBytes) {
        const end = await fallLine.askPieces("explore/sheet", question, signal, onBytes);
        const failed = end === "refused" || (end === "broken" && !signal.aborted);
        if (failed) {
          state.quiet = performance.now() + BUSY;
          setTimeout(want, BUSY + 1);
        }
        return end === "whole" || end === "unusable";
      },
    });
  }

  function want() {
    const { at: number } = state;
    if (number === null || !mounted() || page.good === null || performance.now() < state.quiet) return;
    if (root.navigator.connection?.saveData || fallLine.inspector.isOpen()) return;
    const hyper = fallLine.explore.hyperOf(number.owner, number.key);
    const sheet = sheetOf(page.experiment, number);
    if (hyper === undefined || sheet === null) return;
    if (lift(sheet)) ready();
    // While it is moved a slider keeps its own place; at rest it is put where its value, rounded, belongs.
    if (state.from === null || page.moved.size === 0) state.from = sheet.value;
    const { experiment } = page;
    const values = sheet.value === AT_MOST ? [AT_MOST] : stopsOf(hyper, sheet.value);
    const view = parts.plot.visible();
    parts.sheets.want(sheet.name, values, (missing) => ({ experiment, view, vary: sheet.vary(missing) }));
  }

  // The nearest stops first, then those that halve the gaps.
  function stopsOf(hyper, value) {
    const stops = fallLine.scales.stops(hyper, state.keyboard ? state.from : undefined);
    const here = stops.findIndex((stop) => stop >= value);
    const turn = (k) => (Math.abs(k - here) <= NEAR ? 0 : [8, 4, 2, 1].findIndex((gap) => k % gap === 0) + 1);
    return stops.map((stop, k) => [turn(k), stop]).sort(([a], [b]) => a - b).map(([, stop]) => stop);
  }

  // ---- drawing ----

  // Drawn a few times over, so that the browser has its buffers for the canvases when the hand moves.
  function ready(times = 4) {
    if (times === 0 || !mounted()) return;
    fallLine.explore.draw(true);
    requestAnimationFrame(() => ready(times - 1));
  }

  // The run that moves alone goes above the others. Says whether that is news.
  function lift({ alone }) {
    const news = String(page.apart) !== String(alone);
    page.apart = alone;
    return news;
  }

  // Draws what `number` has moved, if its sheet is there. Says whether it did.
  function draw(number) {
    if (page.good === null || page.paths === null || fallLine.inspector.isOpen()) return false;
    const sheet = sheetOf(page.experiment, number);
    const entry = sheet && parts.sheets.find(sheet.name);
    if (!entry || !entry.blocks.has(sheet.value) || sheetOf(page.good, number)?.name !== sheet.name) return false;
    if (sheet.losses && entry.header.floor !== page.paths.floor) return false;
    page.paths = sheet.value === AT_MOST ? beginning(entry, page.experiment.steps) : movedTo(entry, sheet.value);
    page.curves = null;
    page.provisional = true;
    page.lossesMoved = sheet.losses;
    parts.gate.overtake();
    parts.player.setSteps(page.paths.steps);
    fallLine.explore.showClock(parts.player.clock);
    fallLine.explore.draw(lift(sheet) || sheet.alone.length === 0 ? true : "apart");
    if (sheet.losses) parts.lossCurves();
    // What else is wanted, of the list of runs, waits for the server.
    if (page.wants.contour) parts.contourGate.request(fallLine.explore.contourRequest());
    page.wants.contour = false;
    fallLine.explore.tuning.follow(page.experiment);
    state.moving = entry.header.runs;
    showWaiting();
    parts.settle();
    parts.confirm();
    return true;
  }

  // The paths with those of the stop put in.
  function movedTo(entry, value) {
    const { header } = entry;
    const { steps, seeds } = header;
    const paths = page.provisional ? page.paths : fallLine.paths.copied(page.paths);
    const arrays = seeds > 1 ? paths.fan : paths;
    const middles = new Map();
    const ends = fallLine.sheet.read(
      entry,
      value,
      (run, seed) => ({ points: arrays.points, heights: arrays.heights, row: (run * seeds + seed) * (steps + 1) }),
      (run, { kept, middle }) => {
        paths.kept[run] = kept < 0 ? null : kept;
        middles.set(run, middle);
      },
    );
    header.runs.forEach((run, k) => {
      const middle = middles.get(run);
      if (seeds > 1) takeMedian(paths, run, run * seeds + middle, header);
      fallLine.paths.renew(paths, run, steps);
      paths.stopped[run] = ends[k][middle] < steps;
    });
    return paths;
  }

  function takeMedian({ points, heights, fan }, run, path, { steps, seeds }) {
    const rows = steps + 1;
    points.set(fan.points.subarray(2 * path * rows, 2 * (path + 1) * rows), 2 * run * rows);
    heights.set(fan.heights.subarray(path * rows, (path + 1) * rows), run * rows);
    for (let seed = 0; seed < seeds; seed++) fallLine.paths.renew(fan, run * seeds + seed, steps);
  }

  // The first `steps` of the longest paths, which are read once.
  function beginning(entry, steps) {
    if (state.long.entry !== entry) state.long = { entry, paths: fallLine.sheet.unrolled(entry, AT_MOST) };
    return fallLine.paths.beginning(state.long.paths, steps, { ...page.paths, best: page.experiment.return_best });
  }

  // What is seen of the runs that move is newer than the numbers beside it.
  function showWaiting() {
    if (page.provisional) document.getElementById("tooltip").hidden = true;
    const rows = document.getElementById("outcomes-body")?.rows ?? [];
    [...rows].forEach((row, run) => row.classList.toggle("numbers-wait", page.provisional && state.moving.includes(run)));
  }

  function takeBack() {
    if (!page.provisional) return;
    page.provisional = false;
    page.paths = fallLine.paths.unpack(page.answer);
    parts.player.setSteps(page.paths.steps);
    fallLine.explore.showClock(parts.player.clock);
    parts.contourGate.request(fallLine.explore.contourRequest());
    fallLine.explore.drawAll(true);
    showWaiting();
  }

  function confirm() {
    if (mounted() && page.provisional) parts.gate.request(page.experiment);
  }

  // ---- where hand and keyboard are ----

  function numberAt(target) {
    const row = target.closest && target.closest(".hyper");
    const slider = row && row.querySelector(".hyper-slider");
    return slider ? JSON.parse(slider.id) : null;
  }

  function reach(target, keyboard, pause) {
    const number = mounted() ? numberAt(target) : null;
    clearTimeout(state.timer);
    if (number?.owner !== state.at?.owner || number?.key !== state.at?.key) state.from = null;
    state.at = number && { owner: number.owner, key: number.key };
    state.keyboard = keyboard;
    if (number !== null) state.timer = setTimeout(want, pause);
  }

  function onOver(event) {
    if (event.buttons === 0) reach(event.target, false, DWELL);
  }

  function onFocus(event) {
    if (event.target.matches("[role=slider]")) reach(event.target, event.target.matches(":focus-visible"), 0);
  }

  function onKey(event) {
    if (event.key.startsWith("Arrow") && event.target.matches("[role=slider]")) reach(event.target, true, 0);
  }

  // The list of runs is built anew: what was under the pointer is another slider.
  function leave() {
    state.at = null;
    page.apart = [];
  }

  let listening = false;
  function listen() {
    if (listening) return;
    listening = true;
    document.addEventListener("pointerover", onOver);
    document.addEventListener("pointerdown", (event) => reach(event.target, false, 0));
    document.addEventListener("focusin", onFocus);
    document.addEventListener("keydown", onKey, true);
  }

  // A visit of the page begins.
  function open() {
    if (parts.sheets) parts.sheets.forget();
    state.long = { entry: null, paths: null };
    page.provisional = false;
    parts.sheets = createStore();
    parts.confirm = fallLine.afterRest(confirm, REST);
    parts.lossCurves = fallLine.throttled(() => fallLine.explore.drawLosses(true), fallLine.explore.TABLE_EVERY);
    listen();
  }

  Object.assign(fallLine.explore, { sheets: { open, leave, draw, follow: want, takeBack, showWaiting } });
})(window);
