// The list of runs is built anew for many reasons. What had the focus in it is another element then, of the same id.

const REBUILT = ".runs, #surface-numbers";
const PATIENCE = 120; // frames until the old element is gone

let kept: Element | null = null;

/** The list is about to be built anew. */
export function keepFocus(): void {
  const focused = document.activeElement;
  kept = focused?.id && focused.closest(REBUILT) ? focused : null;
}

/** The list has been built, and stands soon: gives the focus back then, if nothing else has it by now. */
export function restoreFocus(): void {
  if (kept !== null) restore(kept, PATIENCE);
}

function restore(old: Element, patience: number): void {
  if (old !== kept) return;
  if (old.isConnected && patience > 0) return void requestAnimationFrame(() => restore(old, patience - 1));
  kept = null;
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (lost) document.getElementById(old.id)?.focus({ preventScroll: true });
}
