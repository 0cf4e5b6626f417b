// A contour plot pixel by pixel, as Plotly draws it of figures/contour.py: a colour for each gap between two levels, a
// line at each level, stripes where there is no number. Heights are places among the levels: lines are at 0, 1, 2 …

/** Heights at the corners of cells that are squares of `cell` pixels, row by row from the top left. */
export interface Heights {
  readonly values: Float64Array;
  readonly columns: number;
  readonly cell: number;
}

export interface ContourColors {
  /** Of the fill, from the lowest level to the highest, and of the lines. */
  readonly contour: readonly string[];
  readonly contour_line: string;
  /** Of the stripes, and what is between them. */
  readonly faint: string;
  readonly paper: string;
}

/** The colours of all pixels, made once for a number of levels. */
export interface Shades {
  readonly levels: number;
  /** Below level 0, between 0 and 1, … above the last. */
  readonly bands: Uint32Array;
  /** Around each level: from `REACH` pixels below it to `REACH` pixels above. */
  readonly edges: Uint32Array;
  readonly stripe: number;
  readonly gap: number;
}

type Color = readonly number[]; // red, green, blue, and opacity from 0 to 1

const WIDTH = 0.8; // of a line, in pixels of the document
const REACH = 1; // pixels from a line's middle to where it no longer counts, at a density of 1
const FINE = 16; // shades a pixel across a line
const STEPS = 2 * REACH * FINE + 1;
const STRIPES = 4; // as figures/contour.py has them

function parsed(color: string): Color {
  if (color.startsWith("#")) return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return color.match(/[\d.]+/g)!.map(Number);
}

const mixed = (a: Color, b: Color, share: number): Color => [0, 1, 2].map((k) => a[k] + share * (b[k] - a[k]));

const packed = ([red, green, blue]: Color): number =>
  ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;

/** The colours for `levels` levels on a canvas with `density` pixels to one of the document. */
export function shadesOf({ contour, contour_line, faint, paper }: ContourColors, levels: number, density = 1): Shades {
  const scale = contour.map(parsed);
  const bands = Array.from({ length: levels + 1 }, (_, k) => {
    const at = (k / levels) * (scale.length - 1);
    const low = Math.min(Math.floor(at), scale.length - 2);
    return mixed(scale[low], scale[low + 1], at - low);
  });
  const line = parsed(contour_line);
  const edges = new Uint32Array(levels * STEPS);
  for (let level = 0; level < levels; level += 1) {
    for (let k = 0; k < STEPS; k += 1) {
      const off = (k / FINE - REACH) * Math.max(1, density);
      const fill = mixed(bands[level], bands[level + 1], Math.min(1, Math.max(0, off + 0.5)));
      edges[level * STEPS + k] = packed(mixed(fill, line, (line[3] ?? 1) * covered(off, WIDTH * density)));
    }
  }
  return {
    levels,
    bands: Uint32Array.from(bands, packed),
    edges,
    stripe: packed(parsed(faint)),
    gap: packed(parsed(paper)),
  };
}

// How much of a pixel a line covers whose middle is `off` pixels away.
const covered = (off: number, width: number): number =>
  Math.max(0, Math.min(off + 0.5, width / 2) - Math.max(off - 0.5, -width / 2));

/** Fills `pixels`, rows of `width`, with the contour of `heights`. */
export function shade(pixels: Uint32Array, width: number, heights: Heights, shades: Shades, density = 1): void {
  const { columns, cell } = heights;
  const rows = pixels.length / width;
  const strip: Strip = {
    left: new Float64Array(columns),
    rise: new Float64Array(columns),
    even: new Int32Array(columns - 1),
    cell,
    density: Math.max(1, density),
  };
  for (let y = 0; y < rows; y += 1) {
    const row = Math.floor(y / cell);
    if (y % cell === 0) findEven(strip.even, row, heights, shades.levels, strip.density);
    cut(strip, row, (y % cell) + 0.5, heights);
    shadeRow(pixels.subarray(y * width, (y + 1) * width), y, strip, shades);
  }
}

