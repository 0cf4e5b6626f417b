// Light or dark: as the system has it, until the reader chooses. Of an embedded page a link may say it.

export type Theme = "light" | "dark";

const KEY = "fall-line-theme";

const system = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

function chosen(): Theme | null {
  try {
    return localStorage.getItem(KEY) as Theme | null;
  } catch {
    return null;
  }
}

const linked = (): Theme | undefined => document.documentElement.dataset.theme as Theme | undefined;

export function current(): Theme {
  return linked() || chosen() || (system().matches ? "dark" : "light");
}

/** Shows the document in the present theme. */
export function apply(): void {
  document.documentElement.setAttribute("data-mantine-color-scheme", current());
}

/** Chooses the other theme. */
export function toggle(): Theme {
  const next = current() === "dark" ? "light" : "dark";
  delete document.documentElement.dataset.theme;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice holds until the page is left.
  }
  apply();
  return next;
}

/** Calls `tell` when the system's theme is another. */
export function onSystemChange(tell: () => void): void {
  system().addEventListener("change", tell);
}
