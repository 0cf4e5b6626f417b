// What every page in a file of its own has: the numbers in it, its theme, its player, its list of runs.

import { swatch } from "../drawing/styles.ts";
import type { Palette, Run } from "../experiment/experiment.ts";
import { written } from "../experiment/scales.ts";
import { type Clock, createPlayer, type Player } from "../player/player.ts";
import { byId, make } from "../shell/document.ts";
import type { Theme } from "../shell/theme.ts";

/** A run's hyperparameters: key, symbol, and its schedule in words if it has one. */
export type Symbols = readonly (readonly [key: string, symbol: string, schedule?: string])[];

const SCHEME = "data-mantine-color-scheme";
const KEYS: Readonly<Record<string, (player: Player) => void>> = {
  " ": (player) => player.toggle(),
  ArrowLeft: (player) => player.forward(-1),
  ArrowRight: (player) => player.forward(1),
  Home: (player) => player.seek(0),
  End: (player) => player.seek(player.clock.steps),
};

/** Reads the JSON in the element with this id. */
export function read<Data>(id: string): Data {
  return JSON.parse(byId(id).textContent);
}

export function theme(): Theme {
  return document.documentElement.getAttribute(SCHEME) as Theme;
}

export function switchTheme(): void {
  document.documentElement.setAttribute(SCHEME, theme() === "dark" ? "light" : "dark");
}

/** Draws every sample in the document that names its line style. */
export function swatches(palette: Palette): void {
  for (const canvas of document.querySelectorAll<HTMLCanvasElement>("canvas.swatch[data-style]")) {
    swatch(canvas, Number(canvas.dataset.style), palette);
  }
}

// ---- the list of runs ----

/** The values of a run in words. */
export function valueWords({ hypers }: Run, symbols: Symbols): string {
  const words = symbols.map(([key, symbol, schedule = ""]) => `${symbol}\u00a0${written(hypers[key])}${schedule}`);
  return words.join("  ");
}

/** The row of the run at `index`, called `name`; under its name stand its values, or its `sliders` if it has some. */
export function runRow(
  run: Run,
  index: number,
  name: string,
  symbols: Symbols,
  onToggle: (index: number) => void,
  sliders: HTMLElement | null = null,
): HTMLLIElement {
  const button = make("button", { type: "button", className: "run-toggle" }, [
    make("canvas", { className: "swatch", width: 44, height: 32, "data-style": run.style }),
    make("span", { className: "run-name" }, name),
    ...(sliders ? [] : [make("span", { className: "run-values" }, valueWords(run, symbols))]),
  ]);
  button.addEventListener("click", () => onToggle(index));
  return make("li", { className: "run", "data-run": index }, [button, ...(sliders ? [sliders] : [])]);
}

/** Shows which of the runs are hidden. */
export function showHidden(runs: readonly Run[]): void {
  for (const row of byId("runs").querySelectorAll("li")) {
    const { hidden } = runs[Number(row.dataset.run)];
    const title = hidden ? "Show this run" : "Hide this run";
    row.classList.toggle("run-hidden", hidden);
    Object.assign(row.firstElementChild!, { title, ariaPressed: String(!hidden) });
  }
}

/** Calls `onHighlight` with a run as the pointer comes to one of its rows, and with null as it leaves. */
export function watchRows(onHighlight: (run: number | null) => void): void {
  const rowOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>("[data-run]") : null;
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

/** Shows where the player stands. */
export function showClock(clock: Clock): void {
  const step = Math.floor(clock.time);
  Object.assign(byId("scrub"), { max: clock.steps, value: step });
  byId("counter").textContent = `${step} / ${clock.steps}`;
}

function onPlayerChange(clock: Clock): void {
  const title = clock.playing ? "Pause (space)" : "Play (space)";
  Object.assign(byId("play"), { title, ariaLabel: title });
  byId("play").classList.toggle("playing", clock.playing);
  showClock(clock);
}

function onKey(event: KeyboardEvent, player: Player): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  const target = event.target as Element;
  if (target.closest("input, select") || (event.key === " " && target.closest("button, label, summary"))) return;
  event.preventDefault();
  KEYS[event.key](player);
}

/** A player over `steps` steps with its buttons and keys; `onMove` draws. */
export function startPlayer(steps: number, onMove: (clock: Clock) => void): Player {
  let frames = 0;
  const onFrame = (clock: Clock) => {
    onMove(clock);
    frames += 1;
    if (frames % 6 === 0 || !clock.playing) showClock(clock);
  };
  const player = createPlayer({ onFrame, onChange: onPlayerChange });
  player.setSteps(steps);
  connect(player);
  return player;
}

function connect(player: Player): void {
  const [scrub, loop] = [byId<HTMLInputElement>("scrub"), byId<HTMLInputElement>("loop")];
  const speed = byId<HTMLSelectElement>("speed");
  byId("play").addEventListener("click", () => player.toggle());
  byId("back").addEventListener("click", () => player.forward(-1));
  byId("forward").addEventListener("click", () => player.forward(1));
  scrub.addEventListener("input", () => player.seek(Number(scrub.value)));
  speed.addEventListener("change", () => {
    player.clock.speed = Number(speed.value);
  });
  loop.addEventListener("change", () => {
    player.clock.loop = loop.checked;
  });
  document.addEventListener("keydown", (event) => onKey(event, player));
}
