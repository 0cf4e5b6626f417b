// The start handle: a button over the plot that is dragged with pointer or finger, or moved with the arrow keys.
(function (root) {
  "use strict";

  const NUDGES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

  // A coordinate as fine as the screen shows it, so that links stay readable.
  function rounded(value, extent) {
    const digits = Math.max(0, 3 - Math.floor(Math.log10(extent)));
    return Number(value.toFixed(Math.min(12, digits)));
  }

  function createHandle(graph, { onMove }) {
    let start = [0, 0];
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "start-handle";

    function extent() {
      const [low, high] = graph._fullLayout.xaxis.range;
      return high - low;
    }

    function place() {
      const host = graph.querySelector(".svg-container");
      if (!host || !graph._fullLayout._size) return;
      if (handle.parentElement !== host) host.appendChild(handle);
      const { xaxis, yaxis, _size: size } = graph._fullLayout;
      const [x, y] = [xaxis.l2p(start[0]), yaxis.l2p(start[1])];
      const inside = x >= 0 && x <= size.w && y >= 0 && y <= size.h;
      handle.hidden = !inside;
      handle.style.transform = `translate(${size.l + x}px, ${size.t + y}px)`;
      handle.setAttribute("aria-label", `Start point, x ${start[0]}, y ${start[1]}. Arrow keys move it.`);
    }

    function move(x, y) {
      const size = extent();
      onMove([rounded(x, size), rounded(y, size)]);
    }

    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      event.stopPropagation();
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const { xaxis, yaxis, _size: size } = graph._fullLayout;
      const box = graph.querySelector(".svg-container").getBoundingClientRect();
      const x = Math.min(size.w, Math.max(0, event.clientX - box.left - size.l));
      const y = Math.min(size.h, Math.max(0, event.clientY - box.top - size.t));
      move(xaxis.p2l(x), yaxis.p2l(y));
    });
    handle.addEventListener("keydown", (event) => {
      if (!(event.key in NUDGES)) return;
      event.preventDefault();
      event.stopPropagation();
      const step = (extent() / 200) * (event.shiftKey ? 10 : 1);
      const [dx, dy] = NUDGES[event.key];
      move(start[0] + dx * step, start[1] + dy * step);
    });

    return {
      place,
      start: () => start,
      set: (point) => {
        start = point;
        place();
      },
    };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { createHandle, roundedCoordinate: rounded });
  if (typeof module !== "undefined") module.exports = { rounded };
})(typeof window === "undefined" ? globalThis : window);
