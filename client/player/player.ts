// The player's clock. Time is a step with a fraction; what is drawn between two steps lies on the line between them.

export interface Clock {
  time: number;
  steps: number;
  speed: number;
  /** Whether it starts again at the end. */
  loop: boolean;
  playing: boolean;
}

interface Settings {
  readonly onFrame: (clock: Clock) => void;
  readonly onChange: (clock: Clock) => void;
  readonly request?: (frame: (stamp: number) => void) => void;
}

export interface Player {
  readonly clock: Clock;
  play(): void;
  pause(): void;
  toggle(): void;
  seek(step: number): void;
  /** So many whole steps further, or back. */
  forward(by: number): void;
  /** A new number of steps: a clock that stood at the end stays at the end. */
  setSteps(steps: number): void;
}

/** One run through the path takes 8 s at speed 1, less for very short paths. */
export function stepsPerSecond(steps: number, speed: number): number {
  return (speed * steps) / Math.min(8, Math.max(1, steps * 0.25));
}

/** The clock after `seconds` more. A clock that loops starts again, another stops at the end. */
export function advance(
  { time, steps, speed, loop }: Omit<Clock, "playing">,
  seconds: number,
): Pick<Clock, "time" | "playing"> {
  const next = time + seconds * stepsPerSecond(steps, speed);
  if (next < steps) return { time: next, playing: true };
  return loop ? { time: 0, playing: true } : { time: steps, playing: false };
}

export function createPlayer({
  onFrame,
  onChange,
  request = (frame) => requestAnimationFrame(frame),
}: Settings): Player {
  const clock: Clock = { time: 0, steps: 1, speed: 1, loop: false, playing: false };
  let last: number | null = null;
  let plays = 0; // frames of an earlier play that was paused must not run beside this one's

  function frame(stamp: number, play: number): void {
    if (!clock.playing || play !== plays) return;
    if (last !== null) Object.assign(clock, advance(clock, (stamp - last) / 1000));
    last = stamp;
    onFrame(clock);
    if (clock.playing) request((next) => frame(next, play));
    else onChange(clock);
  }

  function play(): void {
    if (clock.playing) return;
    if (clock.time >= clock.steps) clock.time = 0;
    clock.playing = true;
    last = null;
    onChange(clock);
    plays += 1;
    const mine = plays;
    request((stamp) => frame(stamp, mine));
  }

  function pause(): void {
    if (!clock.playing) return;
    clock.playing = false;
    onChange(clock);
  }

  function seek(step: number): void {
    clock.playing = false;
    clock.time = Math.min(clock.steps, Math.max(0, step));
    onFrame(clock);
    onChange(clock);
  }

  function setSteps(steps: number): void {
    const atEnd = clock.time >= clock.steps;
    clock.steps = steps;
    clock.time = atEnd ? steps : Math.min(clock.time, steps);
  }

  return {
    clock,
    play,
    pause,
    seek,
    setSteps,
    toggle: () => (clock.playing ? pause() : play()),
    forward: (by) => seek(Math.round(by > 0 ? Math.floor(clock.time) + by : Math.ceil(clock.time) + by)),
  };
}
