// The frames that stand in the HTML until a page does.

const PATIENCE = 20_000; // ms after which they go whatever happens

/** The page stands. */
export const removeShell = (): void => document.getElementById("shell")?.remove();

/** Lets the frames go in any case. */
export function watchShell(): void {
  setTimeout(removeShell, PATIENCE);
}
