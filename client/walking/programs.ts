// Programs that the server has translated: fetched once, and kept as long as the page stands.

import type { RuleProgram, SurfaceProgram } from "./walk.ts";

type Program = SurfaceProgram | RuleProgram;

const programs = new Map<string, Program | null>(); // null while it is fetched, and where there is none

function fetched(kind: string, key: string): Program | null {
  const place = `explore/program?${new URLSearchParams({ kind, key })}`;
  if (programs.has(place)) return programs.get(place)!;
  programs.set(place, null);
  // What can't be translated, or doesn't come, is walked by the server as ever.
  import(new URL(place, document.baseURI).href).then(
    (program) => programs.set(place, "step" in program || "loss" in program ? program : null),
    () => {},
  );
  return null;
}

/** The program of a surface if it is there; else it is fetched. */
export const surfaceProgram = (key: string): SurfaceProgram | null => fetched("surface", key) as SurfaceProgram | null;

/** The program of a rule if it is there; else it is fetched. */
export const ruleProgram = (key: string): RuleProgram | null => fetched("rule", key) as RuleProgram | null;

/** The program with which a rule answers a signal if it is there; else it is fetched. */
export const responseProgram = (key: string): RuleProgram | null => fetched("response", key) as RuleProgram | null;
