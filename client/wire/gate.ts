// Latest wins: a few requests on their way, the newest wish kept, everything between dropped, older answers ignored.

interface Settings<Payload> {
  /** Puts a request on its way; lanes are 0 … lanes - 1 and carry one request each. */
  readonly send: (lane: number, sequence: number, payload: Payload) => void;
  readonly lanes?: number;
  readonly now?: () => number;
}

export interface Gate<Payload> {
  request(payload: Payload): void;
  /** Says whether the answer is news: false for one that a newer answer has overtaken. */
  settle(lane: number, answered: number): boolean;
  /** What is under way or waits is old already: something newer was drawn without asking. */
  overtake(): void;
  /** Forgets what is under way, so that an answer that never comes doesn't block the gate for ever. */
  reset(): void;
  /** How long the oldest request has been under way, in ms. */
  waiting(): number;
  idle(): boolean;
}

/** A second lane opens only when answers take long, so that a near server is asked once at a time. */
export function createGate<Payload>({
  send,
  lanes = 1,
  now = () => performance.now(),
}: Settings<Payload>): Gate<Payload> {
  const underway = new Map<number, { readonly sequence: number; readonly since: number }>(); // by lane
  let pending: { readonly payload: Payload } | null = null;
  let sequence = 0;
  let newest = 0;
  let roundTrip = 0;

  function openLanes(): number {
    return Math.max(1, Math.min(lanes, Math.ceil(roundTrip / 16)));
  }

  function freeLane(): number {
    for (let lane = 0; lane < openLanes(); lane++) if (!underway.has(lane)) return lane;
    return -1;
  }

  function dispatch(lane: number, payload: Payload): void {
    sequence += 1;
    underway.set(lane, { sequence, since: now() });
    send(lane, sequence, payload);
  }

  function request(payload: Payload): void {
    const lane = freeLane();
    if (lane < 0) pending = { payload };
    else dispatch(lane, payload);
  }

  function settle(lane: number, answered: number): boolean {
    const entry = underway.get(lane);
    if (entry?.sequence === answered) {
      underway.delete(lane);
      const took = now() - entry.since;
      roundTrip = roundTrip === 0 ? took : 0.8 * roundTrip + 0.2 * took;
    }
    const news = answered > newest;
    newest = Math.max(newest, answered);
    if (pending !== null && freeLane() >= 0) {
      const { payload } = pending;
      pending = null;
      dispatch(freeLane(), payload);
    }
    return news;
  }

  function overtake(): void {
    pending = null;
    newest = sequence;
  }

  function reset(): void {
    underway.clear();
    pending = null;
  }

  function waiting(): number {
    if (underway.size === 0) return 0;
    return now() - Math.min(...[...underway.values()].map((entry) => entry.since));
  }

  return { request, settle, overtake, reset, waiting, idle: () => underway.size === 0 && pending === null };
}
