// Which view of a surface an export shows.

import { inside } from "../drawing/geometry.ts";
import type { Box, Experiment } from "../experiment/experiment.ts";

/** The experiment with the view that is seen. A start outside it and outside the surface's domain needs the wider one. */
export function seen<Made extends Pick<Experiment, "start" | "view" | "step">>(
  experiment: Made,
  shown: Box | null,
  domain: Box,
): Made {
  const allowed = shown !== null && [shown, domain].some((box) => inside(box, experiment.start));
  return { ...experiment, view: allowed ? shown : experiment.view, step: null };
}
