// A run that goes back to its best point: a ring there, and a dotted hop to it from where the path ends.
(function (root) {
  "use strict";

  const RADIUS = 9.5; // pixels

  // `from` is null where no hop is drawn.
  function draw(context, from, to, color, paper) {
    const { near } = root.fallLine.geometry;
    if (!near(to[0]) || !near(to[1])) return;
    context.strokeStyle = color;
    context.lineCap = "round";
    if (from !== null && near(from[0]) && near(from[1])) hop(context, from, to);
    context.setLineDash([]);
    // A rim sets it off from lines of the same colour.
    for (const [style, width] of [[paper, 5], [color, 2.2]]) {
      Object.assign(context, { strokeStyle: style, lineWidth: width });
      context.beginPath();
      context.arc(to[0], to[1], RADIUS, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  function hop(context, from, to) {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length <= RADIUS) return;
    const share = (length - RADIUS) / length; // it ends at the ring
    context.setLineDash([0.5, 4.5]);
    context.lineWidth = 1.6;
    context.beginPath();
    context.moveTo(from[0], from[1]);
    context.lineTo(from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]));
    context.stroke();
  }

  root.fallLine = Object.assign(root.fallLine || {}, { kept: { draw } });
})(window);
