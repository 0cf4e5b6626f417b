// How pickers search their options and show them.

import { element, offerToMantine } from "../dash/dash.ts";
import { found, type Group, type Option } from "./found.ts";

interface Search {
  readonly options: readonly (Option | Group)[];
  readonly search: string;
}

// The note is no part of the option's name: a screen reader tells the list by names, and the note in the unfolded run.
function shown({ option }: { readonly option: Option }): unknown {
  if (!option.note) return option.label;
  return element(
    "span",
    { className: "option" },
    option.label,
    element("span", { className: "option-note", "aria-hidden": true }, option.note),
  );
}

/** Lets pickers name these functions: fall_line/components/searching.py. */
export function offerSearching(): void {
  offerToMantine({ fallLineFound: ({ options, search }: Search) => found(options, search), fallLineOption: shown });
}
