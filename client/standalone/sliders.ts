// The sliders of a run in a file of its own: folded away under its values until they are wanted.

import type { Values } from "../experiment/experiment.ts";
import { type Hyper, STOPS, stopAt, toPosition, written } from "../experiment/scales.ts";
import { make } from "../shell/document.ts";

export interface Sliders {
  readonly element: HTMLDetailsElement;
  /** Puts all of them where the values are; `words` are the values in words. */
  show(values: Values, words: string): void;
}

/** One slider for each of the numbers of the run called `name`; `onTurn` hears of the key and of its new value. */
export function createSliders(
  name: string,
  hypers: readonly Hyper[],
  onTurn: (key: string, value: number) => void,
): Sliders {
  const summary = make("summary", { className: "run-values", "aria-label": `Values of ${name}` });
  const rows = hypers.map((hyper) => createSlider(name, hyper, (value) => onTurn(hyper.key, value)));
  return {
    element: make("details", { className: "run-sliders" }, [summary, ...rows.map(({ element }) => element)]),
    show(values, words) {
      summary.textContent = words;
      hypers.forEach(({ key }, k) => rows[k].show(Number(values[key])));
    },
  };
}

interface Slider {
  readonly element: HTMLDivElement;
  show(value: number): void;
}

function createSlider(name: string, hyper: Hyper, onTurn: (value: number) => void): Slider {
  const { symbol, label, note, low, high } = hyper;
  const full = `${label} ${symbol}`.trim();
  const about = { type: "button", className: "hinted hyper-symbol", tabIndex: -1, "aria-label": `About the ${full}` };
  const looks = { type: "range", className: "hyper-slider", min: 0, max: STOPS, step: 1, title: full };
  const range = make("input", { ...looks, "aria-label": `${full}, ${name}` });
  const told = make("output", { className: "hyper-told" });
  range.addEventListener("input", () => onTurn(stopAt(hyper, Number(range.value) / STOPS)));
  const hint = make("button", { ...about, "data-hint": `${full}. ${note}`.trim() }, symbol || label);
  const [first, last] = [toPosition(hyper, low), toPosition(hyper, high)];
  return {
    element: make("div", { className: "hyper" }, [hint, range, told]),
    show(value) {
      const stop = Math.round((STOPS * (toPosition(hyper, value) - first)) / (last - first));
      // A value between two stops keeps its slider where the hand has left it.
      if (Number(range.value) !== stop) range.value = String(stop);
      range.setAttribute("aria-valuetext", written(value));
      told.textContent = written(value);
    },
  };
}
