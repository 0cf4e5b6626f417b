// Where a value stands on its slider, and how a number is written. The Python twin is fall_line/components/hyperparameter_slider.py.
(function (root) {
  "use strict";

  function toPosition(hyper, value) {
    if (hyper.scale === "log") return Math.log10(value);
    if (hyper.scale === "one_minus_log") return -Math.log10(1 - value);
    return value;
  }

  function rounded(value, digits) {
    return Number(value.toPrecision(digits));
  }

  // The value at a slider's position, with as few digits as the scale can tell apart, and never outside the range.
  function toValue(hyper, position) {
    let value;
    if (hyper.scale === "log") value = rounded(10 ** position, 3);
    else if (hyper.scale === "one_minus_log") value = rounded(1 - rounded(10 ** -position, 3), 12);
    else value = rounded(position, Math.abs(position) < 1e-9 ? 1 : 4);
    if (hyper.whole) value = Math.round(value);
    return Math.min(hyper.high, Math.max(hyper.low, value));
  }

  const STOPS = 200; // steps that a slider is divided into, see the Python twin

  // The value that is taken from a slider which stands at `place`, by way of what it says there.
  function valueAt(hyper, place) {
    return toValue(hyper, toPosition(hyper, spoken(hyper, place)));
  }

  // The values at which a slider stops: under the mouse those that divide its range; the arrow keys move by the same
  // steps, but `from` where it stands, and end at the range's ends.
  function stops(hyper, from = hyper.low) {
    const [low, high] = [toPosition(hyper, hyper.low), toPosition(hyper, hyper.high)];
    const step = (high - low) / STOPS;
    const first = Math.ceil((low - toPosition(hyper, from)) / step - 1e-9);
    const places = Array.from({ length: STOPS + 1 }, (_, k) => toPosition(hyper, from) + (first + k) * step);
    const inside = [low, ...places.filter((place) => place > low && place < high), high];
    return [...new Set(inside.map((place) => valueAt(hyper, place)))];
  }

  // The value of the stop that is nearest to a `share`, 0 to 1, of the slider's length.
  function stopAt(hyper, share) {
    const [low, high] = [toPosition(hyper, hyper.low), toPosition(hyper, hyper.high)];
    const stop = Math.round(Math.min(1, Math.max(0, share)) * STOPS);
    return valueAt(hyper, Number((low + (stop * (high - low)) / STOPS).toFixed(12)));
  }

  // The shortest text that reads back the same; exponents below a thousandth.
  function written(value) {
    if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e16)) {
      return value.toExponential().replace("e+", "e");
    }
    return String(value);
  }

  // For captions: four significant digits, a true minus sign.
  function shortly(value) {
    if (Number.isNaN(value)) return "NaN";
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
    const size = Math.abs(value);
    const text = size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : String(rounded(value, 4));
    return text.replace("e+", "e").replace(/-/g, "−");
  }

  // What a screen reader is told at a position. Names of these functions stand in the sliders' properties.
  const SPOKEN = {
    linear: (position) => Number(position.toFixed(8)),
    log: (position) => rounded(10 ** position, 3),
    one_minus_log: (position) => rounded(1 - rounded(10 ** -position, 3), 12),
  };

  function spoken(hyper, position) {
    return SPOKEN[hyper.scale](position);
  }

  const scales = { STOPS, toPosition, toValue, valueAt, stops, stopAt, written, shortly, spoken };
  root.fallLine = Object.assign(root.fallLine || {}, { scales });
  root.dashMantineFunctions = Object.assign(root.dashMantineFunctions || {}, {
    fallLineLinear: SPOKEN.linear,
    fallLineLog: SPOKEN.log,
    fallLineOneMinusLog: SPOKEN.one_minus_log,
  });
  if (typeof module !== "undefined") module.exports = scales;
})(typeof window === "undefined" ? globalThis : window);
