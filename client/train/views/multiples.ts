// How many small pictures stand beside each other.

export const GAP = 12; // pixels between pictures
const CAPTION = 44; // pixels under a picture
const LEAST = 130; // pixels of a picture, under which the room scrolls instead
const MOST = 420;
const NEARLY = 0.8;
const USUAL = 190; // in a room that grows

/** How many pictures there are in a row, and how wide each is. */
export interface Fit {
  readonly columns: number;
  readonly wide: number;
}

/** The widest `count` pictures, `high` times as high as wide, that a room holds; one that grows is infinitely high. */
export function fitting(count: number, high: number, width: number, height: number): Fit {
  if (!Number.isFinite(height)) return inColumns(Math.min(count, Math.max(1, Math.round(width / USUAL))), width);
  let best: Fit | null = null;
  for (let columns = 1; columns <= count; columns++) {
    const across = Math.min(MOST, (width - GAP * (columns - 1)) / columns);
    const rows = Math.ceil(count / columns);
    const down = (height - (rows - 1) * GAP) / rows - CAPTION;
    const wide = Math.floor(Math.min(across, down / high));
    // Rather in fewer rows than a little wider.
    if (wide >= LEAST && (best === null || wide > NEARLY * best.wide)) best = { columns, wide };
  }
  if (best !== null) return best;
  return inColumns(Math.max(1, Math.min(count, Math.floor((width + GAP) / (LEAST + GAP)))), width);
}

const inColumns = (columns: number, width: number): Fit => ({
  columns,
  wide: Math.min(MOST, Math.floor((width - GAP * (columns - 1)) / columns)),
});
