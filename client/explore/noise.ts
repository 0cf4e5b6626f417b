// Gradient noise on the Explore page: the panel in the rail, and what is told of noise beside the plots.

import { props } from "../dash/dash.ts";
import { mended } from "../runs/refused.ts";
import { tell } from "../shell/document.ts";
import { change } from "./changing.ts";
import { averaged } from "./ground.ts";
import { type Answer, state } from "./state.ts";

export const GREATEST_SEED = 999_999;

/** Under minibatches σ moves the copies, and with them the surface. */
export const movesSurface = (key: string): boolean => key === "sigma" && averaged(state.experiment);

/** The reader chooses another kind of noise. */
export function chooseNoise(kind: string | null): void {
  if (!state.opened || !kind || kind === state.experiment.noise) return;
  const next = { ...state.experiment, noise: kind };
  showPanel(kind);
  change(next, "noise", { contour: averaged(state.experiment) || averaged(next) });
}

// Which of the panel's numbers mean something.
function showPanel(kind: string): void {
  const panel = document.getElementById("noise-panel");
  if (panel) panel.dataset.noise = kind;
}

export function newSeed(): void {
  const seed = Math.floor(Math.random() * (GREATEST_SEED + 1));
  change({ ...state.experiment, seed }, "seed");
  mended(JSON.stringify({ key: "seed", type: "field" }));
  syncSeed();
}

function syncSeed(): void {
  props({ type: "field", key: "seed" }, { value: String(state.experiment.seed) });
}

/** Puts the panel where the experiment says, but for its sliders. */
export function syncNoise(): void {
  const { noise, return_best: checked } = state.experiment;
  props("noise-kind", { value: noise });
  props("return-best", { checked });
  showPanel(noise);
  syncSeed();
}

/** Shows what the server says of the noise, beside what it belongs to. */
export function showNoise({ words, median, surface, drawn, fewer }: Answer["noise"]): void {
  tell("noise-words", words);
  tell("outcomes-caption", median);
  tell("surface-note", [surface && `Surface: ${surface}`, drawn].filter(Boolean).join(" · "));
  tell("fewer-seeds", fewer);
}

export function returnBest(checked: boolean): void {
  if (!state.opened || checked === state.experiment.return_best) return;
  change({ ...state.experiment, return_best: checked }, "return best");
}
