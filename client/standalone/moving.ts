// What a reader moves in a file of its own: the values of the runs and the start, and the way back to what was exported.

import { linkedRates, setHyper } from "../experiment/edit.ts";
import type { Experiment, Point } from "../experiment/experiment.ts";
import { byId, write } from "../shell/document.ts";
import { general, signed } from "../walking/number-text.ts";
import type { WalkingData } from "./walking.ts";

const RATE = "learning_rate";

/** The experiment with another value of a number of one run; linked learning rates follow those that were `exported`. */
export function turned(
  experiment: Experiment,
  exported: Experiment,
  data: WalkingData,
  run: number,
  key: string,
  value: number,
): Experiment {
  const alone = data.hypers.includes(null); // a run that can't be walked can't follow either
  if (!experiment.link_learning_rates || key !== RATE || alone) return setHyper(experiment, run, key, value);
  const base = exported.runs.map(({ hypers }) => Number(hypers[RATE]));
  const ranges = data.hypers.map((hypers) => hypers!.find((hyper) => hyper.key === RATE)!);
  const rates = linkedRates(exported, base, run, value, ranges);
  return rates.reduce((made, rate, k) => setHyper(made, k, RATE, rate), experiment);
}

/** The experiment with the start where the hand is, or as near as the picture goes. */
export function startedAt(
  experiment: Experiment,
  [x, y]: Point,
  [xLow, xHigh, yLow, yHigh]: WalkingData["frame"],
): Experiment {
  const start: Point = [Math.min(xHigh, Math.max(xLow, x)), Math.min(yHigh, Math.max(yLow, y))];
  return { ...experiment, start };
}

/** The runs that walk otherwise in `after` than in `before`. */
export function movedRuns(before: Experiment, after: Experiment): number[] {
  const elsewhere = shared(before) !== shared(after);
  return after.runs.map((_, k) => k).filter((k) => elsewhere || !sameValues(before, after, k));
}

const shared = ({ start, steps, sigma, parameters }: Experiment): string =>
  JSON.stringify([start, steps, sigma, parameters]);

function sameValues(before: Experiment, after: Experiment, run: number): boolean {
  const [old, now] = [before.runs[run], after.runs[run]];
  const same = Object.keys(now.hypers).every((key) => old.hypers[key] === now.hypers[key]);
  return same && JSON.stringify(old.schedules) === JSON.stringify(now.schedules);
}

/** The experiment as it was exported, but for what is hidden. */
export function putBack(experiment: Experiment, exported: Experiment): Experiment {
  const runs = exported.runs.map((run, k) => ({ ...run, hidden: experiment.runs[k].hidden }));
  return { ...exported, runs };
}

/** Says where the numbers come from, and offers the way back. */
export function showOrigin(computed: boolean, movable: string): void {
  write(byId("moved-words"), computed ? "Paths and numbers are computed in the browser." : movable);
  byId("put-back").hidden = !computed;
  byId("computed-too").hidden = !computed;
}

/** The start as it stands in words, with so many digits. */
export function startWords([x, y]: Point, digits: number): string {
  return `from (${signed(general(x, digits))}, ${signed(general(y, digits))})`;
}

interface Told {
  readonly name: string;
  readonly sentence: string;
}

/** The exported `summary` with what became of the runs now: it ends with that, and begins with the start. */
export function summaryOf(
  { summary, reports }: { readonly summary: string; readonly reports: readonly Told[] },
  now: readonly Told[],
  exported: Point,
  start: Point,
): string {
  const outcomes = (told: readonly Told[]) => told.map(({ name, sentence }) => `${name}: ${sentence}`).join(" ");
  const opening = summary.slice(0, summary.length - outcomes(reports).length);
  return opening.replace(plainStart(exported), plainStart(start)) + outcomes(now);
}

const plainStart = ([x, y]: Point): string => `from (${general(x, 3)}, ${general(y, 3)})`;

/** Calls at the next frame, once however often it is asked to. */
export function atFrame(action: () => void): () => void {
  let waits = false;
  return () => {
    if (!waits)
      requestAnimationFrame(() => {
        waits = false;
        action();
      });
    waits = true;
  };
}
