// The keys of the player on the Train page.

import { alone, pressing, scrolling, typing } from "../player/keys.ts";
import { mounted } from "./history.ts";
import { forward, ready, seek, steps, toggle } from "./playing.ts";

const KEYS: Readonly<Record<string, () => void>> = {
  " ": toggle,
  ArrowLeft: () => forward(-1),
  ArrowRight: () => forward(1),
  Home: () => seek(0),
  End: () => seek(steps()),
};

function onKey(event: KeyboardEvent): void {
  if (!mounted() || !ready() || !alone(event) || !(event.key in KEYS) || typing(event.target)) return;
  if (event.key === " " ? pressing(event.target) : scrolling(event.target)) return;
  event.preventDefault();
  KEYS[event.key]();
}

export const listenToKeys = (): void => document.addEventListener("keydown", onKey);