/** A row of pixels through a row of cells. */
interface Strip {
  /** Heights at the cells' left edges, and how they rise from one row of pixels to the next. */
  readonly left: Float64Array;
  readonly rise: Float64Array;
  /** The band of each cell that lies within one, -1 for the others. */
  readonly even: Int32Array;
  readonly cell: number;
  readonly density: number;
}

// Most cells meet no line.
function findEven(even: Int32Array, row: number, heights: Heights, levels: number, density: number): void {
  const { values, columns, cell } = heights;
  const reach = (Math.SQRT2 * REACH * density) / cell; // in which no height changes by more than this share of a cell's
  for (let k = 0; k < even.length; k += 1) {
    const at = row * columns + k;
    const [a, b, c, d] = [values[at], values[at + 1], values[at + columns], values[at + columns + 1]];
    const [low, high] = [Math.min(a, b, c, d), Math.max(a, b, c, d)];
    const margin = (high - low) * reach;
    const band = bandOf(low - margin, levels);
    even[k] = band === bandOf(high + margin, levels) ? band : -1;
  }
}

// Without a number, none.
function bandOf(height: number, levels: number): number {
  if (Number.isNaN(height)) return -1;
  return height < 0 ? 0 : height >= levels - 1 ? levels : Math.floor(height) + 1;
}

function cut({ left, rise, cell }: Strip, row: number, below: number, { values, columns }: Heights): void {
  for (let k = 0; k < columns; k += 1) {
    const [a, b] = [values[row * columns + k], values[(row + 1) * columns + k]];
    const whole = !Number.isNaN(a) && !Number.isNaN(b);
    rise[k] = whole ? (b - a) / cell : 0;
    // Where one corner has no height, the other's holds up to half way.
    left[k] = whole ? a + below * rise[k] : below < cell / 2 ? a : b;
  }
}

function shadeRow(pixels: Uint32Array, y: number, strip: Strip, shades: Shades): void {
  const { left, even, cell } = strip;
  for (let column = 0, x = 0; x < pixels.length; column += 1) {
    const end = Math.min(x + cell, pixels.length);
    if (even[column] >= 0) pixels.fill(shades.bands[even[column]], x, end);
    else if (Number.isNaN(left[column]) || Number.isNaN(left[column + 1])) shadeGap(pixels, x, end, y, strip, shades);
    else shadeCell(pixels, x, end, strip, shades);
    x = end;
  }
}

function shadeCell(pixels: Uint32Array, from: number, end: number, strip: Strip, shades: Shades): void {
  const { left, rise, cell, density } = strip;
  const { levels, bands, edges } = shades;
  const column = from / cell;
  const slope = (left[column + 1] - left[column]) / cell;
  const [up, more] = [rise[column], (rise[column + 1] - rise[column]) / cell];
  const reach = REACH * density;
  for (let x = from; x < end; x += 1) {
    const along = x - from + 0.5;
    const height = left[column] + along * slope;
    const level = Math.floor(height + 0.5);
    const steep = up + along * more;
    const off = (height - level) / Math.sqrt(slope * slope + steep * steep);
    pixels[x] =
      off < reach && off > -reach && level >= 0 && level < levels
        ? edges[level * STEPS + Math.floor((off + reach) * (FINE / density) + 0.5)]
        : bands[bandOf(height, levels)];
  }
}

// Beside a gap a height holds up to half way.
function shadeGap(pixels: Uint32Array, from: number, end: number, y: number, strip: Strip, shades: Shades): void {
  const { left, cell, density } = strip;
  const stripe = STRIPES * density;
  for (let x = from; x < end; x += 1) {
    const height = left[from / cell + (x - from + 0.5 < cell / 2 ? 0 : 1)];
    const striped = (Math.floor(x / stripe) - Math.floor(y / stripe)) % STRIPES === 0;
    const gap = striped ? shades.stripe : shades.gap;
    pixels[x] = Number.isNaN(height) ? gap : shades.bands[bandOf(height, shades.levels)];
  }
}
