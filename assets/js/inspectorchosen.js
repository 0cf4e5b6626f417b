// Where a method finds its η itself, a mark on the run's slider shows the one it chose. The experiment isn't changed.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});

  // The share of the slider's track at which `value` stands, within its ends.
  function share(hyper, value) {
    const { toPosition } = fallLine.scales;
    const [low, high] = [toPosition(hyper, hyper.low), toPosition(hyper, hyper.high)];
    const at = (toPosition(hyper, Math.min(hyper.high, Math.max(hyper.low, value))) - low) / (high - low);
    return Math.min(1, Math.max(0, at));
  }

  function clear(except = null) {
    for (const row of document.querySelectorAll(".hyper-chosen")) if (row !== except) unmark(row);
  }

  function unmark(row) {
    row.classList.remove("hyper-chosen");
    row.querySelectorAll(".chosen-mark, .chosen-words").forEach((one) => one.remove());
  }

  function show(run, chosen, hyperOf) {
    const owner = `run-${run}`;
    const slider = chosen && chosen.key && document.getElementById(JSON.stringify({ key: chosen.key, owner, type: "slider" }));
    const row = slider && slider.closest(".hyper");
    clear(row);
    if (!row) return;
    const track = slider.querySelector(".mantine-Slider-track") || slider;
    const mark = row.querySelector(".chosen-mark") || track.appendChild(made("chosen-mark"));
    const words = row.querySelector(".chosen-words") || row.appendChild(made("chosen-words"));
    row.classList.add("hyper-chosen");
    mark.hidden = chosen.value === null;
    if (chosen.value !== null) mark.style.left = `${100 * share(hyperOf(owner, chosen.key), chosen.value)}%`;
    words.textContent = `η ${chosen.text}, chosen by the line search`;
  }

  function made(className) {
    return Object.assign(document.createElement("span"), { className });
  }

  const inspectorChosen = { share, show, clear };
  root.fallLine = Object.assign(fallLine, { inspectorChosen });
  if (typeof module !== "undefined") module.exports = inspectorChosen;
})(typeof window === "undefined" ? globalThis : window);
