// What the browser keeps for the export dialog.

type Place = "localStorage" | "sessionStorage";

const memory = new Map<string, unknown>(); // for a browser that allows no storage

/** What is kept as `key`, which only `store` has written there. */
export function stored<Kept>(place: Place, key: string, otherwise: Kept): Kept {
  try {
    return JSON.parse(window[place].getItem(key)!) ?? otherwise;
  } catch {
    return (memory.get(key) as Kept | undefined) ?? otherwise;
  }
}

export function store(place: Place, key: string, value: unknown): void {
  memory.set(key, value);
  try {
    window[place].setItem(key, JSON.stringify(value));
  } catch {
    // Without storage it is kept until the page is left.
  }
}
