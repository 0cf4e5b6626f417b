// Programs that the server has translated: fetched once, and kept as long as the page stands.

import type { RuleProgram, SurfaceProgram } from "./walk.ts";

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

type Module = Readonly<Record<string, unknown>>;

// A browser remembers for good that a module failed, by its address: another try has another one.
let tries = 0;

async function imported(place: string): Promise<Module> {
  const address = new URL(place, document.baseURI);
  if (tries > 0) address.hash = String(tries);
  try {
    return await import(address.href);
  } catch (problem) {
    tries += 1;
    throw problem;
  }
}

const moduleAt = remembering(imported, () => performance.now());

// The same address means the same content: the version of what translates is in it.
function fetched(path: string, asked: Readonly<Record<string, string>>): Module | null {
  const version = document.getElementById("fall-line")?.dataset.programs;
  return moduleAt(`explore/${path}?${new URLSearchParams({ ...asked, ...(version && { version }) })}`);
}

// What can't be translated is walked by the server as ever.
function single<One>(kind: string, key: string, needed: keyof One & string): One | null {
  const found = fetched("program", { kind, key });
  return found !== null && needed in found ? (found as One) : null;
}

// One file has the programs of all methods; those that were made in the server's process are asked for one by one.
function ofMethod(kind: string, key: string): RuleProgram | null {
  const all = fetched("programs", { kind })?.programs as Readonly<Record<string, RuleProgram>> | undefined;
  return all === undefined ? null : (all[key] ?? single<RuleProgram>(kind, key, "step"));
}

/** The program of a surface if it is there; else it is fetched. */
export const surfaceProgram = (key: string): SurfaceProgram | null => single<SurfaceProgram>("surface", key, "loss");

/** The program of a rule if it is there; else it is fetched. */
export const ruleProgram = (key: string): RuleProgram | null => ofMethod("rule", key);

/** The program with which a rule answers a signal if it is there; else it is fetched. */
export const responseProgram = (key: string): RuleProgram | null => ofMethod("response", key);
