// What the Explore page listens to besides Dash: keys, double clicks, hovered rows, the address, the connection.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const the = () => fallLine.explore;
  const TYPING = "input, textarea, select, [role=slider], [role=menu], [role=dialog], [contenteditable], .start-handle";

  fallLine.defaults = (optimizer) => {
    const { hypers } = the().page.catalogue.optimizers[optimizer];
    return Object.fromEntries(Object.entries(hypers).map(([key, hyper]) => [key, hyper.default]));
  };

  fallLine.runAction = (action, index) => {
    const { page, change } = the();
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
  };

  fallLine.themeChanged = () => {
    const { page, parts, mounted, contourRequest, swatches, drawAll } = the();
    fallLine.theme.apply();
    if (page.catalogue === null || !mounted()) return;
    parts.contourGate.request(contourRequest());
    swatches();
    drawAll(true);
  };

  // The link holds the whole experiment, and the step if the player stands before the end.
  fallLine.copyLink = async () => {
    const { page, parts, tell } = the();
    const { clock } = parts.player;
    const step = clock.time < clock.steps ? `&step=${Math.floor(clock.time)}` : "";
    const link = `${root.location.origin}${root.location.pathname}?${page.query}${step}`;
    try {
      await root.navigator.clipboard.writeText(link);
      tell("copied", "Link copied");
    } catch {
      tell("copied", `Copy this: ${link}`);
    }
    setTimeout(() => tell("copied", ""), 6000);
  };

  const KEYS = {
    " ": (player) => player.toggle(),
    ArrowLeft: (player) => player.forward(-1),
    ArrowRight: (player) => player.forward(1),
    Home: (player) => player.seek(0),
    End: (player) => player.seek(player.clock.steps),
  };

  function onKey(event) {
    const { parts } = the();
    if (!the().mounted() || (event.altKey && moveRun(event))) return;
    if (!parts.player || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    if (event.target.closest(TYPING) || (event.key === " " && event.target.closest("button, a, label"))) return;
    event.preventDefault();
    KEYS[event.key](parts.player);
  }

  function moveRun(event) {
    const row = event.target.closest(".run");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const { page } = the();
    if (!row || by === undefined || page.experiment === null) return false;
    event.preventDefault();
    const index = Number(row.dataset.run);
    if (!page.experiment.runs[index + by]) return true;
    fallLine.runAction(by < 0 ? "up" : "down", index);
    return true;
  }

  function onDoubleClick(event) {
    const slider = event.target.closest(".hyper-slider");
    if (!slider || !the().mounted()) return;
    const { owner, key } = JSON.parse(slider.id);
    const { hyperOf, setNumber, syncNumber } = the();
    setNumber(owner, key, hyperOf(owner, key).default);
    // After the slider has dealt with the second click itself.
    setTimeout(() => syncNumber(owner, key), 60);
  }

  // A slider's thumb tells its value at every move; Dash hears of it only when the hand lets go.
  function onSlid(records) {
    if (!the().mounted()) return;
    for (const { target } of records) {
      const slider = target.closest(".hyper-slider");
      if (slider && (target === document.activeElement || target.hasAttribute("data-dragging"))) slid(slider, target);
    }
  }

  function slid(slider, thumb) {
    const { owner, key } = JSON.parse(slider.id);
    const { hyperOf, valueOf, setNumber, writeNumber } = the();
    const { toPosition, toValue, spoken } = fallLine.scales;
    const hyper = hyperOf(owner, key);
    const told = Number(thumb.getAttribute("aria-valuenow"));
    if (hyper === undefined || told === spoken(hyper, toPosition(hyper, valueOf(owner, key)))) return;
    const value = toValue(hyper, toPosition(hyper, told));
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
    const row = hoveredRow(event);
    if (row && the().mounted() && the().page.paths !== null) the().highlight(Number(row.dataset.run));
  }

  function onOut(event) {
    const row = hoveredRow(event);
    const to = event.relatedTarget;
    if (row && the().mounted() && !(to instanceof Node && row.contains(to))) the().highlight(null);
  }

  let listening = false;
  fallLine.oncePerVisit = ({ tell, change }) => {
    const { page, parts } = the();
    if (listening) return;
    listening = true;
    document.addEventListener("keydown", onKey);
    document.addEventListener("dblclick", onDoubleClick);
    document.addEventListener("pointerover", onOver);
    document.addEventListener("pointerout", onOut);
    fallLine.theme.onSystemChange(fallLine.themeChanged);
    new MutationObserver(onSlid).observe(document.body, { subtree: true, attributeFilter: ["aria-valuenow"] });
    parts.connection = fallLine.createConnection({
      waiting: () => (the().mounted() ? Math.max(parts.gate.waiting(), parts.contourGate.waiting()) : 0),
      onBusy: (busy) => tell("working", busy ? "Working…" : ""),
      onLost: () => tell("connection", "The server does not answer. Your experiment is safe in this page; trying again…"),
      onBack: () => {
        tell("connection", "");
        if (!the().mounted()) return;
        parts.gate.reset();
        parts.contourGate.reset();
        change(page.experiment, page.why, { contour: true, structure: true });
      },
    });
  };
})(window);
