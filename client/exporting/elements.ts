// Elements that only the export dialog has.

import { make } from "../shell/document.ts";

export interface Bar {
  readonly node: HTMLElement;
  /** How far something is, from 0 to 1. */
  set(share: number): void;
}

export const icon = (name: string): HTMLElement =>
  make("span", { className: `icon icon-${name}`, "aria-hidden": "true" });

/** Shows or hides `element`; the focus that was on a hidden one goes to `next`. */
export function show(element: HTMLElement, shown: boolean, next: HTMLElement | null): void {
  const focused = element === document.activeElement;
  element.hidden = !shown;
  if (!shown && focused && next) next.focus();
}

/** A bar that fills as something goes on. */
export function bar(label: string): Bar {
  const filled = make("span", { className: "export-filled" });
  const range = { "aria-valuemin": 0, "aria-valuemax": 100 };
  const node = make("div", { className: "export-bar", role: "progressbar", "aria-label": label, ...range }, filled);
  const set = (share: number) => {
    filled.style.width = `${100 * share}%`;
    node.setAttribute("aria-valuenow", String(Math.round(100 * share)));
  };
  set(0);
  return { node, set };
}
