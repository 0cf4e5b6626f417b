// The list of runs is built anew for many reasons. What had the focus in it is another element then, of the same id.

const REBUILT = ".runs, #surface-numbers";

let kept: string | null = null;

/** The list is about to be built anew. */
export function keepFocus(): void {
  const focused = document.activeElement;
  kept = focused?.id && focused.closest(REBUILT) ? focused.id : null;
}

/** The list has been built: gives the focus back, if nothing else has it by now. */
export function restoreFocus(): void {
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (kept !== null && lost) document.getElementById(kept)?.focus({ preventScroll: true });
  kept = null;
}
