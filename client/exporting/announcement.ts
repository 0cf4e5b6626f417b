// What a screen reader hears of an export: its beginning, quarters and end, not every frame.

import { write } from "../shell/document.ts";
import type { Export } from "./jobs.ts";
import { share, standing } from "./words.ts";

/** Tells in `place` of an export that has come further. */
export function createAnnouncement(place: HTMLElement): (entry: Export | undefined, lost: boolean) => void {
  let announced = "";
  return (entry, lost) => {
    const quarter = entry && entry.kind === "drawing" ? Math.floor(4 * share(entry)) / 4 : null;
    const key = entry ? `${entry.id} ${entry.kind} ${quarter} ${entry.ahead}` : "";
    if (key === announced) return;
    announced = key;
    const done = entry?.kind === "done" ? "done, " : "";
    write(place, entry ? `${entry.name}: ${done}${standing(entry, lost)}` : "");
    place.hidden = false;
  };
}
