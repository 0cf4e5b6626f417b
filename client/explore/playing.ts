// The player of the Explore page: its clock, its slider and its button.

import { props } from "../dash/dash.ts";
import { type Clock, createPlayer, type Player } from "../player/player.ts";
import { byId, make } from "../shell/document.ts";

interface Parts {
  readonly steps: number;
  /** Where the player stands at first. */
  readonly step: number;
  readonly onFrame: () => void;
  readonly onChange: () => void;
}

const COUNTED = 6; // frames from one look at the counter to the next

let player: Player | null = null;
let scrub: HTMLInputElement | null = null;
let frames = 0;

/** A visit of the page begins. */
export function begin({ steps, step, onFrame, onChange }: Parts): void {
  player = createPlayer({
    onFrame(clock) {
      onFrame();
      frames += 1;
      if (frames % COUNTED === 0 || !clock.playing) showClock();
    },
    onChange(clock) {
      showButton(clock);
      showClock();
      onChange();
    },
  });
  Object.assign(player.clock, { steps, time: step });
  scrub = scrubber();
  byId("player-scrub").replaceChildren(scrub);
  showClock();
}

// A native slider, which the player can move at every frame.
function scrubber(): HTMLInputElement {
  const input = make("input", { type: "range", min: 0, step: 1, className: "scrub", "aria-label": "step" });
  input.addEventListener("input", () => player?.seek(Number(input.value)));
  return input;
}

function showButton({ playing }: Clock): void {
  const [label, className] = playing ? ["Pause (space)", "icon-button playing"] : ["Play (space)", "icon-button"];
  props("player-play", { className, title: label, "aria-label": label });
}

/** Writes the step at which the clock stands. */
export function showClock(): void {
  if (player === null || scrub === null) return;
  const { steps } = player.clock;
  const step = Math.floor(time());
  Object.assign(scrub, { max: steps, value: step });
  byId("player-counter").textContent = `${step} / ${steps}`;
}

/** Whether the page has been opened, so that there is something to play. */
export const ready = (): boolean => player !== null;

/** The step at which the player stands, with its fraction. */
export const time = (): number => player?.clock.time ?? 0;

export const isPlaying = (): boolean => player?.clock.playing ?? false;

/** Whether it stands at the last step. */
export const atEnd = (): boolean => player !== null && player.clock.time >= player.clock.steps;

export const steps = (): number => player?.clock.steps ?? 1;
export const play = (): void => player?.play();
export const toggle = (): void => player?.toggle();
export const seek = (step: number): void => player?.seek(step);
export const forward = (by: number): void => player?.forward(by);
export const setSteps = (count: number): void => player?.setSteps(count);

/** How fast the player goes, and whether it begins again at the end. */
export function setPace(speed: number, loop: boolean): void {
  if (player !== null) Object.assign(player.clock, { speed, loop });
}
