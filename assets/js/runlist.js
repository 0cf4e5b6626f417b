// The list of runs on the page that is shown, Explore or Response: what Dash calls for it, and what it listens to.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const none = () => root.dash_clientside.no_update;
  const trigger = () => root.dash_clientside.callback_context.triggered_id;

  // The page that stands in the document, or null while one gives way to the other.
  const live = () => [fallLine.explore, fallLine.response].find((one) => one && one.mounted()) || null;

  // Runs `action` with the page and the id of what was clicked.
  function clicked(clicks, action) {
    const [page, id] = [live(), trigger()];
    if (page !== null && id && clicks.some(Boolean)) action(page, id);
    return none();
  }

  function defaults(optimizer) {
    const { hypers } = live().page.catalogue.optimizers[optimizer];
    return Object.fromEntries(Object.entries(hypers).map(([key, hyper]) => [key, hyper.default]));
  }

  function runAction(action, index) {
    const { page, change } = live();
    const { edit } = fallLine;
    const edits = {
      duplicate: () => edit.duplicate(page.experiment, index),
      remove: () => edit.remove(page.experiment, index),
      up: () => edit.move(page.experiment, index, -1),
      down: () => edit.move(page.experiment, index, 1),
    };
    page.unfolded.clear();
    page.highlight = null;
    const stays = { duplicate: index + 1, up: index - 1, down: index + 1 };
    page.focus = stays[action] ?? Math.max(0, index - 1);
    change(edits[action](), action, { structure: true });
  }

  function focusName({ page }) {
    const name = page.focus === null ? null : document.getElementById(`{"run":${page.focus},"type":"name"}`);
    page.focus = null;
    if (name) name.focus();
  }

  const callbacks = {
    rebuilt() {
      requestAnimationFrame(() => {
        const page = live();
        if (page === null) return;
        page.swatches();
        page.writeAll();
        focusName(page);
      });
      return none();
    },

    // A typed number; sliders go past Dash. The answer is where the slider must stand.
    number(text, id) {
      if (live() === null || !trigger()) return none();
      const { page, hyperOf, valueOf, setNumber, syncNumber, tell, typed } = live();
      const { owner, key } = id;
      const hyper = hyperOf(owner, key);
      const value = typed(text);
      if (hyper === undefined) return none();
      const field = JSON.stringify({ key, owner, type: "number" });
      if (value === valueOf(owner, key)) {
        if (field === page.typing) tell("problem", page.opening);
        return none();
      }
      page.typing = field;
      page.moved.set(page.typing, () => syncNumber(owner, key));
      setNumber(owner, key, value);
      const inside = typeof value === "number" && value >= hyper.low && value <= hyper.high;
      return inside ? fallLine.scales.toPosition(hyper, value) : none();
    },

    action: (clicks) => clicked(clicks, (_, id) => runAction(id.action, id.run)),

    unfold: (clicks) => clicked(clicks, ({ page, rebuild }, id) => {
      if (!page.unfolded.delete(id.run)) page.unfolded.add(id.run);
      rebuild();
    }),

    hide: (clicks) => clicked(clicks, ({ page, change, drawAll }, id) => {
      const hidden = !page.experiment.runs[id.run].hidden;
      change(fallLine.edit.withRun(page.experiment, id.run, { hidden }), "hide", { structure: true });
      drawAll(true);
    }),

    rename(names) {
      const id = trigger();
      if (!id || live() === null) return none();
      const { page, change } = live();
      const run = page.experiment.runs[id.run];
      const written = String(names[id.run] || "").trim();
      const label = written === page.catalogue.optimizers[run.optimizer].label ? "" : written;
      if (label === run.label) return none();
      change(fallLine.edit.withRun(page.experiment, id.run, { label }), "rename", { structure: true });
      return none();
    },

    method(methods) {
      const id = trigger();
      if (!id || live() === null) return none();
      const { page, change } = live();
      const optimizer = root.dash_clientside.callback_context.triggered[0].value;
      if (!optimizer || !methods || optimizer === page.experiment.runs[id.run].optimizer) return none();
      const { hypers } = page.catalogue.optimizers[optimizer];
      const next = fallLine.edit.changeMethod(page.experiment, id.run, optimizer, defaults(optimizer), hypers);
      change(next, "method", { structure: true });
      return none();
    },
  };

  // Alt with an arrow moves the run in whose row the focus is.
  function onKey(event) {
    const row = event.altKey ? event.target.closest(".run") : null;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!row || by === undefined || live() === null) return;
    event.preventDefault();
    const index = Number(row.dataset.run);
    if (live().page.experiment.runs[index + by]) runAction(by < 0 ? "up" : "down", index);
  }

  function onDoubleClick(event) {
    const slider = event.target.closest(".hyper-slider");
    if (!slider || live() === null) return;
    const { owner, key } = JSON.parse(slider.id);
    const { hyperOf, setNumber, syncNumber } = live();
    setNumber(owner, key, hyperOf(owner, key).default);
    // After the slider has dealt with the second click itself.
    setTimeout(() => syncNumber(owner, key), 60);
  }

  // A slider's thumb tells its value at every move; Dash hears of it only when the hand lets go.
  function onSlid(records) {
    if (live() === null) return;
    for (const { target } of records) {
      const slider = target.closest(".hyper-slider");
      // React comes two frames after the hand: what it tells of a slider that is held is old.
      if (slider && !fallLine.sliderDrag.holds(slider) && (target === document.activeElement || target.hasAttribute("data-dragging"))) slid(slider, target);
    }
  }

  function slid(slider, thumb) {
    const { owner, key } = JSON.parse(slider.id);
    const { hyperOf, valueOf } = live();
    const { toPosition, toValue, spoken } = fallLine.scales;
    const hyper = hyperOf(owner, key);
    const told = Number(thumb.getAttribute("aria-valuenow"));
    if (hyper === undefined || told === spoken(hyper, toPosition(hyper, valueOf(owner, key)))) return;
    turn(owner, key, toValue(hyper, toPosition(hyper, told)));
  }

  // A slider that was moved past Dash has come to `value`.
  function turn(owner, key, value) {
    const { valueOf, setNumber, writeNumber } = live();
    if (value === valueOf(owner, key)) return;
    setNumber(owner, key, value);
    writeNumber(owner, key, value);
  }

  // A row of the table, or the head of a row in the list: its sliders must not dim the others while they are dragged.
  function hoveredRow(event) {
    const place = event.target.closest && event.target.closest("tr[data-run], .run-head");
    return place ? place.closest("[data-run]") : null;
  }

  function onOver(event) {
    const row = event.buttons ? null : hoveredRow(event);
    if (row && live() !== null && live().page.answer !== null) live().highlight(Number(row.dataset.run));
  }

  function onOut(event) {
    const row = hoveredRow(event);
    const to = event.relatedTarget;
    if (row && live() !== null && !(to instanceof Node && row.contains(to))) live().highlight(null);
  }

  // Every page with a list of runs calls this when it opens; the first call sets it up for all.
  let listening = false;
  function listenToRuns() {
    if (listening) return;
    listening = true;
    document.addEventListener("keydown", onKey);
    document.addEventListener("dblclick", onDoubleClick);
    document.addEventListener("pointerover", onOver);
    document.addEventListener("pointerout", onOut);
    fallLine.theme.onSystemChange(themeChanged);
    fallLine.sliderDrag.listen();
    new MutationObserver(onSlid).observe(document.body, { subtree: true, attributeFilter: ["aria-valuenow"] });
  }

  function themeChanged() {
    fallLine.theme.apply();
    if (live() !== null) live().restyle();
  }

  Object.assign(fallLine, { live, defaults, listenToRuns, themeChanged, turn });
  root.dash_clientside = Object.assign(root.dash_clientside || {}, { runs: callbacks });
})(window);
