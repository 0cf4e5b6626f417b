// Walks a rule down a surface, both translated from what the server compiles: the same recursion, step by step.

/** A translated surface; `p` has its parameters in its order. */
export interface SurfaceProgram {
  loss(x: number, y: number, p: Numbers): number;
  /** Writes ∂J/∂x and ∂J/∂y. */
  slope(x: number, y: number, p: Numbers, out: Float64Array): void;
  /** Writes ∂²J/∂x², ∂²J/∂x∂y and ∂²J/∂y². */
  curvature(x: number, y: number, p: Numbers, out: Float64Array): void;
}

/** A translated rule; `h` has its hyperparameters in its order, `c` what a step meets. */
export interface RuleProgram {
  /** How many numbers it remembers. */
  readonly memory: number;
  begin(q: Float64Array, h: Numbers, c: Float64Array, s: Float64Array): void;
  step(surface: Landscape, q: Float64Array, h: Numbers, c: Float64Array, s: Float64Array): void;
}

/** J and its derivatives at a point, as a rule asks for them. */
export interface Landscape {
  loss(x: number, y: number): number;
  slope(x: number, y: number, out: Float64Array): void;
  curvature(x: number, y: number, out: Float64Array): void;
}

export type Numbers = ArrayLike<number>;

/** What a run meets besides the surface. Tables have an entry, or a row, for each step; an empty one does nothing. */
export interface Conditions {
  /** σ of the additive and of the multiplicative noise. */
  readonly amounts: readonly [number, number];
  /** Two standard normal numbers a step. */
  readonly normals: Numbers;
  /** The factor on the learning rate, and on 1 − γ. */
  readonly rates: Numbers;
  readonly windows: Numbers;
  /** How the copies lie whose mean is the loss, two numbers each; none for the plain surface. */
  readonly shifts: Numbers;
  /** Each copy's rank at each step; those below `batch` are in the minibatch. Empty if all copies always count. */
  readonly ranks: Numbers;
  readonly batch: number;
}

export interface Walk {
  /** x, y of the start and after each step. */
  readonly points: Float64Array;
  readonly losses: Float64Array;
}

export interface Question {
  readonly start: readonly [number, number];
  readonly hypers: Numbers;
  readonly parameters: Numbers;
  readonly steps: number;
  /** Null without noise and schedules. */
  readonly conditions: Conditions | null;
  /** By what x and y are multiplied where the surface is asked, at even and at odd steps: a twin's, else 1. */
  readonly roundings?: readonly [Place, Place];
}

type Place = readonly [number, number];

const PLAIN: Conditions = { amounts: [0, 0], normals: [], rates: [], windows: [], shifts: [], ranks: [], batch: 1 };

/** The plain surface, or the mean of its shifted copies; without weights all weigh the same. */
export function landscapeOf(
  surface: SurfaceProgram,
  parameters: Numbers,
  shifts: Numbers,
  weights: Numbers | null = null,
): Landscape {
  const copies = shifts.length / 2;
  if (copies === 0) {
    return {
      loss: (x, y) => surface.loss(x, y, parameters),
      slope: (x, y, out) => surface.slope(x, y, parameters, out),
      curvature: (x, y, out) => surface.curvature(x, y, parameters, out),
    };
  }
  const weightOf = (k: number) => (weights === null ? 1 / copies : weights[k]);
  const [one, sum] = [new Float64Array(3), new Float64Array(3)];
  // A copy without weight has no say, even where it isn't finite.
  const mean = (out: Float64Array, entries: number, ask: (x: number, y: number) => void, x: number, y: number) => {
    sum.fill(0);
    for (let k = 0; k < copies; k += 1) {
      const weight = weightOf(k);
      if (!(weight > 0)) continue;
      ask(x - shifts[2 * k], y - shifts[2 * k + 1]);
      for (let entry = 0; entry < entries; entry += 1) sum[entry] += weight * one[entry];
    }
    for (let entry = 0; entry < entries; entry += 1) out[entry] = sum[entry];
  };
  return {
    loss(x, y) {
      let total = 0;
      for (let k = 0; k < copies; k += 1) {
        const weight = weightOf(k);
        if (weight > 0) total += weight * surface.loss(x - shifts[2 * k], y - shifts[2 * k + 1], parameters);
      }
      return total;
    },
    slope: (x, y, out) => mean(out, 2, (a, b) => surface.slope(a, b, parameters, one), x, y),
    curvature: (x, y, out) => mean(out, 3, (a, b) => surface.curvature(a, b, parameters, one), x, y),
  };
}

