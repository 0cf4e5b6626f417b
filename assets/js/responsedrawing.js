// A signal drawn by hand: the pad over the signal's panel, for mouse, finger and arrow keys.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const PER_UNIT = 50; // a drawn value is kept in fiftieths, as the server keeps it

  function kept(value, reach) {
    const held = Math.min(reach, Math.max(-reach, value));
    return Math.round((Number.isFinite(held) ? held : 0) * PER_UNIT) / PER_UNIT + 0;
  }

  // `values` with a straight line from [epoch, value] to [epoch, value] drawn into it, at every epoch between.
  function drawnInto(values, [from, start], [to, end], reach) {
    const next = [...values];
    const step = to < from ? -1 : 1;
    for (let k = from; k !== to + step; k += step) {
      const part = to === from ? 1 : (k - from) / (to - from);
      if (k >= 0 && k < next.length) next[k] = kept(start + part * (end - start), reach);
    }
    return next;
  }

  function createPad(host, plot) {
    const { page, change, seek } = fallLine.response;
    const pad = document.createElement("div");
    Object.assign(pad, { className: "drawing-pad", hidden: true, tabIndex: 0 });
    for (const [name, value] of [["role", "slider"], ["aria-label", "The drawn gradient at the cursor"], ["aria-valuemin", "-2"], ["aria-valuemax", "2"]]) {
      pad.setAttribute(name, value);
    }
    host.appendChild(pad);
    let last = null;

    const at = (event) => [
      Math.min(page.answer.epochs - 1, Math.max(0, Math.round(plot.epochAt(event)))),
      plot.gradientAt(event),
    ];

    function line(from, to) {
      const drawn = drawnInto(page.experiment.drawn, from, to, page.catalogue.reach);
      change({ ...page.experiment, drawn }, "draw");
      tellValue();
    }

    function tellValue() {
      const value = page.experiment.drawn[page.epoch];
      pad.setAttribute("aria-valuenow", value);
      pad.setAttribute("aria-valuetext", `epoch ${page.epoch}, gradient ${value}`);
    }

    pad.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      pad.focus({ preventScroll: true });
      pad.setPointerCapture(event.pointerId);
      last = at(event);
      line(last, last);
    });
    pad.addEventListener("pointermove", (event) => {
      if (last === null) return;
      const next = at(event);
      line(last, next);
      last = next;
    });
    const lift = () => (last = null);
    pad.addEventListener("pointerup", lift);
    pad.addEventListener("pointercancel", lift);
    pad.addEventListener("dblclick", (event) => event.stopPropagation());
    pad.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] }[event.key];
      if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const epoch = Math.min(page.answer.epochs - 1, Math.max(0, page.epoch + move[0] * (event.shiftKey ? 10 : 1)));
      seek(epoch);
      if (move[1] === 0) return tellValue();
      const value = [epoch, page.experiment.drawn[epoch] + move[1]];
      line(value, value);
    });

    return {
      place() {
        const panel = plot.signalPanel();
        pad.hidden = page.experiment.signal !== "drawn" || panel === null;
        if (pad.hidden) return;
        const { left, width, top, height } = panel;
        Object.assign(pad.style, { left: `${left}px`, width: `${width}px`, top: `${top}px`, height: `${height}px` });
        tellValue();
      },
    };
  }

  Object.assign(fallLine, { createPad, keptGradient: kept });
  if (typeof module !== "undefined") module.exports = { kept, drawnInto };
})(typeof window === "undefined" ? globalThis : window);
