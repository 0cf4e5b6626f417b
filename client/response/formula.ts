// The signal that a reader types on the Response page.

import { createFormulaField, type Described } from "../runs/formula-field.ts";
import { tellSignal } from "./signal.ts";
import { state, to } from "./state.ts";

export const formula = createFormulaField({
  id: "response-formula",
  picker: "response-signal",
  address: "response/signal",
  name: "signal",
  current: () => state.experiment.signal,
  take,
});

// The typed signal takes the place of the one before.
function take({ key }: Described): void {
  to.signalled({ ...state.experiment, signal: key, drawn: null }, "formula", null);
  tellSignal();
}
