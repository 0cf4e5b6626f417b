// What the Explore page listens to besides Dash and its list of runs: the player's keys, the connection.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const the = () => fallLine.explore;
  const TYPING = "input, textarea, select, [role=slider], [role=menu], [role=dialog], [contenteditable], .start-handle";

  function restyle() {
    const { parts, contourRequest, swatches, drawAll } = the();
    parts.contourGate.request(contourRequest());
    swatches();
    drawAll(true);
    fallLine.inspector.restyle();
    the().tuning.retheme();
  }

  // The link holds the whole experiment, and the step if the player stands before the end.
  fallLine.copyLink = () => {
    const { page, parts } = the();
    const { clock } = parts.player;
    const step = clock.time < clock.steps ? `&step=${Math.floor(clock.time)}` : "";
    fallLine.copyQuery(`${page.query}${step}`, the().tell);
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
    if (!the().mounted()) return;
    if (!parts.player || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    if (event.target.closest(TYPING) || (event.key === " " && event.target.closest("button, a, label"))) return;
    event.preventDefault();
    KEYS[event.key](parts.player);
  }

  // What an export shows: the view that is seen, from the `first` step to the `last`; the player `stands` at one.
  function exported() {
    const { page, parts, surface } = the();
    const experiment = fallLine.exportChoices.seen(page.experiment, page.shown, surface().domain, fallLine.geometry.inside);
    const { steps } = page.experiment;
    return { kind: "surface", experiment, first: 0, last: steps, stands: Math.min(steps, Math.floor(parts.player.clock.time)) };
  }

  const typing = (target) => Boolean(target.closest(TYPING));

  Object.assign(fallLine.explore, { restyle, exported, typing });

  let listening = false;
  fallLine.oncePerVisit = ({ tell, change }) => {
    const { page, parts } = the();
    if (listening) return;
    listening = true;
    document.addEventListener("keydown", onKey);
    parts.connection = fallLine.createConnection({
      waiting: () => (the().mounted() ? Math.max(parts.gate.waiting(), parts.contourGate.waiting()) : 0),
      onBusy: (busy) => the().mounted() && tell("working", busy ? "Working…" : ""),
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
