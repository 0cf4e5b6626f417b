// The colours of the Train page.

import type { Palette } from "../experiment/experiment.ts";
import { drawSwatches } from "../runs/swatches.ts";
import { current } from "../shell/theme.ts";
import { state } from "./state.ts";

/** The colours of the theme. */
export const palette = (): Palette => state.catalogue.palettes[current()];

/** Draws the samples beside the runs' names. */
export const drawSamples = (): void => drawSwatches(palette());
