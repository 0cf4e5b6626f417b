// The few sheets that a page keeps: each is fetched once, what is no longer wanted is called off, the oldest go first.

import { createSheet, type Header, type Received, type Stop } from "./sheet.ts";

const MOST = 8; // sheets
const MOST_BYTES = 32e6; // of all sheets, unpacked
const MOST_STOPS = 600; // of one sheet; the arrow keys add stops of their own

/** A sheet that is kept, and the stops that were asked for. */
export interface SheetEntry extends Received {
  asked: Set<Stop>;
}

/** Asks, hands over what comes as it comes, and says at the end whether that is all there will be. */
export type FetchSheet<Question> = (
  question: Question,
  signal: AbortSignal,
  onBytes: (bytes: Uint8Array) => void,
) => Promise<boolean>;

export interface Sheets<Question> {
  find(key: string): SheetEntry | null;
  /** Asks for those of `values` that are not there; `question(values)` is what the server is asked. */
  want(key: string, values: readonly Stop[], question: (values: Stop[]) => Question): void;
  stop(): void;
  forget(): void;
  facts(): { readonly sheets: number; readonly bytes: number };
  busy(): boolean;
}

interface Underway {
  readonly key: string;
  readonly entry: SheetEntry;
  readonly values: readonly Stop[];
  readonly stop: AbortController;
}

export function createSheets<Question>({ fetchSheet }: { fetchSheet: FetchSheet<Question> }): Sheets<Question> {
  const kept = new Map<string, SheetEntry>(); // the one used last at the end
  let underway: Underway | null = null;

  function find(key: string): SheetEntry | null {
    const found = kept.get(key);
    if (!found) return null;
    kept.delete(key);
    kept.set(key, found);
    return found;
  }

  function want(key: string, values: readonly Stop[], question: (values: Stop[]) => Question): void {
    const lacks = (entry: SheetEntry | null) => values.filter((value) => !entry?.asked.has(value));
    if (lacks(find(key)).length === 0) return;
    stop();
    const found = find(key);
    const entry = found && found.asked.size + lacks(found).length <= MOST_STOPS ? found : anew(key);
    const missing = lacks(entry);
    missing.forEach((value) => entry.asked.add(value));
    fetchInto({ key, entry, values: missing, stop: new AbortController() }, question(missing));
  }

  function anew(key: string): SheetEntry {
    const entry: SheetEntry = { header: null, blocks: new Map(), asked: new Set(), bytes: 0 };
    kept.delete(key);
    kept.set(key, entry);
    trim();
    return entry;
  }

  // What didn't come may be asked for again.
  function giveUp({ key, entry, values }: Underway): void {
    values.forEach((value) => entry.blocks.has(value) || entry.asked.delete(value));
    if (entry.blocks.size === 0 && kept.get(key) === entry) kept.delete(key);
  }

  async function fetchInto(mine: Underway, question: Question): Promise<void> {
    const { entry, values } = mine;
    const sheet = createSheet(values);
    underway = mine;
    const came = await fetchSheet(question, mine.stop.signal, (bytes) => {
      sheet.take(bytes);
      if (sheet.header !== null && sheet.header.floor !== entry.header?.floor) begin(entry, sheet.header, values);
      for (const [value, block] of sheet.blocks) entry.blocks.set(value, block);
      sheet.blocks.clear();
      entry.bytes += bytes.length;
      trim();
    });
    if (underway !== mine) return;
    underway = null;
    // What came is what there is, though it be less than was asked for.
    if (!came) giveUp(mine);
  }

  // Heights over another floor can't stand beside those that came before: it was searched for and found meanwhile.
  function begin(entry: SheetEntry, header: Header, values: readonly Stop[]): void {
    entry.header = header;
    entry.blocks.clear();
    entry.asked = new Set(values);
  }

  function bytes(): number {
    return [...kept.values()].reduce((sum, one) => sum + one.bytes, 0);
  }

  function trim(): void {
    for (const key of [...kept.keys()]) {
      if (kept.size > MOST || bytes() > MOST_BYTES) kept.delete(key);
    }
  }

  function stop(): void {
    if (underway === null) return;
    const old = underway;
    underway = null;
    giveUp(old);
    old.stop.abort();
  }

  function forget(): void {
    stop();
    kept.clear();
  }

  return {
    find,
    want,
    stop,
    forget,
    facts: () => ({ sheets: kept.size, bytes: bytes() }),
    busy: () => underway !== null,
  };
}
