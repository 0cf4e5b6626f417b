// The pages of the site. Each is left as it is and found so again, as long as the tab is open: what leads to a page holds
// the experiment that stood there last.

import { props } from "../dash/dash.ts";

export type Name = "Explore" | "Response" | "Train";

export interface Left {
  /** The link's query. */
  readonly query: string;
  /** The name of the published experiment as which it began. */
  readonly published: string | null;
}

// As fall_line/components/header.py has them.
const ADDRESSES: Readonly<Record<Name, string>> = { Explore: "/", Response: "/response", Train: "/train" };
const KEY = "fall-line-pages";

let pages: Partial<Record<Name, Left>> = read();

function read(): Partial<Record<Name, Left>> {
  try {
    return JSON.parse(globalThis.sessionStorage?.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** How the page was left, if it was. */
export const left = (name: Name): Left | undefined => pages[name];

/** Remembers how the page stands. */
export function keep(name: Name, query: string, published: string | null): void {
  pages = { ...pages, [name]: { query, published } };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(pages));
  } catch {
    // Without storage it is remembered until the document is left.
  }
}

/** On the page `here`: lets the names of the others lead to how they were left. */
export function pointLinks(here: Name): void {
  for (const [name, page] of Object.entries(pages)) {
    if (name !== here) props(`page-${name.toLowerCase()}`, { href: `${ADDRESSES[name as Name]}?${page.query}` });
  }
}

/** The name of the published experiment as which the one in the address began. */
export function beganAs(here: Name): string | null {
  const page = pages[here];
  const same = page && new URL(`?${page.query}`, location.href).search === location.search;
  return history.state?.published ?? (same ? page.published : null);
}

/** Goes to the page `name` with `query`, as its link does. */
export function go(name: Name, query: string): void {
  history.pushState({}, "", `${ADDRESSES[name]}?${query}`);
  dispatchEvent(new CustomEvent("_dashprivate_pushstate")); // which Dash listens to
  scrollTo(0, 0);
}

/** `query` with the runs of another one in the place of its own. */
export function withRuns(query: string, runs: string): string {
  const others = query.split("&").filter((field) => field !== "" && !field.startsWith("run="));
  return [...others, runs].join("&");
}
