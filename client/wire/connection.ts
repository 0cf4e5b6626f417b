// Notices when answers stay away, says so, and tells when the server is back.

const EVERY = 700; // ms between looks
const BUSY = 600; // ms after which a reader wants to know that something is being done

interface Settings {
  /** How long the oldest question waits for its answer, in ms. */
  readonly waiting: () => number;
  readonly onBusy: (busy: boolean) => void;
  readonly onLost: () => void;
  readonly onBack: () => void;
  readonly health?: string;
}

export interface Connection {
  /** No answer came. */
  lose(): void;
}

export function createConnection({ waiting, onBusy, onLost, onBack, health = "health" }: Settings): Connection {
  let lost = false;

  async function alive(): Promise<boolean> {
    try {
      const answer = await fetch(health, { cache: "no-store", signal: AbortSignal.timeout(2 * EVERY) });
      return answer.ok;
    } catch {
      return false;
    }
  }

  function lose(): void {
    if (lost) return;
    lost = true;
    onLost();
  }

  async function check(): Promise<void> {
    onBusy(!lost && waiting() > BUSY);
    if (!lost || !(await alive())) return;
    lost = false;
    onBack();
  }

  setInterval(check, EVERY);
  return { lose };
}
