// The samples beside the runs' names.

import { swatch } from "../drawing/styles.ts";
import type { Palette } from "../experiment/experiment.ts";

/** Draws every sample of a line style in the document that names its style. */
export function drawSwatches(palette: Palette): void {
  for (const canvas of document.querySelectorAll<HTMLCanvasElement>("canvas.swatch[data-style]")) {
    swatch(canvas, Number(canvas.dataset.style), palette);
  }
}
