// What Dash calls for the bar at the top of every page.

import { offer } from "../dash/dash.ts";
import { current, toggle } from "./theme.ts";

const PLUGINS = "fall-line-plugins-seen";

type Clicks = number | null | undefined;

// Hidden from now on, or because the reader has put the same notice away before.
function plugins(clicks: Clicks, text: string): boolean {
  try {
    if (clicks) sessionStorage.setItem(PLUGINS, text);
    return sessionStorage.getItem(PLUGINS) === text;
  } catch {
    return Boolean(clicks);
  }
}

/** Lets Dash call what the header's callbacks name; `onTheme` is told when the reader has switched the theme. */
export function offerHeader(onTheme: () => void): void {
  offer("header", {
    theme(clicks: Clicks) {
      if (clicks) {
        toggle();
        onTheme();
      }
      return current();
    },
    plugins,
    about: (clicks: Clicks) => (clicks ? true : undefined),
  });
}