/** The points and losses of a run. */
export function walk(surface: SurfaceProgram, rule: RuleProgram, question: Question): Walk {
  const begun = begin(surface, rule, question);
  begun.advance(question.steps);
  return begun;
}

/** A walk that can be interrupted: what lies beyond the steps that were made is still 0. */
export interface BegunWalk extends Walk {
  /** Makes no more than `steps` steps, and says whether all are made. */
  advance(steps: number): boolean;
}

/** Begins a run. */
export function begin(surface: SurfaceProgram, rule: RuleProgram, question: Question): BegunWalk {
  const { start, hypers, parameters, steps, roundings } = question;
  const conditions = question.conditions ?? PLAIN;
  const seen = landscapeOf(surface, parameters, conditions.shifts);
  const landscapeAt = looking(roundings, landscapes(surface, parameters, conditions));
  const point = Float64Array.from(start);
  const memory = new Float64Array(rule.memory);
  const met = new Float64Array(6);
  const points = new Float64Array(2 * steps + 2);
  const losses = new Float64Array(steps + 1);
  let made = 0;
  const record = () => {
    points[2 * made] = point[0];
    points[2 * made + 1] = point[1];
    losses[made] = seen.loss(point[0], point[1]);
  };
  meet(met, conditions, 0);
  rule.begin(point, hypers, met, memory);
  record();
  const advance = (count: number) => {
    for (const end = Math.min(steps, made + count); made < end; ) {
      meet(met, conditions, made);
      rule.step(landscapeAt(made), point, hypers, met, memory);
      made += 1;
      record();
    }
    return made === steps;
  };
  return { points, losses, advance };
}

function meet(met: Float64Array, { rates, windows, amounts, normals }: Conditions, k: number): void {
  met[0] = rates[k] ?? 1;
  met[1] = windows[k] ?? 1;
  met[2] = amounts[0];
  met[3] = amounts[1];
  met[4] = normals[2 * k] ?? 0;
  met[5] = normals[2 * k + 1] ?? 0;
}

type LandscapeAt = (k: number) => Landscape;

// The same landscape, asked a little beside where a rule looks.
function looking(roundings: Question["roundings"], landscapeAt: LandscapeAt): LandscapeAt {
  if (roundings === undefined) return landscapeAt;
  return (k) => {
    const [landscape, [across, up]] = [landscapeAt(k), roundings[k % 2]];
    return {
      loss: (x, y) => landscape.loss(x * across, y * up),
      slope: (x, y, out) => landscape.slope(x * across, y * up, out),
      curvature: (x, y, out) => landscape.curvature(x * across, y * up, out),
    };
  };
}

// The landscape that the steps meet: with minibatches another at each.
function landscapes(surface: SurfaceProgram, parameters: Numbers, { shifts, ranks, batch }: Conditions): LandscapeAt {
  const copies = shifts.length / 2;
  if (ranks.length === 0) {
    const whole = landscapeOf(surface, parameters, shifts);
    return () => whole;
  }
  const weights = new Float64Array(copies);
  const part = landscapeOf(surface, parameters, shifts, weights);
  return (k) => {
    for (let copy = 0; copy < copies; copy += 1) weights[copy] = ranks[k * copies + copy] < batch ? 1 / batch : 0;
    return part;
  };
}
