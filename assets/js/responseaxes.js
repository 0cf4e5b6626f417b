// The axes of the Response plot: ranges, ticks, where each panel stands, the window of epochs. Pure functions.
(function (root) {
  "use strict";

  const TITLE = 24; // pixels above each panel for its title
  const FOOT = 24; // pixels under the last panel for the epochs
  const WEIGHTS = { signal: 3, updates: 7, memory: 2.4 };
  const LEAST = 10; // epochs that a window shows at least

  // A range that holds every finite value and 0, with round ends, so that a drag seldom moves the axis.
  function roundRange(values) {
    let [low, high] = [0, 0];
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low === high) return [-1, 1];
    const step = 10 ** Math.floor(Math.log10(high - low)) / 2;
    return [low < 0 ? Math.floor(low / step - 0.1) * step : 0, high > 0 ? Math.ceil(high / step + 0.1) * step : 0];
  }

  // Round values in low … high, about `count` of them.
  function ticks(low, high, count) {
    const rough = (high - low) / Math.max(1, count);
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].find((one) => one * power >= rough * 0.75) * power;
    const found = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) found.push(Number((k * step).toPrecision(12)));
    return found;
  }

  // Top and height of each panel in a plot `height` pixels high: the signal, the updates, and each accumulator.
  function panels(height, accumulators) {
    const kinds = ["signal", "updates", ...Array.from({ length: accumulators }, () => "memory")];
    const room = Math.max(0, height - FOOT - TITLE * kinds.length);
    const whole = kinds.reduce((sum, kind) => sum + WEIGHTS[kind], 0);
    let top = 0;
    return kinds.map((kind) => {
      const panel = { kind, top: top + TITLE, height: (room * WEIGHTS[kind]) / whole };
      top = panel.top + panel.height;
      return panel;
    });
  }

  // The window [low, high] of epochs `factor` times as wide, with `about` staying where it is.
  function zoomed([low, high], factor, about, last) {
    const width = Math.min(last, Math.max(LEAST, (high - low) * factor));
    const share = (about - low) / (high - low);
    return within(about - share * width, width, last);
  }

  function panned([low, high], by, last) {
    return within(low + by, high - low, last);
  }

  function within(low, width, last) {
    const start = Math.min(Math.max(0, low), last - width);
    return [start, start + width];
  }

  const axes = { roundRange, ticks, panels, zoomed, panned, TITLE };
  root.fallLine = Object.assign(root.fallLine || {}, { responseAxes: axes });
  if (typeof module !== "undefined") module.exports = axes;
})(typeof window === "undefined" ? globalThis : window);
