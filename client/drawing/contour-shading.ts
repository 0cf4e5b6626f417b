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
  const steps = 2 * REACH * FINE;
  const edges = new Uint32Array(levels * (steps + 1));
  for (let level = 0; level < levels; level += 1) {
    for (let k = 0; k <= steps; k += 1) {
      const off = (k / FINE - REACH) * Math.max(1, density);
      const fill = mixed(bands[level], bands[level + 1], Math.min(1, Math.max(0, off + 0.5)));
      edges[level * (steps + 1) + k] = packed(mixed(fill, line, (line[3] ?? 1) * covered(off, WIDTH * density)));
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
  const { values, columns, cell } = heights;
  const [here, rise] = [new Float64Array(columns), new Float64Array(columns)];
  const rows = pixels.length / width;
  for (let y = 0; y < rows; y += 1) {
    const [row, part] = [Math.floor(y / cell), ((y % cell) + 0.5) / cell];
    for (let k = 0; k < columns; k += 1) {
      const [a, b] = [values[row * columns + k], values[(row + 1) * columns + k]];
      here[k] = known(a, b, part);
      rise[k] = (b - a) / cell || 0;
    }
    shadeRow(pixels.subarray(y * width, (y + 1) * width), y, here, rise, cell, shades, Math.max(1, density));
  }
}

// Between two corners; where one has no height, the other's up to half way.
function known(a: number, b: number, part: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return part < 0.5 ? a : b;
  return a + part * (b - a);
}

function shadeRow(
  pixels: Uint32Array,
  y: number,
  here: Float64Array,
  rise: Float64Array,
  cell: number,
  { levels, bands, edges, stripe, gap }: Shades,
  density: number,
): void {
  const reach = REACH * density;
  const scale = FINE / density;
  const steps = 2 * REACH * FINE + 1;
  for (let column = 0, x = 0; x < pixels.length; column += 1) {
    const [left, right] = [here[column], here[column + 1]];
    const [up, more] = [rise[column], rise[column + 1] - rise[column]];
    const whole = !Number.isNaN(left) && !Number.isNaN(right);
    const slope = whole ? (right - left) / cell : 0;
    const near = reach * (Math.abs(slope) + Math.max(Math.abs(up), Math.abs(up + more)));
    for (const end = Math.min(x + cell, pixels.length); x < end; x += 1) {
      const part = (x + 0.5) / cell - column;
      const height = whole ? left + part * cell * slope : part < 0.5 ? left : right;
      if (Number.isNaN(height)) {
        const size = STRIPES * density;
        pixels[x] = (Math.floor(x / size) + Math.floor(y / size)) % STRIPES === 0 ? stripe : gap;
        continue;
      }
      const level = Math.round(height);
      const above = height - level;
      if (level >= 0 && level < levels && above < near && -above < near) {
        const off = above / Math.hypot(slope, up + part * more);
        if (off < reach && -off < reach) {
          pixels[x] = edges[level * steps + Math.round((off + reach) * scale)];
          continue;
        }
      }
      pixels[x] = bands[height < 0 ? 0 : height >= levels ? levels : Math.floor(height) + 1];
    }
  }
}
