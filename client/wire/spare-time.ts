// What is fetched before anybody has asked for it, when the browser has nothing else to do.

const SOON = 200; // ms, where the browser doesn't tell when it has time

interface Connection {
  readonly saveData?: boolean;
}

// A reader who pays for every byte gets what is needed, once it is needed.
const isSaving = (): boolean => (navigator as { connection?: Connection }).connection?.saveData === true;

/** Does what fetches ahead once there is time for it; never for a reader whose browser saves data. */
export function inSpareTime(fetchAhead: () => unknown): void {
  if (isSaving()) return;
  if (typeof requestIdleCallback === "function") requestIdleCallback(() => fetchAhead());
  else setTimeout(fetchAhead, SOON);
}
