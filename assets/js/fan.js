// The paths of all seeds, thin and translucent in their run's colour, under the run that is shown.
(function (root) {
  "use strict";

  const THIN = 1; // pixels
  const [USUAL, DIMMED] = [0.28, 0.06]; // how opaque each path is; many together are darker

  // The points of a fan's path: `polylines` holds all seeds of the first run, then those of the next.
  function points(scene, path, k) {
    const { toPixel } = root.fallLine.geometry;
    const at = 2 * (path * (scene.steps + 1) + k);
    return [toPixel(scene.maps.x, scene.fan.polylines[at]), toPixel(scene.maps.y, scene.fan.polylines[at + 1])];
  }

  function strokeOne(context, scene, path, from, to) {
    context.beginPath();
    let [ax, ay] = points(scene, path, from);
    context.moveTo(ax, ay);
    for (let k = from + 1; k <= to; k++) {
      const [bx, by] = points(scene, path, k);
      root.fallLine.segment(context, ax, ay, bx, by);
      [ax, ay] = [bx, by];
    }
    context.stroke();
  }

  // Draws what lies between two steps.
  function stroke(context, scene, from, to) {
    const { seeds, ends } = scene.fan;
    context.lineWidth = THIN;
    context.lineJoin = "round";
    for (const run of scene.order) {
      context.strokeStyle = root.fallLine.styles.look(scene.styles[run], scene.palette).color;
      context.globalAlpha = scene.highlight === null || scene.highlight === run ? USUAL : DIMMED;
      for (let path = run * seeds; path < (run + 1) * seeds; path++) {
        const end = Math.min(to, ends[path]);
        if (end > from) strokeOne(context, scene, path, from, end);
      }
    }
    context.globalAlpha = 1;
  }

  root.fallLine = Object.assign(root.fallLine || {}, { fan: { stroke } });
})(window);
