// What a screen reader is told of a slider's value.

import { offerToMantine } from "../dash/dash.ts";
import { SPOKEN } from "../experiment/scales.ts";

/** Lets sliders name these functions: fall_line/components/hyperparameter_slider.py. */
export function offerSpokenValues(): void {
  offerToMantine({
    fallLineLinear: SPOKEN.linear,
    fallLineLog: SPOKEN.log,
    fallLineOneMinusLog: SPOKEN.one_minus_log,
  });
}
