// Which line is which run, where the list of runs is out of sight.

import type { Run } from "../experiment/experiment.ts";
import { make } from "../shell/document.ts";

/** Shows the samples and names of the runs that are drawn. Says whether it did anything. */
export function fillLegend(
  list: HTMLElement,
  runs: readonly Pick<Run, "style" | "hidden">[],
  names: readonly string[],
): boolean {
  const shown = runs.map(({ style, hidden }, k) => ({ style, hidden, name: names[k] })).filter((run) => !run.hidden);
  const looks = shown.map(({ style, name }) => `${style} ${name}`).join("\n");
  if (list.dataset.looks === looks) return false;
  list.dataset.looks = looks;
  const sample = (style: number) => make("canvas", { className: "swatch", width: 44, height: 32, "data-style": style });
  list.replaceChildren(...shown.map(({ style, name }) => make("li", {}, [sample(style), name])));
  return true;
}
