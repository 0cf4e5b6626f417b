// What is dragged is drawn without asking: the page walks the runs itself, by the programs that the server has
// translated. What takes longer than a frame is walked piece by piece: the hand never waits, and what is ready is drawn.

import { copied, hasShape, over, type Paths, reshaped } from "../drawing/paths.ts";
import { walked, writeRun } from "../drawing/walked.ts";
import { untouched } from "../experiment/descent.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { BegunWalk } from "../walking/walk.ts";
import { type Floor, floorOf } from "./ground.ts";
import { isInspecting } from "./inspector/inspector.ts";
import { lift } from "./preparing.ts";
import { drawProvisional, redrawProvisional } from "./provisional.ts";
import { state } from "./state.ts";
import { type Walkable, walkable } from "./walkable.ts";

const FRAME = 7; // ms of walking in a frame
const PIECE = 200; // steps between looks at the clock
const HUGE = 3e38; // beyond float32

/** The paths that are drawn, and for which experiment each run was walked. */
interface Moving {
  readonly paths: Paths;
  readonly of: Experiment[];
  readonly losses: boolean;
}

/** A run that is being walked, all its seeds one after the other. */
interface Job {
  readonly walkable: Walkable;
  readonly run: number;
  readonly walks: BegunWalk[];
}

let moving: Moving | null = null;
let wish: Walkable | null = null;
let job: Job | null = null;

const isStale = (run: number, of: Experiment, now: Experiment): boolean =>
  of.runs[run] !== now.runs[run] || !untouched(of, now);

const staleRuns = ({ of }: Moving, now: Experiment): number[] =>
  [...now.runs.keys()].filter((run) => isStale(run, of[run], now));

/** Draws the runs of the experiment that the hand has moved to. Says whether it did. */
export function drawWalked(): boolean {
  const { experiment, paths, good, answer } = state;
  if (good === null || answer === null || paths === null || isInspecting() || paths.heights instanceof Float64Array)
    return false;
  if (good.surface !== experiment.surface || good.runs.length !== experiment.runs.length) return false;
  wish = walkable(experiment);
  if (wish === null || isBeyond(wish)) return false;
  moving = room(wish, good, floorOf(experiment, good, answer));
  const stale = staleRuns(moving, experiment);
  const fresh = lift(stale.length === 1 ? stale : []) || stale.length !== 1 ? true : "apart";
  walkOn();
  const waiting = [...experiment.runs.keys()].filter((run) => isStale(run, good, experiment));
  drawProvisional(moving.paths, { runs: waiting, losses: moving.losses, fresh });
  return true;
}

// Heights that need float64 come from the server.
function isBeyond({ landscape, experiment }: Walkable): boolean {
  const loss = landscape.loss(...experiment.start);
  return Number.isFinite(loss) && Math.abs(loss) > HUGE;
}

function room({ experiment, seeds }: Walkable, good: Experiment, floor: Floor | null): Moving {
  const { steps, runs } = experiment;
  const losses = floor !== null; // losses are drawn as heights over it
  const shape = { steps, runs: runs.length, seeds };
  const mine = moving !== null && moving.paths === state.paths ? moving : null;
  if (mine === null) job = null;
  const of = mine?.of ?? runs.map(() => good);
  const fits = hasShape(state.paths!, shape);
  const own = mine !== null && fits ? mine.paths : fits ? copied(state.paths!) : reshaped(state.paths!, shape);
  return { paths: floor === null ? own : over(own, floor.loss), of, losses };
}

// ---- walking ----

// Walks what is stale until the frame is used up; the rest follows in the next ones. Says whether a run came to its end.
function walkOn(): boolean {
  const end = performance.now() + FRAME;
  let news = false;
  for (job ??= next(); job !== null; job = next()) {
    if (!advance(job, end)) {
      later();
      return news;
    }
    finish(job);
    news = true;
  }
  return news;
}

/** Whether all that was to be walked is drawn. */
export const idle = (): boolean => job === null;

let scheduled = false;

function later(): void {
  if (!scheduled) requestAnimationFrame(goOn);
  scheduled = true;
}

function goOn(): void {
  scheduled = false;
  if (moving === null || moving.paths !== state.paths || !state.provisional) {
    job = null;
    return;
  }
  if (walkOn()) redrawProvisional(moving.paths, moving.losses);
}

let last = -1; // the run that was walked last: the next one's turn comes first

function next(): Job | null {
  if (wish === null || moving === null) return null;
  const stale = staleRuns(moving, wish.experiment);
  if (stale.length === 0) return null;
  last = stale.find((run) => run > last) ?? stale[0];
  return { walkable: wish, run: last, walks: [] };
}

// Says whether all seeds are at their end.
function advance({ walkable: { seeds, begin }, run, walks }: Job, end: number): boolean {
  for (;;) {
    if (walks.length === 0) walks.push(begin(run, 0));
    while (!walks[walks.length - 1].advance(PIECE)) if (performance.now() > end) return false;
    if (walks.length === seeds) return true;
    walks.push(begin(run, walks.length));
  }
}

function finish({ walkable: { experiment, seeds }, run, walks }: Job): void {
  if (moving === null || !hasShape(moving.paths, { steps: experiment.steps, runs: experiment.runs.length, seeds }))
    return;
  writeRun(
    moving.paths,
    run,
    walks.map((one) => walked(one, experiment.return_best)),
  );
  moving.of[run] = experiment;
}
