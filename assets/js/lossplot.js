// The loss curves: axes by Plotly, curves and the player's cursor over them.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const REACH = 14;
  const LEAST = 1e-16;

  // The range of the loss axis for the runs in `order`, and whether it can be logarithmic: {log, range}.
  function lossRange(paths, order, wanted) {
    let [low, high, positive] = [Infinity, -Infinity, Infinity];
    for (const [heights, path, end] of shownHeights(paths, order)) {
      for (let k = 0; k <= end; k++) {
        const value = heights[path * (paths.steps + 1) + k];
        low = Math.min(low, value);
        high = Math.max(high, value);
        if (value > LEAST) positive = Math.min(positive, value);
      }
    }
    if (low > high) return { log: false, range: [0, 1] };
    const log = wanted === "log" && (paths.floor !== null || low > 0) && positive < Infinity;
    if (log) return { log, range: [Math.floor(Math.log10(positive)), Math.ceil(Math.log10(high) + 0.05)] };
    const floor = paths.floor === null ? 0 : paths.floor;
    return { log, range: rounded(low + floor, high + floor) };
  }

  // All curves that are drawn: those of the runs, or with a fan those of all seeds, the runs' among them.
  function shownHeights({ heights, ends, fan }, order) {
    if (!fan) return order.map((run) => [heights, run, ends[run]]);
    const paths = order.flatMap((run) => Array.from({ length: fan.seeds }, (_, seed) => run * fan.seeds + seed));
    return paths.map((path) => [fan.heights, path, fan.ends[path]]);
  }

  // A range a little wider than low … high whose ends are round, so that a drag seldom moves the axis.
  function rounded(low, high) {
    const step = 10 ** Math.floor(Math.log10(high - low || 1)) / 2;
    return [Math.floor(low / step) * step, Math.ceil(high / step + 0.1) * step];
  }

  // What the axis shows, in words: a logarithm needs heights above the lowest known loss.
  function caption(log, floor, wanted) {
    if (log && floor) return `above the lowest known, ${fallLine.scales.shortly(floor)}`;
    return wanted === "log" && !log ? "linear: it is not positive everywhere" : "";
  }

  // A whole number of decades between ticks, so that a small plot isn't crowded.
  function decades([low, high]) {
    return Math.max(1, Math.ceil((high - low) / 5));
  }

  function createLossPlot(graph, { onHover }) {
    const overlay = fallLine.createOverlay(graph, { cursor: true });
    let scene = null;
    let shown = "";

    graph.on("plotly_afterplot", () => scene !== null && overlay.draw(scene, true));
    graph.addEventListener("pointermove", (event) => {
      if (scene === null || !scene.maps) return;
      const { _size: size } = graph._fullLayout;
      const box = graph.querySelector(".svg-container").getBoundingClientRect();
      const pixel = { x: event.clientX - box.left - size.l, y: event.clientY - box.top - size.t };
      const { polylines, maps, order, ends, steps, time } = scene;
      onHover(
        fallLine.geometry.nearest(polylines, maps, pixel, { shown: order, ends, steps, upTo: time, reach: REACH }),
        event,
      );
    });
    graph.addEventListener("pointerleave", () => onHover(null));

    // Curves hold height above the floor; a linear axis shows the loss itself.
    function shifted(curves, floor, log) {
      return log || !floor ? curves : curves.map((value, k) => (k % 2 ? value + floor : value));
    }

    function setPaths(paths, order, wanted) {
      const { log, range } = lossRange(paths, order, wanted);
      const axes = {
        "xaxis.range": [0, paths.steps],
        "yaxis.type": log ? "log" : "linear",
        "yaxis.range": range,
        // Said, for Plotly would keep the distance of ticks that it was given before.
        "yaxis.tickmode": log ? "linear" : "auto",
        "yaxis.dtick": log ? decades(range) : null,
      };
      const key = JSON.stringify(axes);
      if (key !== shown) root.Plotly.relayout(graph, axes);
      shown = key;
      const [polylines, fan] = [paths.curves, paths.fan?.curves].map((one) => one && shifted(one, paths.floor, log));
      return { polylines, fan, caption: caption(log, paths.floor, wanted) };
    }

    return {
      setPaths,
      draw(next, fresh) {
        scene = next;
        return overlay.draw(scene, fresh);
      },
    };
  }

  Object.assign(fallLine, { createLossPlot, lossRange });
  if (typeof module !== "undefined") module.exports = { lossRange };
})(typeof window === "undefined" ? globalThis : window);
