// The player of the Train page: its clock, its slider and its button.

import { props } from "../dash/dash.ts";
import { type Clock, createPlayer, type Player } from "../player/player.ts";
import { byId, make } from "../shell/document.ts";

interface Parts {
  readonly steps: number;
  /** Where the player stands at first; null for the last one. */
  readonly step: number | null;
  readonly onTime: (time: number) => void;
}

let player: Player | null = null;
let scrub: HTMLInputElement | null = null;

/** A visit of the page begins. */
export function begin({ steps, step, onTime }: Parts): void {
  player = createPlayer({
    onFrame: ({ time }) => {
      showClock();
      onTime(time);
    },
    onChange: showButton,
  });
  Object.assign(player.clock, { steps, time: step ?? steps });
  scrub = make("input", { type: "range", min: 0, step: 1, className: "scrub", "aria-label": "step" });
  scrub.addEventListener("input", () => player?.seek(Number(scrub!.value)));
  byId("train-player-scrub").replaceChildren(scrub);
  showClock();
}

function showButton({ playing }: Clock): void {
  const [label, className] = playing ? ["Pause (space)", "icon-button playing"] : ["Play (space)", "icon-button"];
  props("train-player-play", { className, title: label, "aria-label": label });
}

function showClock(): void {
  if (player === null || scrub === null) return;
  const { steps } = player.clock;
  const step = Math.floor(time());
  Object.assign(scrub, { max: steps, value: step });
  byId("train-player-counter").textContent = `${step} / ${steps}`;
}

export const ready = (): boolean => player !== null;

/** The step at which the player stands, with its fraction. */
export const time = (): number => player?.clock.time ?? 0;

/** Whether it stands at the last step. */
export const atEnd = (): boolean => player === null || player.clock.time >= player.clock.steps;

export const steps = (): number => player?.clock.steps ?? 1;
export const toggle = (): void => player?.toggle();
export const seek = (step: number): void => player?.seek(step);
export const forward = (by: number): void => player?.forward(by);

/** A training has another number of steps: who stood at the end stays there. */
export function setSteps(count: number): void {
  if (player === null || player.clock.steps === count) return;
  player.setSteps(count);
  showClock();
}

/** How fast the player goes, and whether it begins again at the end. */
export function setPace(speed: number, loop: boolean): void {
  if (player !== null) Object.assign(player.clock, { speed, loop });
}
