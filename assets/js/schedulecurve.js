// Small curves of what follows a schedule, from the values that the answer brings.
(function (root) {
  "use strict";

  const [WIDE, HIGH, EDGE] = [100, 26, 2];
  const SVG = "http://www.w3.org/2000/svg";

  // What is drawn of a value: a momentum as its slider has it, which draws out what lies near 1.
  function height(name, value) {
    return name === "momentum" ? -Math.log10(Math.max(1 - value, 1e-6)) : value;
  }

  // The corners of the curve in a box of 100 × 26; zero lies at its foot.
  function corners(values) {
    const greatest = Math.max(...values) || 1;
    return values.map((value, k) => {
      const x = values.length > 1 ? (k / (values.length - 1)) * WIDE : 0;
      return [x, HIGH - EDGE - (value / greatest) * (HIGH - 2 * EDGE)];
    });
  }

  // Two digits will do, but near 1, as momenta are, it takes more.
  function shortly(value) {
    const rounded = Number(value.toPrecision(value > 0.9 && value < 1 ? 4 : 2));
    return root.fallLine.scales.written(rounded).replace("-", "−");
  }

  function words(values) {
    const [first, last] = [values[0], values[values.length - 1]];
    const most = Math.max(...values);
    const middle = most > first && most > last ? [most] : [];
    return [first, ...middle, last].map(shortly).join(" → ");
  }

  function drawing(values) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
    svg.setAttribute("preserveAspectRatio", "none");
    const line = document.createElementNS(SVG, "polyline");
    line.setAttribute("points", corners(values).map((place) => place.map((one) => one.toFixed(2)).join()).join(" "));
    svg.append(line);
    return svg;
  }

  // Fills every place for a curve in the document; `schedules` has the curves of each run by name.
  function draw(schedules) {
    for (const place of document.querySelectorAll(".schedule-curve")) {
      const values = (schedules[Number(place.dataset.run)] || {})[place.dataset.schedule];
      const text = values ? words(values) : "";
      const told = document.createElement("span");
      told.textContent = text;
      const heights = values && values.map((value) => height(place.dataset.schedule, value));
      place.replaceChildren(...(values ? [drawing(heights), told] : []));
    }
  }

  root.fallLine = Object.assign(root.fallLine || {}, { scheduleCurve: { corners, height, words, draw } });
  if (typeof module !== "undefined") module.exports = { corners, height, words };
})(typeof window === "undefined" ? globalThis : window);
