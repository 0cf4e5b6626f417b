// Puts the controls of the Explore page where the experiment says.

import { props } from "../dash/dash.ts";
import { allMended } from "../runs/refused.ts";
import { formula } from "./formula.ts";
import { syncNoise } from "./noise.ts";
import { syncNumbers } from "./numbers.ts";
import { state } from "./state.ts";

/** Puts all controls that belong to no run where the experiment says. */
export function syncFields(): void {
  const { levels, loss_axis: axis, link_learning_rates: link } = state.experiment;
  allMended();
  syncNumbers(state.experiment);
  formula.sync();
  props("levels-choice", { value: levels });
  props("loss-axis", { value: axis });
  props("link-rates", { checked: link });
  syncNoise();
}
