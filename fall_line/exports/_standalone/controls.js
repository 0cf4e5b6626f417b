// What every page in a file of its own has: the numbers in it, its theme, its player, its list of runs.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const KEYS = {
    " ": (player) => player.toggle(),
    ArrowLeft: (player) => player.forward(-1),
    ArrowRight: (player) => player.forward(1),
    Home: (player) => player.seek(0),
    End: (player) => player.seek(player.clock.steps),
  };

  const place = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(place(id).textContent);
  const theme = () => document.documentElement.getAttribute("data-mantine-color-scheme");

  function switchTheme() {
    document.documentElement.setAttribute("data-mantine-color-scheme", theme() === "dark" ? "light" : "dark");
  }

  function swatches(palette) {
    for (const canvas of document.querySelectorAll("canvas.swatch")) {
      fallLine.styles.swatch(canvas, Number(canvas.dataset.style), palette);
    }
  }

  // ---- the list of runs ----

  function text(className, content) {
    const made = document.createElement("span");
    return Object.assign(made, { className, textContent: content });
  }

  function values({ hypers }, symbols) {
    return symbols.map(([key, symbol, schedule = ""]) => `${symbol}\u00a0${fallLine.scales.written(hypers[key])}${schedule}`).join("  ");
  }

  // The row of the run at `index`, called `name`; `symbols` are those of its hyperparameters, each with its key.
  function runRow(run, index, name, symbols, onToggle) {
    const row = document.createElement("li");
    Object.assign(row, { className: "run" });
    row.dataset.run = index;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "run-toggle" });
    const swatch = document.createElement("canvas");
    Object.assign(swatch, { className: "swatch", width: 44, height: 32 });
    swatch.dataset.style = run.style;
    button.append(swatch, text("run-name", name), text("run-values", values(run, symbols)));
    button.addEventListener("click", () => onToggle(index));
    row.append(button);
    return row;
  }

  function showHidden(runs) {
    for (const row of place("runs").children) {
      const { hidden } = runs[Number(row.dataset.run)];
      const title = hidden ? "Show this run" : "Hide this run";
      row.classList.toggle("run-hidden", hidden);
      Object.assign(row.firstChild, { title, ariaPressed: String(!hidden) });
    }
  }

  // onHighlight(run or null) as the pointer comes to a row and leaves it.
  function watchRows(onHighlight) {
    const rowOf = (target) => (target instanceof Element ? target.closest("[data-run]") : null);
    document.addEventListener("pointerover", ({ target }) => {
      const row = rowOf(target);
      if (row) onHighlight(Number(row.dataset.run));
    });
    document.addEventListener("pointerout", ({ target, relatedTarget }) => {
      const row = rowOf(target);
      if (row && rowOf(relatedTarget) !== row) onHighlight(null);
    });
  }

  // ---- the player ----

  function showClock(clock) {
    const step = Math.floor(clock.time);
    Object.assign(place("scrub"), { max: clock.steps, value: step });
    place("counter").textContent = `${step} / ${clock.steps}`;
  }

  function onPlayerChange(clock) {
    const title = clock.playing ? "Pause (space)" : "Play (space)";
    Object.assign(place("play"), { title, ariaLabel: title });
    place("play").classList.toggle("playing", clock.playing);
    showClock(clock);
  }

  function onKey(event, player) {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    if (event.target.closest("input, select") || (event.key === " " && event.target.closest("button, label, summary"))) return;
    event.preventDefault();
    KEYS[event.key](player);
  }

  // A player over `steps` steps with its buttons and keys; onMove(clock) draws.
  function startPlayer(steps, onMove) {
    let frames = 0;
    const onFrame = (clock) => {
      onMove(clock);
      frames += 1;
      if (frames % 6 === 0 || !clock.playing) showClock(clock);
    };
    const player = fallLine.createPlayer({ onFrame, onChange: onPlayerChange });
    player.setSteps(steps);
    place("play").addEventListener("click", player.toggle);
    place("back").addEventListener("click", () => player.forward(-1));
    place("forward").addEventListener("click", () => player.forward(1));
    place("scrub").addEventListener("input", (event) => player.seek(Number(event.target.value)));
    place("speed").addEventListener("change", (event) => (player.clock.speed = Number(event.target.value)));
    place("loop").addEventListener("change", (event) => (player.clock.loop = event.target.checked));
    document.addEventListener("keydown", (event) => onKey(event, player));
    return player;
  }

  fallLine.controls = { place, read, theme, switchTheme, swatches, runRow, showHidden, watchRows, startPlayer };
})(window);
