// The plot of the Response page: the signal, the updates of all runs, the memory of one, over the same epochs. One
// canvas holds axes and curves; a second, which is drawn at every move of the pointer, holds the cursor.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const { roundRange, ticks, panels, zoomed, panned } = fallLine.responseAxes;
  const LEFT = 52;
  const RIGHT = 14;
  const REACH = 14; // pixels
  const FONT = "11.5px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

  function layer(host, name) {
    const canvas = document.createElement("canvas");
    canvas.className = `response-layer response-${name}`;
    canvas.setAttribute("aria-hidden", "true");
    host.appendChild(canvas);
    return canvas;
  }

  // The context of `canvas`, as large as the host and empty.
  function cleared(canvas, width, height) {
    const density = root.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * density), Math.round(height * density)];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    const context = canvas.getContext("2d");
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = FONT;
    return context;
  }

  function polyline(context, values, from, to, x, y) {
    context.beginPath();
    let pen = false;
    for (let k = from; k <= to; k++) {
      const height = y(values[k]);
      if (!fallLine.geometry.near(height)) pen = false;
      else if (pen) context.lineTo(x(k), height);
      else {
        context.moveTo(x(k), height);
        pen = true;
      }
    }
    context.stroke();
  }

  // onHover(epoch, run or null), onChoose(run), onWindow(low, high)
  function createResponsePlot(host, { onHover, onChoose, onWindow }) {
    const [lines, top] = [layer(host, "lines"), layer(host, "cursor")];
    let scene = null;
    let shown = [];
    let pan = null;

    // Measured once a drawing: asking the page at every point of a curve would take longer than the drawing.
    let extent = { width: 0, height: 0 };
    const measure = () => (extent = { width: host.clientWidth, height: host.clientHeight });
    const size = () => extent;
    const inner = () => Math.max(1, extent.width - LEFT - RIGHT);
    const xOf = (epoch) => LEFT + ((epoch - scene.window[0]) / (scene.window[1] - scene.window[0])) * inner();
    const epochAt = (x) => scene.window[0] + ((x - LEFT) / inner()) * (scene.window[1] - scene.window[0]);

    // Every panel with its place, title, range and curves.
    function arranged() {
      const { signal, updates, memory, order, chosen, styles, names, drawing, reach } = scene;
      const own = memory[chosen];
      const places = panels(size().height, own.values.length);
      return places.map((place, k) => {
        if (k === 0) return { ...place, title: "Gradient g", range: drawing ? [-reach, reach] : roundRange(signal), curves: [{ values: signal, run: null }] };
        if (k === 1) {
          const curves = order.map((run) => ({ values: updates[run], run, style: styles[run] }));
          return { ...place, title: "−Update of each run", range: roundRange(curves.flatMap(({ values }) => [...values])), curves };
        }
        const values = own.values[k - 2];
        const title = `${own.symbols[k - 2]}, memory of ${names[chosen]}`;
        return { ...place, title, range: roundRange(values), curves: [{ values, run: chosen, style: styles[chosen] }] };
      }).map((panel) => ({ ...panel, y: (value) => panel.top + ((panel.range[1] - value) / (panel.range[1] - panel.range[0])) * panel.height }));
    }

    function drawAxes(context, panel, last) {
      const { palette } = scene;
      const { width } = size();
      context.lineWidth = 1;
      context.setLineDash([]);
      context.textBaseline = "middle";
      context.textAlign = "right";
      for (const tick of ticks(...panel.range, Math.max(2, panel.height / 34))) {
        const y = Math.round(panel.y(tick)) + 0.5;
        context.strokeStyle = tick === 0 ? palette.ink : palette.faint;
        context.globalAlpha = tick === 0 ? 0.45 : 1;
        stroke(context, LEFT, y, width - RIGHT, y);
        context.globalAlpha = 1;
        context.fillStyle = palette.ink;
        context.fillText(fallLine.scales.shortly(tick), LEFT - 7, y);
      }
      context.textAlign = "center";
      for (const tick of ticks(...scene.window, Math.max(2, inner() / 90))) {
        const x = Math.round(xOf(tick)) + 0.5;
        context.strokeStyle = palette.faint;
        stroke(context, x, panel.top, x, panel.top + panel.height);
        if (last) context.fillText(String(tick), x, panel.top + panel.height + 12);
      }
      if (last) {
        context.textAlign = "right";
        context.fillText("epoch", LEFT - 7, panel.top + panel.height + 12);
      }
      context.textAlign = "left";
      context.fillText(panel.title, LEFT, panel.top - 11);
    }

    function stroke(context, ax, ay, bx, by) {
      context.beginPath();
      context.moveTo(ax, ay);
      context.lineTo(bx, by);
      context.stroke();
    }

    function drawCurves(context, panel) {
      const { palette, highlight, window, lineWidth = 1.8 } = scene;
      const [from, to] = [Math.max(0, Math.floor(window[0])), Math.min(scene.epochs - 1, Math.ceil(window[1]))];
      context.save();
      context.beginPath();
      context.rect(LEFT, panel.top - 2, inner(), panel.height + 4);
      context.clip();
      context.lineJoin = "round";
      for (const { values, run, style } of panel.curves) {
        const look = run === null ? { color: palette.ink, dash: [] } : fallLine.styles.look(style, palette);
        const dimmed = panel.kind === "updates" && highlight !== null && highlight !== run;
        context.globalAlpha = dimmed ? 0.22 : 1;
        context.strokeStyle = look.color;
        context.lineWidth = run === null ? 1.4 : panel.kind === "updates" && highlight === run ? 3 : lineWidth;
        context.setLineDash(look.dash);
        polyline(context, values, from, to, xOf, panel.y);
      }
      context.restore();
    }

    function drawLines() {
      const { width, height } = size();
      const context = cleared(lines, width, height);
      shown = arranged();
      shown.forEach((panel, k) => {
        drawAxes(context, panel, k === shown.length - 1);
        drawCurves(context, panel);
      });
    }

    function drawCursor() {
      const { width, height } = size();
      const context = cleared(top, width, height);
      const { epoch, palette } = scene;
      if (epoch < scene.window[0] || epoch > scene.window[1]) return;
      const x = xOf(epoch);
      context.strokeStyle = palette.ink;
      context.globalAlpha = 0.55;
      context.setLineDash([]);
      for (const panel of shown) stroke(context, x, panel.top, x, panel.top + panel.height);
      context.globalAlpha = 1;
      for (const panel of shown) for (const curve of panel.curves) drawMark(context, panel, curve, x);
    }

    function drawMark(context, panel, { values, run, style }, x) {
      const y = panel.y(values[scene.epoch]);
      if (!fallLine.geometry.near(y)) return;
      const { palette } = scene;
      if (run === null) {
        context.beginPath();
        context.arc(x, y, 4, 0, 2 * Math.PI);
      } else fallLine.styles.marker(context, style, x, y, 5);
      context.fillStyle = run === null ? palette.ink : fallLine.styles.look(style, palette).color;
      context.fill();
      context.strokeStyle = palette.paper;
      context.lineWidth = 1.5;
      context.stroke();
    }

    function place(event) {
      const box = host.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    }

    function clamped(epoch) {
      return Math.min(scene.epochs - 1, Math.max(0, Math.round(epoch)));
    }

    // The run whose curve passes the pointer, if it is in the panel of the updates.
    function runAt(epoch, y) {
      const panel = shown.find(({ kind }) => kind === "updates");
      if (!panel || y < panel.top || y > panel.top + panel.height) return null;
      let [best, least] = [null, REACH];
      for (const { values, run } of panel.curves) {
        const distance = Math.abs(panel.y(values[epoch]) - y);
        if (distance < least) [best, least] = [run, distance];
      }
      return best;
    }

    host.addEventListener("pointermove", (event) => {
      if (scene === null) return;
      const [x, y] = place(event);
      if (pan !== null) {
        const by = ((pan.x - x) / inner()) * (pan.window[1] - pan.window[0]);
        pan.moved = pan.moved || Math.abs(pan.x - x) > 4;
        if (pan.moved) onWindow(panned(pan.window, by, scene.epochs - 1));
        return;
      }
      const epoch = clamped(epochAt(x));
      onHover(epoch, runAt(epoch, y));
    });
    host.addEventListener("pointerleave", () => scene !== null && onHover(scene.epoch, null));
    host.addEventListener("pointerdown", (event) => {
      if (scene === null || event.button !== 0 || event.pointerType === "touch" || event.target.closest(".drawing-pad")) return;
      pan = { x: place(event)[0], window: scene.window, moved: false };
      host.setPointerCapture(event.pointerId);
    });
    host.addEventListener("pointerup", (event) => {
      const moved = pan !== null && pan.moved;
      pan = null;
      if (scene === null || moved || event.target.closest(".drawing-pad")) return;
      const [x, y] = place(event);
      const epoch = clamped(epochAt(x));
      const run = runAt(epoch, y);
      onHover(epoch, run);
      if (run !== null) onChoose(run);
    });
    host.addEventListener("pointercancel", () => (pan = null));
    host.addEventListener("dblclick", () => scene !== null && onWindow([0, scene.epochs - 1]));
    host.addEventListener("wheel", (event) => {
      if (scene === null) return;
      event.preventDefault();
      onWindow(zoomed(scene.window, Math.exp(Math.sign(event.deltaY) * 0.2), epochAt(place(event)[0]), scene.epochs - 1));
    }, { passive: false });

    return {
      draw(next) {
        scene = next;
        if (measure().height === 0) return;
        drawLines();
        drawCursor();
      },
      moveCursor(epoch) {
        if (scene === null) return;
        scene.epoch = epoch;
        drawCursor();
      },
      // Where the signal's panel stands, and what a pixel in it means.
      signalPanel: () => (shown.length ? { left: LEFT, width: inner(), top: shown[0].top, height: shown[0].height } : null),
      epochAt: (event) => epochAt(place(event)[0]),
      gradientAt: (event) => {
        const { top: upper, height, range } = shown[0];
        return range[1] - ((place(event)[1] - upper) / height) * (range[1] - range[0]);
      },
    };
  }

  fallLine.createResponsePlot = createResponsePlot;
})(window);
