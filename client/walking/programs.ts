// Programs that the server has translated: fetched once, and kept as long as the page stands.

import type { RuleProgram, SurfaceProgram } from "./walk.ts";

type Program = SurfaceProgram | RuleProgram;

const PAUSE = 5000; // ms after a failure until it is asked again

/** Hands out what `load` brings, null as long as it isn't there; what failed is tried again, after a while. */
export function remembering<Loaded>(
  load: (place: string) => Promise<Loaded | null>,
  now: () => number,
): (place: string) => Loaded | null {
  const known = new Map<string, Loaded | null>(); // null while it is fetched, and where there is none
  const failed = new Map<string, number>();
  return (place) => {
    if (known.has(place)) return known.get(place)!;
    if (now() - (failed.get(place) ?? Number.NEGATIVE_INFINITY) < PAUSE) return null;
    known.set(place, null);
    load(place).then(
      (loaded) => known.set(place, loaded),
      () => {
        known.delete(place);
        failed.set(place, now());
      },
    );
    return null;
  };
}

// A browser remembers for good that a module failed, by its address: another try has another one.
let tries = 0;

async function imported(place: string): Promise<Program | null> {
  const address = new URL(place, document.baseURI);
  if (tries > 0) address.hash = String(tries);
  try {
    const program = await import(address.href);
    // What can't be translated is walked by the server as ever.
    return "step" in program || "loss" in program ? program : null;
  } catch (problem) {
    tries += 1;
    throw problem;
  }
}

const program = remembering(imported, () => performance.now());

// The same address means the same content: the version of what translates is in it.
function fetched(kind: string, key: string): Program | null {
  const version = document.getElementById("fall-line")?.dataset.programs;
  return program(`explore/program?${new URLSearchParams({ kind, key, ...(version && { version }) })}`);
}

/** The program of a surface if it is there; else it is fetched. */
export const surfaceProgram = (key: string): SurfaceProgram | null => fetched("surface", key) as SurfaceProgram | null;

/** The program of a rule if it is there; else it is fetched. */
export const ruleProgram = (key: string): RuleProgram | null => fetched("rule", key) as RuleProgram | null;

/** The program with which a rule answers a signal if it is there; else it is fetched. */
export const responseProgram = (key: string): RuleProgram | null => fetched("response", key) as RuleProgram | null;
