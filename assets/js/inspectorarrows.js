// Arrows and squares of the step inspector: how long they are on the screen, and how they are drawn.
(function (root) {
  "use strict";

  const SHORT = 36; // pixels: outside these an arrow's factor is chosen anew
  const LONG = 130;
  const WANTED = 70;
  const HEAD = 9;
  const BROAD = 7; // the update's shaft, over which a memory that points the same way can be seen

  // The greatest of 1, 2, 5 times a power of ten that isn't above `value`.
  function nice(value) {
    const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
    const lead = value / power + 1e-9;
    return Number(((lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power).toPrecision(1));
  }

  // The factor for something `length` pixels long: the one it has as long as it can be seen so, else another.
  function heldFactor(length, held = 1) {
    if (!(length > 0) || !Number.isFinite(length)) return held;
    if (length * held >= SHORT && length * held <= LONG) return held;
    return nice(WANTED / length);
  }

  // The factors of all groups: gradients share one, each part of the memory and the update have their own.
  function factors(lengths, held) {
    const longest = {};
    for (const { group, length } of lengths) longest[group] = Math.max(longest[group] || 0, length);
    return Object.fromEntries(Object.entries(longest).map(([group, length]) => [group, heldFactor(length, held[group])]));
  }

  function groupOf(arrow) {
    return arrow.kind === "asked" ? "gradient" : arrow.key;
  }

  function finite(vector) {
    return Array.isArray(vector) && vector.every((one) => typeof one === "number" && Number.isFinite(one));
  }

  // The step's arrows in pixels of the plot: {key, kind, symbol, group, from, by}, `by` at factor 1. Once a line of the
  // explanation has set a memory, its new value is drawn.
  function inPixels(arrows, maps, toPixel, isSet) {
    return arrows.flatMap((arrow) => {
      const vector = isSet(arrow.key) && arrow.later ? arrow.later : arrow.vector;
      if (!finite(arrow.at) || !finite(vector)) return [];
      const from = [toPixel(maps.x, arrow.at[0]), toPixel(maps.y, arrow.at[1])];
      return [{ ...arrow, group: groupOf(arrow), from, by: [maps.x.unit * vector[0], maps.y.unit * vector[1]] }];
    });
  }

  // Sides in pixels at factor 1: the square of the side is the value.
  function sides(squares, isSet) {
    return squares.flatMap((one) => {
      const values = isSet(one.key) && one.later ? one.later : one.values;
      if (!finite(values) || values.some((value) => value < 0)) return [];
      return [{ ...one, group: one.key, sides: values.map(Math.sqrt) }];
    });
  }

  function line(context, from, to, look) {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length < 1) return;
    const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
    const head = Math.min(look.width > 3 ? HEAD + 7 : HEAD, length);
    const neck = [to[0] - head * ux, to[1] - head * uy];
    for (const [color, width, grown] of [[look.paper, look.width + 2, 2], [look.color, look.width, 0]]) {
      context.strokeStyle = context.fillStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(from[0], from[1]);
      context.lineTo(neck[0], neck[1]);
      context.stroke();
      context.beginPath();
      context.moveTo(to[0] + grown * ux, to[1] + grown * uy);
      for (const side of [1, -1]) {
        const wide = side * (head / 2 + grown);
        context.lineTo(neck[0] - wide * uy - grown * ux, neck[1] + wide * ux - grown * uy);
      }
      context.closePath();
      context.fill();
    }
  }

  function dashed(context, from, to, look) {
    for (const [color, width] of [[look.paper, 4], [look.color, 1.6]]) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.setLineDash([5, 4]);
      context.beginPath();
      context.moveTo(from[0], from[1]);
      context.lineTo(to[0], to[1]);
      context.stroke();
    }
    context.setLineDash([]);
    context.fillStyle = look.paper;
    context.strokeStyle = look.color;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(to[0], to[1], 4.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }

  // The x square at the right of the point, the y square above it; a second memory's at the left and below.
  function squarePair(context, [px, py], [x, y], look, place) {
    const away = 13;
    const sign = place % 2 ? -1 : 1;
    const boxes = [
      [sign > 0 ? px + away : px - away - x, py - x / 2, x],
      [px - y / 2, sign > 0 ? py - away - y : py + away, y],
    ];
    for (const [left, top, side] of boxes) {
      context.globalAlpha = look.alpha * 0.3;
      context.fillStyle = look.color;
      context.fillRect(left, top, side, side);
      context.globalAlpha = look.alpha;
      context.strokeStyle = look.color;
      context.lineWidth = 1.6;
      context.strokeRect(left, top, side, side);
    }
  }

  // Pale arrows lie under bright ones, the broad update under what may point the same way.
  function inOrder(scene) {
    const height = ({ key, kind }) => 2 * scene.bright(key) + (kind !== "update");
    return [...scene.arrows].sort((a, b) => height(a) - height(b));
  }

  // scene: arrows and squares in pixels, factors, point and looks in pixels, colors {gradient, asked, memory …, paper},
  // and bright(key): whether it is what the explanation is about, or all is.
  function draw(context, scene) {
    const alpha = (key) => (scene.bright(key) ? 1 : 0.2);
    scene.squares.forEach((one, place) => {
      const look = { color: scene.colors.square, alpha: alpha(one.key) };
      squarePair(context, scene.point, one.sides.map((side) => side * scene.factors[one.group]), look, place);
    });
    scene.looks.forEach((look, index) => {
      context.globalAlpha = alpha(`asked-${index}`);
      dashed(context, scene.point, look, { color: scene.colors.asked, paper: scene.colors.paper });
    });
    for (const { key, kind, group, from, by } of inOrder(scene)) {
      const factor = scene.factors[group];
      context.globalAlpha = alpha(key);
      line(context, from, [from[0] + factor * by[0], from[1] + factor * by[1]], {
        color: scene.colors[kind], paper: scene.colors.paper, width: kind === "update" ? BROAD : 2.4,
      });
    }
    context.globalAlpha = 1;
  }

  const arrows = { nice, heldFactor, factors, groupOf, inPixels, sides, draw };
  root.fallLine = Object.assign(root.fallLine || {}, { inspectorArrows: arrows });
  if (typeof module !== "undefined") module.exports = arrows;
})(typeof window === "undefined" ? globalThis : window);
