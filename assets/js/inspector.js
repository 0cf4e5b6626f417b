// The step inspector of the Explore page: asks for the step under the pointer or the player, shows what comes.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const the = () => fallLine.explore;
  const at = (id) => document.getElementById(id);
  const KINDS = ["gradient", "asked", "memory", "update", "square"];

  const state = {
    run: 0,
    hovered: null, // {run, step} of the point under the pointer
    explaining: false,
    line: 0, // of the explanation
    answer: null,
    asked: null, // what was asked last: experiment, run, step, explain
    gate: null,
    graph: null,
    factors: {},
    shown: "", // the captions that stand in the panel
  };

  function target() {
    const { page, parts } = the();
    const { runs, steps } = page.good;
    const found = state.hovered || { run: state.run, step: Math.floor(parts.player.clock.time) };
    const run = Math.min(found.run, runs.length - 1);
    // A formula is typeset anew only while nothing moves.
    const explain = state.explaining && !parts.player.clock.playing && state.hovered === null;
    return { experiment: page.good, run, step: Math.min(found.step, steps), explain };
  }

  function same(one, other) {
    return one !== null && ["experiment", "run", "step", "explain"].every((key) => one[key] === other[key]);
  }

  // The player, a drag or the pointer has moved: asks for the step if it is another one.
  function follow() {
    const { page } = the();
    if (!isOpen() || page.good === null) return;
    const wanted = target();
    if (same(state.asked, wanted)) return;
    state.asked = wanted;
    state.gate.request(wanted);
  }

  function newGate() {
    const gate = fallLine.createGate({ send: askStep });
    async function askStep(lane, sequence, question) {
      const answer = await fallLine.ask("explore/step", question);
      if (gate !== state.gate) return;
      if (answer === null) state.asked = null;
      const news = gate.settle(lane, sequence);
      if (answer === null) the().parts.connection.lose();
      else if (news && isOpen()) accept(answer);
    }
    return gate;
  }

  function accept(answer) {
    if (answer.problem) {
      the().tell("inspector-sentence", answer.problem);
      return;
    }
    state.answer = answer;
    show();
    performance.mark("fallline:inspected");
  }

  // ---- the panel ----

  function show() {
    const { page, tell, hyperOf } = the();
    const { answer } = state;
    const names = page.good.runs.map((run) => run.label || page.catalogue.optimizers[run.optimizer].label);
    const anew = fallLine.inspectorNumbers.chips(at("inspector-runs"), page.good.runs, names, answer.run, choose);
    if (anew) the().swatches();
    at("inspector-step").textContent = `step ${answer.step} of ${page.good.steps}`;
    tell("inspector-sentence", answer.sentence);
    fallLine.inspectorNumbers.table(at("inspector-numbers"), answer.groups);
    fallLine.inspectorChosen.show(answer.run, answer.chosen, hyperOf);
    showCaptions();
    draw(true);
  }

  function choose(run) {
    state.run = run;
    state.hovered = null;
    [...at("inspector-runs").children].forEach((one, k) => one.setAttribute("aria-pressed", String(k === run)));
    follow();
  }

  // ---- the plot ----

  function isSet(key) {
    const captions = explained();
    return captions !== null && captions.slice(0, state.line + 1).some((one) => one.sets.includes(key));
  }

  function bright(key) {
    const captions = explained();
    if (captions === null || captions.length === 0) return true;
    const { sets, uses } = captions[state.line];
    return sets.includes(key) || uses.includes(key);
  }

  function explained() {
    return state.explaining && state.answer !== null ? state.answer.captions : null;
  }

  function colors() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    return { ...Object.fromEntries(KINDS.map((kind) => [kind, read(`--arrow-${kind}`)])), paper: read("--paper") };
  }

  // `anew`: another step is drawn, or another line explained; a plot of another size may need other factors too.
  function draw(anew) {
    const context = state.graph && fallLine.layerOver(state.graph, "arrows");
    if (!context) return;
    const density = root.devicePixelRatio || 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(density, 0, 0, density, 0, 0);
    if (!isOpen() || state.answer === null) return;
    const before = state.factors;
    const scene = inPixels();
    const other = Object.keys(state.factors).some((group) => state.factors[group] !== before[group]);
    if (anew || other) fallLine.inspectorNumbers.legend(at("inspector-legend"), scene, { ahead: "to the point ahead" });
    fallLine.inspectorArrows.draw(context, scene);
  }

  function inPixels() {
    const { pixelMap, toPixel, near } = fallLine.geometry;
    const { xaxis, yaxis } = state.graph._fullLayout;
    const maps = { x: pixelMap(xaxis), y: pixelMap(yaxis) };
    const place = ([x, y]) => (x === null || y === null ? [NaN, NaN] : [toPixel(maps.x, x), toPixel(maps.y, y)]);
    const { point, looks, arrows, squares } = state.answer;
    const pixel = place(point);
    if (!pixel.every(near)) return { arrows: [], squares: [], looks: [], point: pixel, factors: {}, colors: colors(), bright };
    const drawn = fallLine.inspectorArrows.inPixels(arrows, maps, toPixel, isSet);
    const boxes = fallLine.inspectorArrows.sides(squares, isSet);
    const lengths = [
      ...drawn.map(({ group, by }) => ({ group, length: Math.hypot(...by) })),
      ...boxes.map(({ group, sides }) => ({ group, length: Math.max(...sides) * 1.6 })),
    ];
    state.factors = { ...state.factors, ...fallLine.inspectorArrows.factors(lengths, state.factors) };
    const ahead = looks.map(place).filter((one) => one.every(near));
    return { arrows: drawn, squares: boxes, looks: ahead, point: pixel, factors: state.factors, colors: colors(), bright };
  }

  // ---- the explanation ----

  function captionText({ line, numbers }) {
    const rows = numbers.map(({ coordinate, latex }) => `${coordinate ? `${coordinate}:` : ""}\\;& ${latex}`);
    const filled = rows.length ? `$$\\begin{aligned} ${rows.join(" \\\\[3pt] ")} \\end{aligned}$$` : "";
    return `$$${line}$$\n\n${filled}`;
  }

  function showCaptions() {
    const { captions } = state.answer;
    const moving = state.explaining && captions === null;
    the().tell("explain-note", note(moving, captions));
    at("captions").hidden = !state.explaining || captions === null || captions.length === 0;
    if (!state.explaining || captions === null) return;
    state.line = Math.min(state.line, Math.max(0, captions.length - 1));
    const texts = captions.map(captionText);
    const wanted = JSON.stringify(texts);
    if (wanted !== state.shown) {
      state.shown = wanted;
      the().props("captions", { children: texts.map(caption) });
    }
    mark();
  }

  function note(moving, captions) {
    if (moving) return "Once the player rests, this step is explained here.";
    return state.explaining && captions !== null && captions.length === 0 ? "There is no further step to explain." : "";
  }

  function caption(text) {
    const markdown = { namespace: "dash_core_components", type: "Markdown", props: { children: text, mathjax: true } };
    return { namespace: "dash_html_components", type: "Li", props: { children: markdown, className: "caption-line" } };
  }

  // The line that is told now stands out.
  function mark() {
    [...at("captions").children].forEach((one, k) => {
      if (k === state.line) one.setAttribute("aria-current", "step");
      else one.removeAttribute("aria-current");
    });
    const last = state.answer === null || state.answer.captions === null ? 0 : state.answer.captions.length - 1;
    at("explain-back").disabled = !state.explaining || state.line <= 0;
    at("explain-next").disabled = !state.explaining || state.line >= last;
  }

  function goTo(line) {
    const captions = explained();
    if (captions === null || captions.length === 0) return;
    state.line = Math.min(captions.length - 1, Math.max(0, line));
    mark();
    draw(true);
    at("captions").children[state.line]?.scrollIntoView({ block: "nearest" });
  }

  function explain(on) {
    state.explaining = on;
    state.line = 0;
    at("explain").setAttribute("aria-expanded", String(on));
    at("explain").textContent = on ? "Hide the explanation" : "Explain this step";
    if (!on) {
      at("captions").hidden = true;
      the().tell("explain-note", "");
    }
    mark();
    draw(true);
    follow();
  }

  // ---- opening and closing ----

  function open(on) {
    if (!the().mounted() || !at("inspector")) return;
    state.answer = state.asked = state.hovered = null;
    Object.assign(state, { shown: "", explaining: false, line: 0 });
    at("inspector").hidden = !on;
    at("inspect").setAttribute("aria-expanded", String(on));
    if (on) {
      state.run = firstShown();
      state.factors = {};
      state.gate = newGate();
      listen(the().parts.graph);
      mark();
      follow();
      return;
    }
    explain(false);
    fallLine.inspectorChosen.clear();
    draw(true);
  }

  function firstShown() {
    const { page } = the();
    const found = page.highlight === null ? page.experiment.runs.findIndex((run) => !run.hidden) : page.highlight;
    return Math.max(0, found);
  }

  // A plot that is drawn anew, or moves under the hand, takes the arrows with it.
  function listen(graph) {
    if (state.graph === graph) return;
    state.graph = graph;
    graph.on("plotly_afterplot", () => isOpen() && draw(false));
    graph.on("plotly_relayouting", () => isOpen() && draw(false));
  }

  function hover(found) {
    if (!isOpen()) return;
    const { run, step } = found || {};
    state.hovered = found === null ? null : { run, step };
    follow();
  }

  function restyle() {
    if (isOpen()) draw(false);
  }

  const KEYS = { i: () => open(!isOpen()), ArrowDown: () => goTo(state.line + 1), ArrowUp: () => goTo(state.line - 1) };

  function isOpen() {
    return the().mounted() && at("inspector") !== null && !at("inspector").hidden;
  }

  function onKey(event) {
    const { mounted, typing, parts } = the();
    if (!mounted() || !parts.player || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    if (typing(event.target) || (event.key !== "i" && !(isOpen() && state.explaining))) return;
    event.preventDefault();
    KEYS[event.key]();
  }

  if (root.document) root.document.addEventListener("keydown", onKey);

  const none = () => root.dash_clientside.no_update;
  const clicked = (action) => (clicks) => {
    if (clicks && the().parts.player) action();
    return none();
  };

  root.dash_clientside = Object.assign(root.dash_clientside || {}, {
    inspector: {
      toggle: clicked(() => open(!isOpen())),
      close: clicked(() => {
        open(false);
        at("inspect").focus();
      }),
      explain: clicked(() => explain(!state.explaining)),
      back: clicked(() => goTo(state.line - 1)),
      next: clicked(() => goTo(state.line + 1)),
      captioned() {
        requestAnimationFrame(() => isOpen() && mark());
        return none();
      },
    },
  });

  fallLine.inspector = { state, follow, hover, restyle, isOpen };
})(window);
