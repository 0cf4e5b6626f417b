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
    crossed: new Int32Array(columns - 1),
    cell,
    density: Math.max(1, density),
  };
  let crossed = 0;
  for (let y = 0; y < rows; y += 1) {
    const [begin, within] = [y * width, y % cell];
    const row = pixels.subarray(begin, begin + width);
    const first = (y - within) / cell;
    // What is even in a strip of cells is so in each of its rows.
    if (within > 0) pixels.copyWithin(begin, begin - width, begin);
    else crossed = fillEven(row, first, strip, heights, shades);
    cut(strip, first, within + 0.5, heights);
    shadeRow(row, y, strip, crossed, shades);
  }
}

/** A row of pixels through a row of cells. */
interface Strip {
  /** Heights at the cells' left edges, and how they rise from one row of pixels to the next. */
  readonly left: Float64Array;
  readonly rise: Float64Array;
  /** The columns of the cells that meet a line, or have a corner without a number. */
  readonly crossed: Int32Array;
  readonly cell: number;
  readonly density: number;
}

// Fills the cells that lie within a band, which most do, and returns how many others there are.
function fillEven(
  row: Uint32Array,
  first: number,
  { crossed, density }: Strip,
  { values, columns, cell }: Heights,
  { levels, bands }: Shades,
): number {
  const reach = (Math.SQRT2 * REACH * density) / cell; // in which no height changes by more than this share of a cell's
  let [count, from, filled] = [0, 0, -1]; // the cells since `from` are in the band `filled`
  for (let k = 0; k < columns - 1; k += 1) {
    const at = first * columns + k;
    const [a, b, c, d] = [values[at], values[at + 1], values[at + columns], values[at + columns + 1]];
    const [low, high] = [Math.min(a, b, c, d), Math.max(a, b, c, d)];
    const margin = (high - low) * reach;
    const band = bandOf(low - margin, levels);
    const even = band === bandOf(high + margin, levels) ? band : -1;
    if (even < 0) crossed[count++] = k;
    if (even === filled) continue;
    if (filled >= 0) row.fill(bands[filled], from * cell, k * cell);
    [from, filled] = [k, even];
  }
  if (filled >= 0) row.fill(bands[filled], from * cell);
  return count;
}

// Without a number, none.
function bandOf(height: number, levels: number): number {
  if (Number.isNaN(height)) return -1;
  return height < 0 ? 0 : height >= levels - 1 ? levels : Math.floor(height) + 1;
}

function cut({ left, rise, cell }: Strip, first: number, below: number, { values, columns }: Heights): void {
  for (let k = 0; k < columns; k += 1) {
    const a = values[first * columns + k];
    const b = values[(first + 1) * columns + k];
    const whole = !Number.isNaN(a) && !Number.isNaN(b);
    rise[k] = whole ? (b - a) / cell : 0;
    // Where one corner has no height, the other's holds up to half way.
    left[k] = whole ? a + below * rise[k] : below < cell / 2 ? a : b;
  }
}

function shadeRow(row: Uint32Array, y: number, strip: Strip, crossed: number, shades: Shades): void {
  const { left, cell } = strip;
  for (let k = 0; k < crossed; k += 1) {
    const column = strip.crossed[k];
    const from = column * cell;
    const end = Math.min(from + cell, row.length);
    if (Number.isNaN(left[column]) || Number.isNaN(left[column + 1])) shadeGap(row, from, end, y, strip, shades);
    else shadeCell(row, from, end, strip, shades);
  }
}

function shadeCell(row: Uint32Array, from: number, end: number, strip: Strip, shades: Shades): void {
  const { left, rise, cell, density } = strip;
  const { levels, bands, edges } = shades;
  const column = from / cell;
  const slope = (left[column + 1] - left[column]) / cell;
  const up = rise[column];
  const more = (rise[column + 1] - up) / cell;
  const reach = REACH * density;
  for (let x = from; x < end; x += 1) {
    const along = x - from + 0.5;
    const height = left[column] + along * slope;
    const level = Math.floor(height + 0.5);
    const off = height - level;
    const steep = up + along * more;
    const steepness = slope * slope + steep * steep;
    // Few pixels are near a line: the others are spared the root.
    if (off * off < reach * reach * steepness && level >= 0 && level < levels)
      row[x] = edges[level * STEPS + Math.floor((off / Math.sqrt(steepness) + reach) * (FINE / density) + 0.5)];
    else row[x] = bands[Math.min(levels, Math.max(0, off < 0 ? level : level + 1))];
  }
}

// Beside a gap a height holds up to half way.
function shadeGap(row: Uint32Array, from: number, end: number, y: number, strip: Strip, shades: Shades): void {
  const { left, cell, density } = strip;
  const stripe = STRIPES * density;
  for (let x = from; x < end; x += 1) {
    const height = left[from / cell + (x - from + 0.5 < cell / 2 ? 0 : 1)];
    const striped = (Math.floor(x / stripe) - Math.floor(y / stripe)) % STRIPES === 0;
    const gap = striped ? shades.stripe : shades.gap;
    row[x] = Number.isNaN(height) ? gap : shades.bands[bandOf(height, shades.levels)];
  }
}
