// The numbers of an answer, unpacked for drawing.
(function (root) {
  "use strict";

  function floats(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
    return new Float32Array(bytes.buffer);
  }

  // The last step up to which a run's point and loss are finite; -1 if there is none.
  function lastFinite(polyline, heights, run, steps) {
    for (let k = 0; k <= steps; k++) {
      const at = 2 * (run * (steps + 1) + k);
      const finite = Number.isFinite(polyline[at]) && Number.isFinite(polyline[at + 1]);
      if (!finite || !Number.isFinite(heights[run * (steps + 1) + k])) return k - 1;
    }
    return steps;
  }

  function curvesOf(heights, steps) {
    const curves = new Float32Array(2 * heights.length);
    for (let k = 0; k < heights.length; k++) {
      curves[2 * k] = k % (steps + 1);
      curves[2 * k + 1] = heights[k];
    }
    return curves;
  }

  function endsOf(points, heights, steps) {
    return Array.from({ length: heights.length / (steps + 1) }, (_, run) => lastFinite(points, heights, run, steps));
  }

  // The paths of all seeds: those of the first run, then those of the next.
  function fanOf(fan, steps) {
    if (!fan) return null;
    const [points, heights] = [floats(fan.points), floats(fan.heights)];
    return { seeds: fan.seeds, points, heights, curves: curvesOf(heights, steps), ends: endsOf(points, heights, steps) };
  }

  // Both plots draw polylines: points (x, y) over the surface, points (step, loss) in the loss plot.
  function unpack(answer) {
    const { steps } = answer;
    const points = floats(answer.points);
    const heights = floats(answer.heights);
    const runs = heights.length / (steps + 1);
    const curves = curvesOf(heights, steps);
    const ends = endsOf(points, heights, steps);
    // A run may outgrow the screen's float32 long before it stops being finite; only the server knows of the latter.
    const stopped = answer.ends.map((end) => end < steps);
    const kept = (answer.reports || []).map((report) => report.kept_step ?? null);
    const fan = fanOf(answer.fan, steps);
    return { steps, runs, points, heights, curves, ends, stopped, kept, fan, floor: answer.floor };
  }

  function lossAt(paths, run, step) {
    return paths.heights[run * (paths.steps + 1) + step] + (paths.floor === null ? 0 : paths.floor);
  }

  const paths = { floats, unpack, lossAt };
  root.fallLine = Object.assign(root.fallLine || {}, { paths });
  if (typeof module !== "undefined") module.exports = paths;
})(typeof window === "undefined" ? globalThis : window);
