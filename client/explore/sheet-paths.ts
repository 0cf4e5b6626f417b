// The paths that a sheet holds for one stop of a slider.

import { beginning as beginningOf, copied, type Paths, renew } from "../drawing/paths.ts";
import { bandOf } from "../drawing/quartiles.ts";
import type { Value } from "../runs/page.ts";
import { type Header, read, type Unrolled, unrolled } from "../wire/sheet.ts";
import type { SheetEntry } from "../wire/sheets.ts";
import { state } from "./state.ts";
import { AT_MOST } from "./which-sheet.ts";

let longest: { readonly entry: SheetEntry; readonly paths: Unrolled } | null = null; // of the sheet for the steps

/** The paths that are shown with those of the stop `value` put in. */
export function movedTo(entry: SheetEntry, header: Header, value: Value): Paths {
  const { steps, seeds } = header;
  const paths = state.provisional ? state.paths! : copied(state.paths!);
  const arrays = seeds > 1 ? paths.fan! : paths;
  const middles = new Map<number, number>();
  const ends = read(
    entry,
    value,
    (run, seed) => ({ points: arrays.points, heights: arrays.heights, row: (run * seeds + seed) * (steps + 1) }),
    (run, { kept, middle }) => {
      paths.kept[run] = kept < 0 ? null : kept;
      middles.set(run, middle);
    },
  );
  header.runs.forEach((run, k) => {
    const middle = middles.get(run) ?? 0;
    if (seeds > 1) takeMedian(paths, run, run * seeds + middle, header);
    renew(paths, run, steps);
    paths.stopped[run] = ends[k][middle] < steps;
  });
  return seeds > 1 ? { ...paths, band: bandOf(paths.fan!.heights, seeds, steps + 1) } : paths;
}

// The run shown is the path of one seed.
function takeMedian({ points, heights, fan }: Paths, run: number, path: number, { steps, seeds }: Header): void {
  const rows = steps + 1;
  points.set(fan!.points.subarray(2 * path * rows, 2 * (path + 1) * rows), 2 * run * rows);
  heights.set(fan!.heights.subarray(path * rows, (path + 1) * rows), run * rows);
  for (let seed = 0; seed < seeds; seed++) renew(fan!, run * seeds + seed, steps);
}

/** The first `steps` of the longest paths, which are read once. */
export function beginning(entry: SheetEntry, steps: number): Paths {
  if (longest?.entry !== entry) longest = { entry, paths: unrolled(entry, AT_MOST) };
  return beginningOf(longest.paths, steps, { floor: state.paths!.floor, best: state.experiment.return_best });
}

/** A visit of the page begins. */
export function forgetLongest(): void {
  longest = null;
}
