// Small curves of what follows a schedule, from the values that the answer brings.

import { written } from "../experiment/scales.ts";
import { make } from "../shell/document.ts";

const [WIDE, HIGH, EDGE] = [100, 26, 2];
const SVG = "http://www.w3.org/2000/svg";

/** What is drawn of a value: a momentum as its slider has it, which draws out what lies near 1. */
export function height(name: string, value: number): number {
  return name === "momentum" ? -Math.log10(Math.max(1 - value, 1e-6)) : value;
}

/** The corners of the curve in a box of 100 × 26; zero lies at its foot. */
export function corners(values: readonly number[]): [number, number][] {
  const greatest = Math.max(...values) || 1;
  return values.map((value, k) => {
    const x = values.length > 1 ? (k / (values.length - 1)) * WIDE : 0;
    return [x, HIGH - EDGE - (value / greatest) * (HIGH - 2 * EDGE)];
  });
}

// Two digits will do, but near 1, as momenta are, it takes more.
function briefly(value: number): string {
  const rounded = Number(value.toPrecision(value > 0.9 && value < 1 ? 4 : 2));
  return written(rounded).replace("-", "−");
}

/** The ends, and the peak where it lies between. */
export function words(values: readonly number[]): string {
  const [first, last] = [values[0], values[values.length - 1]];
  const most = Math.max(...values);
  const middle = most > first && most > last ? [most] : [];
  return [first, ...middle, last].map(briefly).join(" → ");
}

function drawing(values: readonly number[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
  svg.setAttribute("preserveAspectRatio", "none");
  const line = document.createElementNS(SVG, "polyline");
  const points = corners(values).map((place) => place.map((one) => one.toFixed(2)).join());
  line.setAttribute("points", points.join(" "));
  svg.append(line);
  return svg;
}

/** Fills every place for a curve in the document; `schedules` has the curves of each run by name. */
export function drawScheduleCurves(schedules: readonly Readonly<Record<string, readonly number[]>>[]): void {
  for (const place of document.querySelectorAll<HTMLElement>(".schedule-curve")) {
    const name = place.dataset.schedule!;
    const values = schedules[Number(place.dataset.run)]?.[name];
    if (!values) place.replaceChildren();
    else place.replaceChildren(drawing(values.map((value) => height(name, value))), make("span", {}, words(values)));
  }
}
