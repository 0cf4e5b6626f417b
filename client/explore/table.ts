// The table of outcomes, and what else is told of an answer while something moves.

import { fillLegend } from "../drawing/legend.ts";
import { fillOutcomes } from "../drawing/outcomes.ts";
import { drawScheduleCurves } from "../drawing/schedule-curve.ts";
import { drawSwatches } from "../runs/swatches.ts";
import { byId } from "../shell/document.ts";
import { throttled } from "../wire/throttle.ts";
import { showNoise } from "./noise.ts";
import { showClock } from "./playing.ts";
import { drawLosses, mounted } from "./plots.ts";
import { palette } from "./scene.ts";
import { state } from "./state.ts";

export const EVERY = 90; // ms between updates while something is dragged

let waiting: readonly number[] = [];

/** Brings the table up to the last answer. */
export const followAnswer = throttled(showTable, EVERY);

function showTable(): void {
  const { answer, experiment } = state;
  if (answer === null || !mounted() || answer.reports.length !== experiment.runs.length) return;
  const body = byId<HTMLTableSectionElement>("outcomes-body");
  const legend = fillLegend(
    byId("legend"),
    experiment.runs,
    answer.reports.map(({ name }) => name),
  );
  if (fillOutcomes(body, answer.reports, experiment.runs) || legend) drawSwatches(palette());
  showNoise(answer.noise);
  drawScheduleCurves(answer.schedules);
  drawLosses(true);
  showClock();
  showWaiting();
}

/** What is seen of the runs that move is newer than the numbers beside it: `runs` if they are given, or those of before. */
export function showWaiting(runs: readonly number[] = waiting): void {
  waiting = runs;
  const { provisional, lossesMoved } = state;
  if (provisional) byId("tooltip").hidden = true;
  document.getElementById("loss-plot")?.classList.toggle("losses-wait", provisional && !lossesMoved);
  const body = document.getElementById("outcomes-body") as HTMLTableSectionElement | null;
  [...(body?.rows ?? [])].forEach((row, run) =>
    row.classList.toggle("numbers-wait", provisional && waiting.includes(run)),
  );
}
