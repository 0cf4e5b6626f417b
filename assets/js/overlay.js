// Draws polylines and their heads on two canvases over the axes of a Plotly graph. The lines stay on the first canvas
// and grow by the steps that are new; the heads, and the piece from the last whole step to them, are on the second.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const LINE = 2; // pixels, unless the scene says otherwise
  const DOTS_UP_TO = 250;

  // The contexts of the canvases, the lower ones first: {lines, apart, heads, fan}, of which some plots have no apart or fan.
  function layers(graph, { held, fanned }) {
    const host = graph.querySelector(".svg-container");
    if (!host || !graph._fullLayout || !graph._fullLayout._size) return null;
    const names = ["lines", ...(held ? ["apart"] : []), "heads"];
    if (fanned || host.querySelector("canvas.overlay-fan")) names.push("fan");
    const size = graph._fullLayout._size;
    const contexts = {};
    for (const name of names) {
      const found = canvas(host, name);
      fit(found, size);
      contexts[name] = found.getContext("2d");
    }
    return contexts;
  }

  function canvas(host, name) {
    let found = host.querySelector(`canvas.overlay-${name}`);
    if (!found) {
      found = document.createElement("canvas");
      found.className = `overlay overlay-${name}`;
      found.setAttribute("aria-hidden", "true");
      host.appendChild(found);
    }
    return found;
  }

  // One more canvas of that kind, for what else is drawn over the axes; null as long as there are none.
  function layerOver(graph, name) {
    const host = graph.querySelector(".svg-container");
    if (!host || !graph._fullLayout || !graph._fullLayout._size) return null;
    const found = canvas(host, name);
    fit(found, graph._fullLayout._size);
    return found.getContext("2d");
  }

  function fit(one, size) {
    const density = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(size.w * density), Math.round(size.h * density)];
    if (one.width !== width || one.height !== height) {
      one.width = width;
      one.height = height;
    }
    Object.assign(one.style, { left: `${size.l}px`, top: `${size.t}px`, width: `${size.w}px`, height: `${size.h}px` });
  }

  function segment(context, ax, ay, bx, by) {
    const { near, clipped } = fallLine.geometry;
    if (near(ax) && near(ay) && near(bx) && near(by)) {
      context.lineTo(bx, by);
      return;
    }
    const piece = clipped(ax, ay, bx, by);
    if (piece === null) return;
    context.moveTo(piece[0], piece[1]);
    context.lineTo(piece[2], piece[3]);
  }

  function width(scene) {
    return scene.lineWidth === undefined ? LINE : scene.lineWidth;
  }

  // With `held` some runs can be drawn apart from the others, on a canvas above theirs, and alone drawn anew.
  function createOverlay(graph, { dots = false, cursor = false, held = false } = {}) {
    const drawn = { to: -1, offsets: [], apart: [] };

    function clear(context) {
      const density = window.devicePixelRatio || 1;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, context.canvas.width, context.canvas.height);
      context.setTransform(density, 0, 0, density, 0, 0);
    }

    function pixels(scene, run, k) {
      const at = 2 * (run * (scene.steps + 1) + k);
      return [
        fallLine.geometry.toPixel(scene.maps.x, scene.polylines[at]),
        fallLine.geometry.toPixel(scene.maps.y, scene.polylines[at + 1]),
      ];
    }

    function strokeFrom(context, scene, run, from, to) {
      const { color, dash } = fallLine.styles.look(scene.styles[run], scene.palette);
      context.globalAlpha = scene.highlight === null || scene.highlight === run ? 1 : 0.22;
      context.strokeStyle = context.fillStyle = color;
      context.lineWidth = width(scene) + (scene.highlight === run ? 1 : 0);
      context.lineJoin = context.lineCap = "round";
      context.setLineDash(dash);
      context.lineDashOffset = -(drawn.offsets[run] || 0);
      context.beginPath();
      let [ax, ay] = pixels(scene, run, from);
      context.moveTo(ax, ay);
      for (let k = from + 1; k <= to; k++) {
        const [bx, by] = pixels(scene, run, k);
        segment(context, ax, ay, bx, by);
        if (dash.length) drawn.offsets[run] = (drawn.offsets[run] || 0) + Math.hypot(bx - ax, by - ay);
        [ax, ay] = [bx, by];
      }
      context.stroke();
      if (dots && scene.steps <= DOTS_UP_TO) dot(context, scene, run, from, to);
    }

    // A dot at every step shows how long the steps are.
    function dot(context, scene, run, from, to) {
      context.beginPath();
      for (let k = from + 1; k <= to; k++) {
        const [x, y] = pixels(scene, run, k);
        if (!fallLine.geometry.near(x) || !fallLine.geometry.near(y)) continue;
        context.moveTo(x + 2.1, y);
        context.arc(x, y, 2.1, 0, 2 * Math.PI);
      }
      context.fill();
    }

    function drawLines(contexts, scene, to) {
      const from = Math.max(0, drawn.to);
      if (scene.fan) fallLine.fan.stroke(contexts.fan, scene, from, to);
      for (const run of scene.order) drawLine(contexts, scene, run, from, to);
      drawn.to = to;
    }

    function drawLine(contexts, scene, run, from, to) {
      const context = drawn.apart.includes(run) ? contexts.apart : contexts.lines;
      const end = Math.min(to, scene.ends[run]);
      if (end > from) strokeFrom(context, scene, run, from, end);
      context.globalAlpha = 1;
    }

    function drawApart(contexts, scene) {
      clear(contexts.apart);
      for (const run of scene.order.filter((one) => drawn.apart.includes(one))) {
        drawn.offsets[run] = 0;
        drawLine(contexts, scene, run, 0, drawn.to);
      }
    }

    function drawCursor(context, scene) {
      const x = fallLine.geometry.toPixel(scene.maps.x, scene.time);
      context.strokeStyle = scene.palette.ink;
      context.globalAlpha = 0.5;
      context.lineWidth = 1;
      context.setLineDash([]);
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, context.canvas.height);
      context.stroke();
    }

    function drawHeads(context, scene) {
      if (cursor) drawCursor(context, scene);
      for (const run of scene.order) {
        if (scene.ends[run] < 0) continue;
        drawHead(context, scene, run);
        if (scene.time >= scene.steps && (scene.kept?.[run] ?? null) !== null) drawKept(context, scene, run);
      }
      context.globalAlpha = 1;
    }

    // The hop back leads over the surface; a loss curve only shows the point that is kept.
    function drawKept(context, scene, run) {
      const { color } = fallLine.styles.look(scene.styles[run], scene.palette);
      const from = dots ? pixels(scene, run, scene.ends[run]) : null;
      fallLine.kept.draw(context, from, pixels(scene, run, Math.min(scene.kept[run], scene.ends[run])), color, scene.palette.paper);
    }

    function drawHead(context, scene, run) {
      const whole = Math.min(Math.floor(scene.time), scene.ends[run]);
      const part = whole < scene.ends[run] ? scene.time - whole : 0;
      const [ax, ay] = pixels(scene, run, whole);
      const [bx, by] = part > 0 ? pixels(scene, run, whole + 1) : [ax, ay];
      const [x, y] = [ax + part * (bx - ax), ay + part * (by - ay)];
      const { color } = fallLine.styles.look(scene.styles[run], scene.palette);
      context.globalAlpha = scene.highlight === null || scene.highlight === run ? 1 : 0.22;
      context.strokeStyle = context.fillStyle = color;
      context.lineWidth = width(scene);
      context.setLineDash([]);
      if (part > 0) {
        context.beginPath();
        context.moveTo(ax, ay);
        segment(context, ax, ay, x, y);
        context.stroke();
      }
      const stopped = scene.stopped[run] && scene.time >= scene.ends[run];
      if (fallLine.geometry.near(x) && fallLine.geometry.near(y)) head(context, scene, run, x, y, stopped);
    }

    function head(context, scene, run, x, y, stopped) {
      if (stopped) {
        context.lineWidth = 3;
        context.beginPath();
        for (const [dx, dy] of [[5, 5], [5, -5]]) {
          context.moveTo(x - dx, y - dy);
          context.lineTo(x + dx, y + dy);
        }
        context.stroke();
        return;
      }
      fallLine.styles.marker(context, scene.styles[run], x, y, 6);
      context.fill();
      context.strokeStyle = scene.palette.paper;
      context.lineWidth = 1.5;
      context.stroke();
    }

    // scene: polylines, steps, time, ends, styles, order (runs to draw, the topmost last), highlight, palette, and
    // lineWidth if it isn't the usual; fan, the paths of all seeds, kept, the steps that runs go back to, and apart, the
    // runs that are drawn above the others, if any. With `fresh` everything is drawn anew, with "apart" those runs, and
    // without it only what time has added.
    function draw(scene, fresh) {
      const contexts = layers(graph, { held, fanned: Boolean(scene.fan) });
      if (contexts === null) return false;
      const { xaxis, yaxis } = graph._fullLayout;
      scene.maps = { x: fallLine.geometry.pixelMap(xaxis), y: fallLine.geometry.pixelMap(yaxis) };
      const to = Math.floor(scene.time);
      const apart = (held && scene.apart) || [];
      const same = apart.length > 0 && String(apart) === String(drawn.apart);
      const onlyApart = fresh === "apart" && same && to >= drawn.to && !scene.fan;
      if ((fresh && !onlyApart) || to < drawn.to) begin(contexts, apart);
      if (to > drawn.to) drawLines(contexts, scene, to);
      if (onlyApart) drawApart(contexts, scene);
      clear(contexts.heads);
      drawHeads(contexts.heads, scene);
      return true;
    }

    function begin({ lines, apart, fan }, runs) {
      Object.assign(drawn, { to: -1, offsets: [], apart: runs });
      [lines, apart, fan].forEach((context) => context && clear(context));
    }

    return { draw };
  }

  Object.assign(fallLine, { createOverlay, layerOver, segment });
})(window);
