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

  // A copy whose numbers may be written over.
  function copied(paths) {
    const fan = paths.fan && { ...paths.fan, ...copies(paths.fan), ends: [...paths.fan.ends] };
    return { ...paths, ...copies(paths), ends: [...paths.ends], stopped: [...paths.stopped], kept: [...paths.kept], fan };
  }

  function copies({ points, heights, curves }) {
    return { points: points.slice(), heights: heights.slice(), curves: curves.slice() };
  }

  // Brings curves and ends of `run` up to its points and heights, of a single path or of all seeds of a fan.
  function renew(paths, run, steps) {
    const rows = steps + 1;
    for (let k = run * rows; k < (run + 1) * rows; k++) paths.curves[2 * k + 1] = paths.heights[k];
    paths.ends[run] = lastFinite(paths.points, paths.heights, run, steps);
  }

  // The first `steps` of `long` paths, as if no more had been walked. With `best` each run goes back to its best point.
  function beginning(long, steps, { floor, best }) {
    const [rows, far] = [steps + 1, long.steps + 1];
    const [points, heights] = [new Float32Array(2 * long.runs * rows), new Float32Array(long.runs * rows)];
    for (let run = 0; run < long.runs; run++) {
      points.set(long.points.subarray(2 * run * far, 2 * (run * far + rows)), 2 * run * rows);
      heights.set(long.heights.subarray(run * far, run * far + rows), run * rows);
    }
    const ends = endsOf(points, heights, steps);
    const stopped = long.ends.map((end) => end < steps);
    const kept = ends.map((end, run) => (best && end >= 0 ? lowest(heights.subarray(run * rows, run * rows + end + 1)) : null));
    return { steps, runs: long.runs, points, heights, curves: curvesOf(heights, steps), ends, stopped, kept, fan: null, floor };
  }

  function lowest(heights) {
    return heights.reduce((best, height, k) => (height < heights[best] ? k : best), 0);
  }

  function lossAt(paths, run, step) {
    return paths.heights[run * (paths.steps + 1) + step] + (paths.floor === null ? 0 : paths.floor);
  }

  const paths = { floats, unpack, copied, renew, beginning, lossAt };
  root.fallLine = Object.assign(root.fallLine || {}, { paths });
  if (typeof module !== "undefined") module.exports = paths;
})(typeof window === "undefined" ? globalThis : window);
