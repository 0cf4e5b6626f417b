// The button that opens a JSON file, on every page that has one.

function inputIn(id: string): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`#${id} input`);
}

/** Names the button. The page may start before it is there: its part of Dash is fetched by itself. */
export function nameFileInput(id: string, patience = 100): void {
  const input = inputIn(id);
  if (input) input.setAttribute("aria-label", "Open an experiment from a JSON file");
  else if (patience > 0) setTimeout(() => nameFileInput(id, patience - 1), 100);
}

/** So that the same file can be opened again once it was mended. */
export function forgetFile(id: string): void {
  const input = inputIn(id);
  if (input) input.value = "";
}
