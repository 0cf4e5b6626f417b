// The plot of the surface: contour by Plotly, paths and start handle over it, the readout under the pointer.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const REACH = 12;

  // Without `onStart` the start can't be moved: there is no handle, and a tap tells what lies under the finger.
  function createSurfacePlot(graph, readout, { onStart = null, onView, onHover }) {
    const overlay = fallLine.createOverlay(graph, { dots: true, held: Boolean(onStart) });
    const handle = onStart && fallLine.createHandle(graph, { onMove: onStart });
    let scene = null;
    let beforeClick = null;

    function redraw() {
      if (handle) handle.place();
      if (scene !== null) overlay.draw(scene, true);
    }

    graph.on("plotly_afterplot", redraw);
    graph.on("plotly_relayouting", redraw);
    graph.on("plotly_relayout", (change) => {
      if (change["xaxis.autorange"] || change["yaxis.autorange"]) onView(null);
      else if (Object.keys(change).some((key) => key.includes("axis.range"))) onView(visible());
    });
    // The first click of a double click has moved the start by then: the double click puts it back.
    graph.addEventListener("dblclick", () => {
      if (beforeClick !== null) onStart(beforeClick);
      onView(null);
    });
    // Without a handle under the pointer Plotly keeps double clicks for itself.
    if (!handle) graph.on("plotly_doubleclick", () => onView(null));
    graph.on("plotly_click", (event) => {
      if (!handle || (event.event && event.event.detail > 1)) return;
      beforeClick = handle.start();
      const [x, y] = event.xvals ? [event.xvals[0], event.yvals[0]] : [event.points[0].x, event.points[0].y];
      const extent = visible()[1] - visible()[0];
      onStart([fallLine.roundedCoordinate(x, extent), fallLine.roundedCoordinate(y, extent)]);
    });
    graph.addEventListener("pointermove", point);
    if (!handle) graph.addEventListener("pointerup", point);
    graph.addEventListener("pointerleave", (event) => {
      if (!handle && event.pointerType === "touch") return;
      readout.textContent = "";
      onHover(null);
    });

    function visible() {
      const { xaxis, yaxis } = graph._fullLayout;
      return [...xaxis.range, ...yaxis.range];
    }

    function point(event) {
      const { xaxis, yaxis, _size: size } = graph._fullLayout;
      const box = graph.querySelector(".svg-container").getBoundingClientRect();
      const pixel = { x: event.clientX - box.left - size.l, y: event.clientY - box.top - size.t };
      if (pixel.x < 0 || pixel.y < 0 || pixel.x > size.w || pixel.y > size.h) return;
      tell(xaxis.p2l(pixel.x), yaxis.p2l(pixel.y));
      onHover(event.buttons ? null : nearestRun(pixel), event);
    }

    function nearestRun(pixel) {
      if (scene === null || !scene.maps) return null;
      const { polylines, maps, order, ends, steps, time } = scene;
      return fallLine.geometry.nearest(polylines, maps, pixel, { shown: order, ends, steps, upTo: time, reach: REACH });
    }

    function tell(x, y) {
      const { shortly } = fallLine.scales;
      const loss = lossAt(x, y);
      readout.textContent = `x ${shortly(x)}   y ${shortly(y)}${loss === null ? "" : `   loss ≈ ${shortly(loss)}`}`;
    }

    function lossAt(x, y) {
      const cells = graph.calcdata && graph.calcdata[0] && graph.calcdata[0][0];
      const meta = graph._fullLayout.meta;
      if (!cells || !cells.z || !meta) return null;
      const at = fallLine.geometry.between(cells, x, y);
      return at === null ? null : fallLine.geometry.lossAmong(meta.losses, at * meta.per_level);
    }

    return {
      draw(next, fresh) {
        scene = next;
        return overlay.draw(scene, fresh);
      },
      setStart: handle && handle.set,
      visible,
      size: () => ({ width: graph.clientWidth, height: graph.clientHeight }),
    };
  }

  fallLine.createSurfacePlot = createSurfacePlot;
})(window);
