// The random numbers of the noise: fetched once for some seeds, the same that the server draws.

import type { Conditions } from "./walk.ts";

export const COPIES = 32; // of the surface, which a minibatch is drawn from: see fall_line/experiments/noise_kinds.py
const SHORTEST = 256; // steps: a slider of the steps need not ask at every move
const LONGEST = 10_000;
const MOST = 200_000; // steps of all seeds that are fetched
const LIGHT = 4096; // steps of all seeds: a table that small may be fetched before it is asked for
const KEPT = 8; // tables
const AGAIN = 3000; // ms after which a table that didn't come is asked for again

/** What an experiment says of its noise. */
export interface Noise {
  readonly noise: string;
  readonly sigma: number;
  readonly batch: number;
  readonly seed: number;
  readonly seeds: number;
}

/** The random numbers of some seeds. */
export interface NoiseTable {
  /** Of a minibatch: how its copies lie, with standard deviation 1 along each axis. */
  readonly shifts: Float64Array;
  readonly normals: Float64Array;
  readonly ranks: Uint8Array;
  /** Steps of each seed. */
  readonly steps: number;
}

const tables = new Map<string, NoiseTable | null>(); // null while it is fetched

/** How many seeds are walked: see Experiment.all_seeds. */
export const walked = ({ noise, sigma, seeds }: Noise): number => (noise === "none" || sigma === 0 ? 1 : seeds);

/** Whether the runs meet no noise at all. Under minibatches they meet the copies, however near they lie. */
export const isStill = ({ noise, sigma }: Noise): boolean => noise === "none" || (sigma === 0 && noise !== "minibatch");

const roomFor = (steps: number): number => Math.min(LONGEST, Math.max(SHORTEST, 2 ** Math.ceil(Math.log2(steps))));

/** Whether the table that the noise needs is a small one. */
export const isLight = (noise: Noise, steps: number): boolean => walked(noise) * roomFor(steps) <= LIGHT;

/** The table that the noise needs if it is there; else it is fetched. */
export function noiseTable(noise: Noise, steps: number): NoiseTable | null {
  const [seeds, rows] = [walked(noise), roomFor(steps)];
  if (seeds * rows > MOST) return null;
  const kind = noise.noise === "minibatch" ? "ranks" : "normals";
  const asked = { kind, seed: String(noise.seed), seeds: String(seeds), steps: String(rows) };
  const place = `explore/noise?${new URLSearchParams(asked)}`;
  if (!tables.has(place)) fetchTable(place, kind, rows);
  return tables.get(place) ?? null;
}

async function fetchTable(place: string, kind: string, steps: number): Promise<void> {
  tables.set(place, null);
  if (tables.size > KEPT) tables.delete(tables.keys().next().value!);
  try {
    const response = await fetch(place);
    if (!response.ok) throw new Error(response.statusText);
    tables.set(place, read(await response.arrayBuffer(), kind, steps));
  } catch {
    // The server goes on answering every move meanwhile.
    setTimeout(() => tables.delete(place), AGAIN);
  }
}

function read(buffer: ArrayBuffer, kind: string, steps: number): NoiseTable {
  const empty = { shifts: new Float64Array(0), normals: new Float64Array(0), ranks: new Uint8Array(0), steps };
  if (kind === "normals") return { ...empty, normals: new Float64Array(buffer) };
  const shifts = new Float64Array(buffer, 0, 2 * COPIES);
  return { ...empty, shifts, ranks: new Uint8Array(buffer, shifts.byteLength) };
}

type Noisy = Pick<Conditions, "amounts" | "normals" | "shifts" | "ranks" | "batch">;

/** What a run meets with the seed of this `index` in the table, or without noise. */
export function noiseOf({ noise, sigma, batch }: Noise, table: NoiseTable | null, index: number): Noisy {
  const still: Noisy = { amounts: [0, 0], normals: [], shifts: [], ranks: [], batch };
  if (table === null) return still;
  const { shifts, normals, ranks, steps } = table;
  if (noise === "minibatch") {
    const own = ranks.subarray(index * steps * COPIES, (index + 1) * steps * COPIES);
    return { ...still, shifts: shifts.map((shift) => sigma * shift), ranks: own };
  }
  const amounts = [noise === "additive" ? sigma : 0, noise === "multiplicative" ? sigma : 0] as const;
  return { ...still, amounts, normals: normals.subarray(index * steps * 2, (index + 1) * steps * 2) };
}
