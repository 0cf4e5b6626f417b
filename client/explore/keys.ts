// The keys of player and view on the Explore page.

import { forward, ready, seek, steps, toggle } from "./playing.ts";
import { mounted } from "./plots.ts";
import { setView } from "./start.ts";

const TYPING = "input, textarea, select, [role=slider], [role=menu], [role=dialog], [contenteditable], .start-handle";
const PRESSING = "button, a, label, summary";
const SCROLLING = "[role=region]"; // arrows scroll it, as long as it has the focus

const KEYS: Readonly<Record<string, () => void>> = {
  " ": toggle,
  ArrowLeft: () => forward(-1),
  ArrowRight: () => forward(1),
  Home: () => seek(0),
  End: () => seek(steps()),
  h: () => setView(null),
};

/** Whether keys belong to what has the focus. */
export const typing = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TYPING) !== null;

const pressing = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(PRESSING) !== null;

/** Whether arrows scroll what has the focus. */
export const scrolling = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(SCROLLING) !== null;

/** Whether a key is meant for the page: it stands, and no other key is held down with it. */
export const meant = (event: KeyboardEvent): boolean =>
  mounted() && ready() && !event.ctrlKey && !event.metaKey && !event.altKey;

function onKey(event: KeyboardEvent): void {
  if (!meant(event) || !(event.key in KEYS) || typing(event.target)) return;
  if (event.key === " " ? pressing(event.target) : scrolling(event.target)) return;
  event.preventDefault();
  KEYS[event.key]();
}

export const listenToKeys = (): void => document.addEventListener("keydown", onKey);
