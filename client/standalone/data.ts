// What stands in the document of a page in a file of its own.

import type { Grid } from "../dash/plotly.ts";
import type { Report } from "../drawing/outcomes.ts";
import type { PathsAnswer } from "../drawing/paths.ts";
import type { Box, Palette } from "../experiment/experiment.ts";
import type { Theme } from "../shell/theme.ts";
import type { Minimum } from "../walking/outcome.ts";
import { doubles } from "../wire/base64.ts";
import { decodedGrid, type EncodedGrid } from "../wire/grid.ts";
import { decompressed } from "./compressed.ts";
import type { Symbols } from "./controls.ts";
import type { WalkingData } from "./walking.ts";

interface Answer extends PathsAnswer {
  readonly reports: readonly Report[];
  readonly noise: { readonly losses: string };
  readonly summary: string;
}

/** What fall_line/exports/html.py writes. */
export interface Data {
  readonly answer: Answer;
  readonly contour: {
    /** How levels are made anew for other parameters of the surface; null where they stay. */
    readonly spacing: "linear" | "log" | null;
    readonly domain: Box;
    /** The points to the right and upwards, in base64, and the heights, whose numbers are compressed. */
    readonly x: string;
    readonly y: string;
    readonly heights: EncodedGrid & { readonly planes: string; readonly outside: string };
    /** The losses at which there are lines. */
    readonly levels: readonly number[];
    /** Losses by their places among the levels, with so many entries a level. */
    readonly way_back: readonly number[];
    readonly per_level: number;
    /** The lowest first. */
    readonly minima: readonly Minimum[];
  };
  readonly palettes: Readonly<Record<Theme, Palette>>;
  readonly view: Box;
  readonly symbols: readonly Symbols[];
  readonly line_width: number;
  /** Null where nothing can be moved. */
  readonly walking: WalkingData | null;
}

/** The grid of the contour. */
export async function unpackedGrid({ x, y, heights }: Data["contour"]): Promise<Grid> {
  const [planes, outside] = [await decompressed(heights.planes), await decompressed(heights.outside)];
  return { x: doubles(x), y: doubles(y), z: decodedGrid({ ...heights, planes, outside }) };
}
