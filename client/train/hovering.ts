// What happens under the pointer on the Train page: the run that is meant stands out, and a tip tells its numbers.

import { shortly } from "../experiment/scales.ts";
import { byId } from "../shell/document.ts";
import { epochAt } from "./axes.ts";
import type { Under } from "./plot-pointer.ts";
import { fittingAnswer, state, to } from "./state.ts";

const WIDE = 210; // px of the tip

/** The pointer is over the point `under` of a run, or over none. */
export function hover(under: Under | null, event: PointerEvent): void {
  const tip = byId("train-tip");
  tip.hidden = under === null;
  highlight(under === null ? null : under.run);
  if (under === null) return;
  tip.textContent = told(under);
  const left = event.clientX + 16 + WIDE > innerWidth ? event.clientX - WIDE : event.clientX + 16;
  Object.assign(tip.style, { left: `${left}px`, top: `${Math.min(event.clientY + 14, innerHeight - 110)}px` });
}

function told({ run, point, step }: Under): string {
  const answer = fittingAnswer()!;
  const [loss, validation, accuracy, kept] = answer.trainings[run][0].columns.map((column) => column[point]);
  const backed = Number(state.experiment.validation) > 0;
  const classes = (state.catalogue.tasks[state.experiment.task]?.classes ?? 0) > 0;
  const both = (one: string, other: string) => (backed ? `${one}   kept back ${other}` : one);
  const lines = [
    answer.reports[run].name,
    `step ${step}   epoch ${shortly(Number(epochAt(answer, step).toPrecision(4)))}`,
    both(`loss ${height(loss)}`, height(validation)),
  ];
  if (classes) lines.push(both(`accuracy ${percent(accuracy)}`, percent(kept)));
  return lines.join("\n");
}

// As losses come, none is greater.
const height = (loss: number): string => (loss > 3.4e38 && loss < Infinity ? "over 3e38" : shortly(loss));

const percent = (share: number): string => (Number.isNaN(share) ? "NaN" : `${(100 * share).toFixed(1)} %`);

/** Lets a run stand out, if it is shown. */
export function highlight(wanted: number | null): void {
  const run = wanted !== null && state.experiment.runs[wanted]?.hidden ? null : wanted;
  if (run !== state.highlight) to.highlighted(run);
}
