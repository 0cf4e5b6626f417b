// The choices in the rail and the header of the Response page.

import { props } from "../dash/dash.ts";
import { formula } from "./formula.ts";
import { tellSignal } from "./signal.ts";
import { state } from "./state.ts";
import { showView } from "./view.ts";

/** Puts all choices where the experiment says. */
export function syncChoices(): void {
  formula.sync();
  props("response-view", { value: state.experiment.view });
  tellSignal();
  showView();
}
