// The question for the contour of what a plot shows.

import { fitted } from "../drawing/geometry.ts";
import type { Box, Experiment } from "../experiment/experiment.ts";
import { current } from "../shell/theme.ts";

const FARTHEST = 1e6; // no view reaches further
const LEAST = 50; // pixels

export interface ContourQuestion extends Pick<Experiment, "surface" | "parameters" | "levels" | "noise" | "sigma"> {
  readonly view: Box;
  readonly width: number;
  readonly theme: string;
  readonly revision: number;
}

export interface Margin {
  readonly l: number;
  readonly r: number;
  readonly t: number;
  readonly b: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Asks for the surface of `experiment` in a plot of that size which shows at least `box`. */
export function contourQuestion(
  experiment: Experiment,
  box: Box,
  size: Size,
  margin: Margin,
  revision: number,
): ContourQuestion {
  const { surface, parameters, levels, noise, sigma } = experiment;
  const width = Math.max(LEAST, size.width - margin.l - margin.r);
  const height = Math.max(LEAST, size.height - margin.t - margin.b);
  const [xLow, xHigh, yLow, yHigh] = fitted(box, width, height).map((edge) =>
    Math.min(FARTHEST, Math.max(-FARTHEST, edge)),
  );
  return {
    surface,
    parameters,
    levels,
    view: [xLow, xHigh, yLow, yHigh],
    noise,
    sigma,
    width,
    theme: current(),
    revision,
  };
}
