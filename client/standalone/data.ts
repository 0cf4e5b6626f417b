// What stands in the document of a page in a file of its own.

import type { Figure, Grid } from "../dash/plotly.ts";
import type { Report } from "../drawing/outcomes.ts";
import type { PathsAnswer } from "../drawing/paths.ts";
import type { Box, Palette } from "../experiment/experiment.ts";
import type { Theme } from "../shell/theme.ts";
import { bytes } from "../wire/base64.ts";
import { decodedGrid, type EncodedGrid } from "../wire/grid.ts";
import type { Symbols } from "./controls.ts";
import type { WalkingData } from "./walking.ts";

/** The contour without its grid, the minima, and the axes. */
interface Contour {
  readonly data: readonly [object, object];
  readonly layout: {
    readonly margin: { readonly l: number; readonly r: number; readonly t: number; readonly b: number };
    readonly xaxis: object;
    readonly yaxis: object;
  };
}

interface Answer extends PathsAnswer {
  readonly reports: readonly Report[];
  readonly noise: { readonly losses: string };
  readonly summary: string;
}

/** What fall_line/exports/html.py writes. */
export interface Data {
  readonly answer: Answer;
  readonly figures: Readonly<Record<Theme, Contour>>;
  /** The ticks, and the heights, whose planes are compressed. */
  readonly grid: Pick<Grid, "x" | "y"> & { readonly heights: EncodedGrid & { readonly planes: string } };
  readonly losses: Figure;
  readonly palettes: Readonly<Record<Theme, Palette>>;
  readonly view: Box;
  readonly symbols: readonly Symbols[];
  readonly line_width: number;
  /** Null where nothing can be moved. */
  readonly walking: WalkingData | null;
}

/** The grid of the contour. */
export async function unpackedGrid({ heights, ...ticks }: Data["grid"]): Promise<Grid> {
  const planes = await decompressed(bytes(heights.planes));
  return { ...ticks, z: decodedGrid({ ...heights, planes }) };
}

async function decompressed(packed: BlobPart): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
