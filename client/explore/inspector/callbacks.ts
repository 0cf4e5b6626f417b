// What Dash calls for the step inspector, and its keys.

import { type Callbacks, offer } from "../../dash/dash.ts";
import { scrolling, typing } from "../../player/keys.ts";
import { byId } from "../../shell/document.ts";
import { meant } from "../keys.ts";
import { ready } from "../playing.ts";
import { isInspecting, moveLine, openInspector, toggleExplanation, toggleInspector } from "./inspector.ts";
import { inspected } from "./state.ts";

const clicked =
  (action: () => void) =>
  (clicks: number | null): void => {
    if (clicks && ready()) action();
  };

function close(): void {
  openInspector(false);
  byId("inspect").focus();
}

// By a key: the focus stays where it is, unless it would be lost with the panel.
function toggle(): void {
  if (byId("inspector").contains(document.activeElement)) close();
  else toggleInspector();
}

export const callbacks: Callbacks = {
  toggle: clicked(toggleInspector),
  close: clicked(close),
  explain: clicked(toggleExplanation),
  back: clicked(() => moveLine(-1)),
  next: clicked(() => moveLine(1)),
};

/** Lets Dash call what its callbacks of the inspector name. */
export const offerInspector = (): void => offer("inspector", callbacks);

const KEYS: Readonly<Record<string, () => void>> = {
  i: toggle,
  Escape: toggle,
  ArrowDown: () => moveLine(1),
  ArrowUp: () => moveLine(-1),
};

const explaining = ({ target }: KeyboardEvent): boolean => isInspecting() && inspected.explaining && !scrolling(target);

const LISTENED: Readonly<Record<string, (event: KeyboardEvent) => boolean>> = {
  i: () => true,
  Escape: isInspecting,
  ArrowDown: explaining,
  ArrowUp: explaining,
};

function onKey(event: KeyboardEvent): void {
  if (!meant(event) || !(event.key in KEYS) || typing(event.target)) return;
  if (!LISTENED[event.key](event)) return;
  event.preventDefault();
  KEYS[event.key]();
}

export const listenToInspector = (): void => document.addEventListener("keydown", onKey);
