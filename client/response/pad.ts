// The pad over the signal's panel on which a signal is drawn by hand, with mouse, finger and arrow keys.

import { make } from "../shell/document.ts";
import { drawnInto } from "./drawn-signal.ts";
import type { ResponsePlot } from "./plot.ts";
import { state, to } from "./state.ts";

type Place = readonly [epoch: number, value: number];

export interface Pad {
  /** Puts the pad over the signal's panel, or hides it. */
  place(): void;
}

const MOVES: Readonly<Record<string, readonly [epochs: number, gradient: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 0.1],
  ArrowDown: [0, -0.1],
};

function createElement(): HTMLElement {
  const spoken = { role: "slider", "aria-label": "The drawn gradient at the cursor" };
  const range = { "aria-valuemin": "-2", "aria-valuemax": "2" };
  return make("div", { className: "drawing-pad", hidden: true, tabIndex: 0, ...spoken, ...range });
}

const within = (epoch: number): number => Math.min(state.catalogue.epochs - 1, Math.max(0, epoch));

export function createPad(host: HTMLElement, plot: ResponsePlot): Pad {
  const pad = createElement();
  host.append(pad);
  let last: Place | null = null;

  const at = (event: PointerEvent): Place => [within(Math.round(plot.epochAt(event))), plot.gradientAt(event)];

  function line(from: Place, end: Place): void {
    const drawn = drawnInto(state.experiment.drawn!, from, end, state.catalogue.reach);
    to.changed({ ...state.experiment, drawn }, "draw");
    tellValue();
  }

  function tellValue(): void {
    const value = state.experiment.drawn![state.epoch];
    pad.setAttribute("aria-valuenow", String(value));
    pad.setAttribute("aria-valuetext", `epoch ${state.epoch}, gradient ${value}`);
  }

  function onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    pad.focus({ preventScroll: true });
    pad.setPointerCapture(event.pointerId);
    last = at(event);
    line(last, last);
  }

  function onMove(event: PointerEvent): void {
    if (last === null) return;
    const next = at(event);
    line(last, next);
    last = next;
  }

  function onKey(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const epoch = within(state.epoch + move[0] * (event.shiftKey ? 10 : 1));
    to.sought(epoch);
    if (move[1] === 0) return tellValue();
    const value: Place = [epoch, state.experiment.drawn![epoch] + move[1]];
    line(value, value);
  }

  function place(): void {
    const panel = plot.signalPanel();
    pad.hidden = state.experiment.signal !== "drawn" || panel === null;
    if (pad.hidden || panel === null) return;
    const { left, width, top, height } = panel;
    Object.assign(pad.style, { left: `${left}px`, width: `${width}px`, top: `${top}px`, height: `${height}px` });
    tellValue();
  }

  const lift = () => (last = null);
  pad.addEventListener("pointerdown", onDown);
  pad.addEventListener("pointermove", onMove);
  pad.addEventListener("pointerup", lift);
  pad.addEventListener("pointercancel", lift);
  pad.addEventListener("dblclick", (event) => event.stopPropagation());
  pad.addEventListener("keydown", onKey);
  return { place };
}
