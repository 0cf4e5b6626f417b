// The keys of player and view on the Explore page.

import { alone, pressing, scrolling, typing } from "../player/keys.ts";
import { forward, ready, seek, steps, toggle } from "./playing.ts";
import { mounted } from "./plots.ts";
import { setView } from "./start.ts";

const KEYS: Readonly<Record<string, () => void>> = {
  " ": toggle,
  ArrowLeft: () => forward(-1),
  ArrowRight: () => forward(1),
  Home: () => seek(0),
  End: () => seek(steps()),
  h: () => setView(null),
};

/** Whether a key is meant for the page: it stands, and no other key is held down with it. */
export const meant = (event: KeyboardEvent): boolean => mounted() && ready() && alone(event);

function onKey(event: KeyboardEvent): void {
  if (!meant(event) || !(event.key in KEYS) || typing(event.target)) return;
  if (event.key === " " ? pressing(event.target) : scrolling(event.target)) return;
  event.preventDefault();
  KEYS[event.key]();
}

export const listenToKeys = (): void => document.addEventListener("keydown", onKey);
