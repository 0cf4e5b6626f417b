// The history of a training in a file of its own, its axes as they are chosen.

import { type LossRange, steady } from "../drawing/loss-axis.ts";
import type { TrainingExperiment } from "../experiment/experiment.ts";
import { byId, make } from "../shell/document.ts";
import { lossHeights } from "../train/axes.ts";
import { drawCursor, drawHistory } from "../train/plot-drawing.ts";
import { listenToPointer, type PlotActions } from "../train/plot-pointer.ts";
import { lookWords } from "../train/plot-words.ts";
import { type Scene, type Stage, shownCurves, staged } from "../train/scene.ts";
import { side } from "../train/smoothing.ts";
import { turnOf } from "../train/stages.ts";

type Told = Pick<Scene, "answer" | "classes"> & { readonly experiment: TrainingExperiment };
type Shown = Pick<Scene, "runs" | "time" | "highlight" | "palette" | "lineWidth">;

/** Draws what is shown. */
export type History = (shown: Shown) => void;

const field = (id: string): HTMLSelectElement => byId<HTMLSelectElement>(id);

/** The history of an experiment in `host`; `onAxes` is told when other axes are chosen. */
export function createHistory(
  host: HTMLElement,
  { answer, classes, experiment }: Told,
  { onAxes, ...actions }: PlotActions & { readonly onAxes: () => void },
): History {
  const layer = (name: string) => make("canvas", { className: `train-layer train-${name}`, "aria-hidden": "true" });
  const [lines, cursor] = [layer("lines"), layer("cursor")];
  let stage: Stage | null = null;
  let standing: LossRange | null = null;

  function sceneOf(shown: Shown): Scene {
    const smooth = byId<HTMLInputElement>("smooth").checked ? side(answer.epochs.length) : 0;
    const wanted = lossHeights(shownCurves(answer, shown.runs), field("loss-axis").value === "log");
    standing = steady(standing, wanted);
    byId("plot-text").textContent = lookWords(experiment, smooth * answer.every, wanted.cut);
    const by = field("along").value as Scene["by"];
    return { answer, classes, heights: standing, by, smooth, turn: turnOf(experiment), ...shown };
  }

  host.replaceChildren(lines, cursor);
  listenToPointer(host, () => stage, actions);
  for (const id of ["smooth", "loss-axis", "along"]) byId(id).addEventListener("change", onAxes);
  return (shown) => {
    stage = staged(sceneOf(shown), host.clientWidth, host.clientHeight);
    drawHistory(lines, stage, null);
    drawCursor(cursor, stage);
  };
}
