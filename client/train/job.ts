// A training that takes long is a job of the server: what it says of one, and what is said of it here.

/** How a job stands: fall_line/pages/train/long_trainings.py. */
export interface Job {
  readonly kind: "offered" | "failed" | "waiting" | "drawing";
  readonly problem: string;
  /** How long it takes, in words, where nothing is under way. */
  readonly takes?: string;
  /** How many other trainings come before it, while it waits. */
  readonly ahead?: number;
  /** Whether this browser has asked for it. */
  readonly asked?: boolean;
  readonly worker?: boolean;
}

/** Whether so much is said that it needs a place of its own. */
export const isSentence = (job: Job): boolean => !underWay(job) || job.worker === false;

export const underWay = ({ kind }: Job): boolean => kind === "waiting" || kind === "drawing";

function offered({ problem, takes }: Job): string {
  return [problem, `Takes about ${takes}; it goes on if you leave the page.`].filter(Boolean).join(" ");
}

function waiting({ ahead }: Job): string {
  if (!ahead) return "Next to be trained";
  return ahead === 1 ? "1 training before this one" : `${ahead} trainings before this one`;
}

/** How a job stands, in words; `going` says how far it has come. */
export function standing(job: Job, going: string): string {
  if (!underWay(job)) return offered(job);
  if (job.worker === false) return "No worker is running; this training waits until one is started.";
  return job.kind === "waiting" ? waiting(job) : going;
}
