// What Dash calls for exports, and what is done about them as soon as the document is there.

import { offer as offerCallbacks } from "../dash/dash.ts";
import type { Offer } from "./choices.ts";
import { draw, open, take, tellRefusal } from "./dialog.ts";
import { markHeader } from "./header-mark.ts";
import { EXPORTS, jobs } from "./last-exports.ts";
import { on, state } from "./state.ts";

// The dialog's body comes a moment after Dash has been told to open it.
function attempt(left: number): void {
  if (document.getElementById("export-body")) open();
  else if (left > 0) requestAnimationFrame(() => attempt(left - 1));
}

/** Lets Dash call what its callbacks of the dialog name. */
export function offerExporting(): void {
  offerCallbacks("exporting", {
    show: (clicks: number | null) => (clicks ? true : undefined),

    opened(opened: boolean, offer: Offer) {
      if (state.offer === null || state.offer.kind !== offer.kind) take(offer);
      if (opened) attempt(120);
      else markHeader(jobs.all());
    },
  });
}

/** Follows exports of an earlier visit, which may still be under way; they need no dialog. */
export function prepareExports(): void {
  on("sent", draw);
  on("answered", draw);
  on("refused", tellRefusal);
  on("advanced", draw);
  addEventListener("storage", (event) => event.key === EXPORTS && draw());
  jobs.watch();
}
