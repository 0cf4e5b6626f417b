// What the export dialog says: sizes, times, and how far an export is.
(function (root) {
  "use strict";

  const { running } = root.fallLine?.exportJobs || require("./exportjobs.js");
  const NO_WORKER = "No worker is running; this export waits until one is started.";
  const LOST = "The server does not answer. The export goes on there; trying again…";

  function bytes(count) {
    if (count < 1000) return `${count} bytes`;
    const [unit, value] = count < 1e6 ? ["kB", count / 1e3] : ["MB", count / 1e6];
    return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
  }

  function seconds(value) {
    return `${Number(value.toFixed(1))} s`;
  }

  // What a file will be: its pixels, frames, seconds, and size.
  function facts({ width, height, frames, seconds: time, bytes: size, exact }) {
    const picture = width ? [`${width} × ${height}`] : [];
    const motion = frames > 1 ? [`${frames.toLocaleString("en")} frames`, seconds(time)] : [];
    return [...picture, ...motion, ...(size ? [`${exact ? "" : "about "}${bytes(size)}`] : [])];
  }

  function ago(when, now) {
    const minutes = Math.floor((now - when) / 60_000);
    if (minutes < 1) return "just now";
    if (minutes < 60) return `${minutes} min ago`;
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return `${hours} h ago`;
    return hours < 48 ? "yesterday" : `${Math.floor(hours / 24)} days ago`;
  }

  function waiting({ ahead }) {
    if (!ahead) return "Next to be drawn";
    return ahead === 1 ? "1 export before this one" : `${ahead} exports before this one`;
  }

  function progress({ done, total }) {
    if (!total || !done) return "Starting to draw";
    return done < total ? `Frame ${done} of ${total}` : "Finishing the file";
  }

  const SAID = {
    waiting,
    drawing: progress,
    done: ({ size }) => bytes(size),
    saved: ({ size }) => bytes(size),
    failed: ({ problem }) => problem || "The export failed.",
    cancelled: () => "Cancelled",
    expired: () => "Expired",
  };

  // Where an export stands, in words.
  function standing(entry, lost = false) {
    if (running(entry) && lost) return LOST;
    return running(entry) && entry.worker === false ? NO_WORKER : SAID[entry.kind](entry);
  }

  function share({ kind, done, total }) {
    return kind === "drawing" && total ? done / total : 0;
  }

  const exportWords = { bytes, seconds, facts, ago, standing, share, NO_WORKER, LOST };
  root.fallLine = Object.assign(root.fallLine || {}, { exportWords });
  if (typeof module !== "undefined") module.exports = exportWords;
})(typeof window === "undefined" ? globalThis : window);
