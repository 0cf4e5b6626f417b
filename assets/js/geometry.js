// Small geometry of the plots: from data to pixels, clipping, the nearest point, the box that a plot shows.
(function (root) {
  "use strict";

  const FAR = 1e5;
  const APART = 1e6; // Plotly rounds pixels to hundredths; between values far apart that makes no difference

  // The linear map value -> pixel of a Plotly axis; a logarithmic axis maps the logarithm.
  function pixelMap(axis) {
    const origin = axis.l2p(0);
    return { origin, unit: (axis.l2p(APART) - origin) / APART, log: axis.type === "log" };
  }

  function toPixel(map, value) {
    return map.origin + map.unit * (map.log ? Math.log10(Math.max(value, 1e-300)) : value);
  }

  // The part of the segment a–b inside the square ±FAR, or null. Canvas loses its way with huge coordinates, and
  // moving only the far end would bend the line.
  function clipped(ax, ay, bx, by) {
    let from = 0;
    let to = 1;
    const dx = bx - ax;
    const dy = by - ay;
    for (const [run, room] of [[-dx, ax + FAR], [dx, FAR - ax], [-dy, ay + FAR], [dy, FAR - ay]]) {
      if (run === 0 && room < 0) return null;
      if (run < 0) from = Math.max(from, room / run);
      if (run > 0) to = Math.min(to, room / run);
    }
    if (from > to) return null;
    // An end that is inside stays exactly where it is, however far the other one.
    const start = from === 0 ? [ax, ay] : [ax + from * dx, ay + from * dy];
    const end = to === 1 ? [bx, by] : [ax + to * dx, ay + to * dy];
    return [...start, ...end];
  }

  function near(value) {
    return value > -FAR && value < FAR;
  }

  // The run and step of the drawn point nearest to a pixel, not further than `reach`, among `shown` runs up to `upTo`.
  function nearest(polylines, maps, pixel, { shown, ends, steps, upTo, reach }) {
    let best = null;
    let least = reach * reach;
    for (const run of shown) {
      const end = Math.min(ends[run], upTo);
      for (let k = 0; k <= end; k++) {
        const at = 2 * (run * (steps + 1) + k);
        const dx = toPixel(maps.x, polylines[at]) - pixel.x;
        const dy = toPixel(maps.y, polylines[at + 1]) - pixel.y;
        const distance = dx * dx + dy * dy;
        if (distance < least) {
          least = distance;
          best = { run, step: k };
        }
      }
    }
    return best;
  }

  // The smallest box with the aspect width : height that contains `box` (x_low, x_high, y_low, y_high).
  function fitted(box, width, height) {
    const [xLow, xHigh, yLow, yHigh] = box;
    const perPixel = Math.max((xHigh - xLow) / width, (yHigh - yLow) / height);
    const x = (xLow + xHigh) / 2;
    const y = (yLow + yHigh) / 2;
    const halfX = (perPixel * width) / 2;
    const halfY = (perPixel * height) / 2;
    return [x - halfX, x + halfX, y - halfY, y + halfY];
  }

  function inside([xLow, xHigh, yLow, yHigh], [x, y]) {
    return x >= xLow && x <= xHigh && y >= yLow && y <= yHigh;
  }

  // `box` stretched until `point` lies well inside it.
  function including([xLow, xHigh, yLow, yHigh], [x, y]) {
    const [roomX, roomY] = [0.05 * (xHigh - xLow), 0.05 * (yHigh - yLow)];
    return [
      x < xLow ? x - roomX : xLow,
      x > xHigh ? x + roomX : xHigh,
      y < yLow ? y - roomY : yLow,
      y > yHigh ? y + roomY : yHigh,
    ];
  }

  // The value at (x, y) on a grid, between its points bilinearly; null outside it.
  function between(grid, x, y) {
    const i = place(grid.x, x);
    const j = place(grid.y, y);
    if (i === null || j === null) return null;
    const [a, b] = [grid.z[j.low], grid.z[j.low + 1]];
    const lower = a[i.low] + i.part * (a[i.low + 1] - a[i.low]);
    const upper = b[i.low] + i.part * (b[i.low + 1] - b[i.low]);
    return lower + j.part * (upper - lower);
  }

  function place(ticks, value) {
    const step = (ticks[ticks.length - 1] - ticks[0]) / (ticks.length - 1);
    const at = (value - ticks[0]) / step;
    if (!(at >= 0 && at <= ticks.length - 1)) return null;
    const low = Math.min(Math.floor(at), ticks.length - 2);
    return { low, part: at - low };
  }

  // The loss at a place in the table that fall_line/figures/levels.py made; beyond its ends it goes on with the last slope.
  function lossAmong(table, at) {
    const last = table.length - 1;
    const low = Math.min(Math.max(Math.floor(at), 0), last - 1);
    return table[low] + (at - low) * (table[low + 1] - table[low]);
  }

  const geometry = { pixelMap, toPixel, clipped, near, nearest, fitted, inside, including, between, lossAmong };
  root.fallLine = Object.assign(root.fallLine || {}, { geometry });
  if (typeof module !== "undefined") module.exports = geometry;
})(typeof window === "undefined" ? globalThis : window);
