// The address bar holds the experiment. A change of another kind than the one before is a new entry of the history,
// so that Back takes back one decision and not one pixel of a drag.

type Published = string | null;

interface Entry<Made> {
  readonly experiment?: Made;
  readonly published?: Published;
}

interface Settings<Made> {
  /** Whether the page that asked for this history still stands. */
  readonly isHere: () => boolean;
  /** Gets the experiment that was gone back to. */
  readonly onReturn: (experiment: Made, published?: Published) => void;
  readonly address?: Pick<Location, "pathname" | "search">;
  readonly record?: Pick<History, "state" | "replaceState" | "pushState">;
}

export interface ExperimentHistory<Made> {
  /** Writes an experiment into the address, with `why` it is another one and under which name it was `published`. */
  commit(query: string, experiment: Made, why: string, published?: Published): void;
  /** Writes another link to the same experiment into the address: no entry of its own. */
  follow(query: string): void;
  /** Goes back to the experiment in an entry's state; says whether there is one. */
  returned(state: Entry<Made> | null): boolean;
}

let listener: ((state: Entry<never> | null) => boolean) | null = null;

/** Listens before Dash does, which would build the page anew: within a page going back is only another experiment. */
export function listenToHistory(): void {
  addEventListener("popstate", (event) => {
    if (listener?.(event.state)) event.stopImmediatePropagation();
  });
}

/** The history of one page, which is told of it from now on. */
export function createHistory<Made>({
  isHere,
  onReturn,
  address = location,
  record = history,
}: Settings<Made>): ExperimentHistory<Made> {
  const home = address.pathname;
  let last: string | null = null;
  let written: string | null = null; // the query as it was given; the address may spell it in another way

  // The first experiment of a page only joins the address that led to it.
  function commit(query: string, experiment: Made, why: string, published?: Published): void {
    const first = last === null && why === "open";
    const target = first ? address.pathname + address.search : `${address.pathname}?${query}`;
    if (!first && (query === written || target === address.pathname + address.search)) return;
    written = query;
    const state = { ...record.state, experiment, published };
    if (first || why === last) record.replaceState(state, "", target);
    else record.pushState(state, "", target);
    last = why;
  }

  function follow(query: string): void {
    if (last === null || query === written) return;
    written = query;
    record.replaceState(record.state, "", `${address.pathname}?${query}`);
  }

  function returned(state: Entry<Made> | null): boolean {
    if (!isHere() || address.pathname !== home || !state?.experiment) return false;
    last = "return";
    written = null;
    onReturn(state.experiment, state.published);
    return true;
  }

  listener = returned;
  return { commit, follow, returned };
}
