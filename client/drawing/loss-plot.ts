// The loss curves: axes by Plotly, curves and the player's cursor over them.

import { type Graph, plotly } from "../dash/plotly.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { Reals } from "../wire/base64.ts";
import { nearest, type Under } from "./geometry.ts";
import { axes, caption, type LossRange, lossRange, steady } from "./loss-axis.ts";
import { createOverlay, type Fresh } from "./overlay.ts";
import type { Paths } from "./paths.ts";
import { pixelUnder } from "./pointer.ts";
import type { Band } from "./quartiles.ts";
import type { Scene } from "./scene.ts";

interface Settings {
  readonly onHover: (under: Under | null, event: PointerEvent) => void;
}

/** The polylines of the runs, those of all seeds if there are several, and what the axis shows in words. */
export interface LossCurves {
  readonly polylines: Reals;
  readonly fan: Reals | null;
  readonly band: Band | null;
  readonly caption: string;
}

export interface LossPlot {
  /** Puts the axes where the runs in `order` are seen; while they are `moving`, only if they need it. */
  setPaths(paths: Paths, order: readonly number[], wanted: Experiment["loss_axis"], moving?: boolean): LossCurves;
  /** Draws `scene`, as soon as there are axes; says whether it did. */
  draw(scene: Scene, fresh: Fresh): boolean;
}

const REACH = 14;

export function createLossPlot(graph: Graph, { onHover }: Settings): LossPlot {
  const overlay = createOverlay(graph, { cursor: true });
  let scene: Scene | null = null;
  let shown = "";
  let standing: LossRange | null = null;

  graph.on("plotly_afterplot", () => scene !== null && overlay.draw(scene, true));
  graph.addEventListener("pointermove", (event) => {
    const maps = overlay.maps();
    if (scene === null || maps === null) return;
    const { polylines, order, ends, steps, time } = scene;
    const within = { shown: order, ends, steps, upTo: time, reach: REACH };
    onHover(nearest(polylines, maps, pixelUnder(graph, event), within), event);
  });
  graph.addEventListener("pointerleave", (event) => onHover(null, event));

  return {
    setPaths(paths, order, wanted, moving = false) {
      const needed = lossRange(paths, order, wanted);
      const range = moving ? steady(standing, needed) : needed;
      standing = range;
      const asked = axes(paths.steps, range);
      const key = JSON.stringify(asked);
      if (key !== shown) plotly().relayout(graph, asked);
      shown = key;
      return {
        polylines: shifted(paths.curves, paths.floor, range.log),
        fan: paths.fan && shifted(paths.fan.curves, paths.floor, range.log),
        band: paths.band && shiftedBand(paths.band, paths.floor, range.log),
        caption: caption(range.log, paths.floor, wanted, Boolean(paths.band)),
      };
    },
    draw(next, fresh) {
      scene = next;
      return overlay.draw(scene, fresh);
    },
  };
}

function shiftedBand({ lower, upper }: Band, floor: number | null, log: boolean): Band {
  if (log || !floor) return { lower, upper };
  return { lower: lower.map((value) => value + floor), upper: upper.map((value) => value + floor) };
}

// Curves hold height above the floor; a linear axis shows the loss itself.
function shifted(curves: Reals, floor: number | null, log: boolean): Reals {
  return log || !floor ? curves : curves.map((value, k) => (k % 2 ? value + floor : value));
}
