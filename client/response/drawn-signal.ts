// A signal drawn by hand, as numbers.

type Place = readonly [epoch: number, value: number];

const PER_UNIT = 50; // a drawn value is kept in fiftieths, as the server keeps it

/** A value as it is kept, no further than `reach` from zero. */
export function kept(value: number, reach: number): number {
  const held = Math.min(reach, Math.max(-reach, value));
  return Math.round((Number.isFinite(held) ? held : 0) * PER_UNIT) / PER_UNIT + 0;
}

/** `values` with a straight line drawn into it, at every epoch between its ends. */
export function drawnInto(
  values: readonly number[],
  [from, start]: Place,
  [to, end]: Place,
  reach: number,
): readonly number[] {
  const next = [...values];
  const step = to < from ? -1 : 1;
  for (let k = from; k !== to + step; k += step) {
    const part = to === from ? 1 : (k - from) / (to - from);
    if (k >= 0 && k < next.length) next[k] = kept(start + part * (end - start), reach);
  }
  return next;
}
