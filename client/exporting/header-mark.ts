// The button in the header tells of exports under way while the dialog is closed.

import { type Export, running } from "./jobs.ts";
import { share } from "./words.ts";

export function markHeader(entries: readonly Export[]): void {
  const button = document.getElementById("export");
  if (!button) return;
  const under = entries.filter(running);
  const done = under.reduce((sum, entry) => sum + share(entry), 0) / (under.length || 1);
  const sign = button.querySelector<HTMLElement>(".export-mark")!;
  sign.hidden = under.length === 0;
  sign.style.setProperty("--share", `${Math.round(100 * done)}%`);
  const going = under.length === 1 ? "1 export is under way" : `${under.length} exports are under way`;
  button.title = under.length ? `${going}, ${Math.round(100 * done)} %` : "Export a video, a picture or the numbers";
}
