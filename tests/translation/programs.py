"""Runs translated programs in Node, by the page's own walk."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from tests.node import node

# Arrays cross as text, since JSON has neither NaN nor infinities.
READ = """
const imported = async (text) => import("data:text/javascript;charset=utf-8," + encodeURIComponent(text));
const written = (value) => (Object.is(value, -0) ? "-0" : String(value));
const texts = (array) => Array.from(array, written);
const imports = async (all) =>
  Object.fromEntries(await Promise.all(Object.entries(all).map(async ([key, text]) => [key, await imported(text)])));
"""


def numbers(texts: Iterable[str]) -> np.ndarray:
    """Return what JavaScript has written as text."""
    return np.array([float(text.replace("Infinity", "inf")) for text in texts])


def values_at(modules: dict[str, str], points: Any) -> dict[str, np.ndarray]:
    """Return the `value` of each module at all of the points, (n,)."""
    program = f"""async (_, {{ modules, points }}) => {{
      {READ}
      const read = points.map((point) => point.map(Number));
      const told = ([key, made]) => [key, read.map(([x, y]) => written(Number(made.value(x, y))))];
      return Object.fromEntries(Object.entries(await imports(modules)).map(told));
    }}"""
    sent = [[repr(value).replace("inf", "Infinity").replace("nan", "NaN") for value in point] for point in points]
    told = node("walking/walk.ts", program, {"modules": modules, "points": sent})
    return {key: numbers(values) for key, values in told.items()}


def derivatives_at(
    surfaces: dict[str, str], points: dict[str, Any], parameters: dict[str, Any]
) -> dict[str, np.ndarray]:
    """Return J, its slope and its curvature of each module at each of its points, (n, 6); NaN for what it lacks."""
    program = f"""async (_, {{ surfaces, points, parameters }}) => {{
      {READ}
      const modules = await imports(surfaces);
      const slope = new Float64Array(2), curvature = new Float64Array(3);
      return Object.fromEntries(Object.entries(modules).map(([key, made]) => [key, points[key].flatMap(([x, y], k) => {{
        const p = parameters[key];
        made.slope(x, y, p, slope);
        if (made.curvature) made.curvature(x, y, p, curvature);
        else curvature.fill(Number.NaN);
        return texts([made.loss(x, y, p), ...slope, ...curvature]);
      }})]));
    }}"""
    data = {"surfaces": surfaces, "points": points, "parameters": parameters}
    told = node("walking/walk.ts", program, data)
    return {key: numbers(values).reshape(-1, 6) for key, values in told.items()}


class Walked(NamedTuple):
    """What the browser makes of a run.

    Attributes:
        points: (steps + 1, 2), of the run and of its twins.
        losses: (steps + 1,) of the run.
        kept: the step to which the run goes back with "Return to best", or None.
    """

    points: list[np.ndarray]
    losses: np.ndarray
    kept: int | None


def walked(
    surfaces: dict[str, str], rules: dict[str, str], runs: list[dict[str, Any]], disturbance: float
) -> list[Walked]:
    """Return each run, and the points of five twins.

    A twin looks at the surface at places that are off by `disturbance` of the diagonal, and sees losses and slopes
    that are as far off, as rounding would have them: where the twins leave a run, the recursion no longer determines
    its numbers.
    """
    program = f"""async ({{ walk }}, {{ surfaces, rules, runs, disturbance }}) => {{
      {READ}
      const {{ lastFinite, lowest }} = await import("./client/drawing/paths.ts");
      const [landscapes, methods] = [await imports(surfaces), await imports(rules)];
      let seed = 1;
      const off = (size) => {{ seed = (seed * 48271) % 2147483647; return seed & 4096 ? size : -size; }};
      const disturbed = (made, size) => ({{
        loss(x, y, p) {{
          const loss = made.loss(x + off(size), y + off(size), p);
          return loss + off(disturbance) * (1 + Math.abs(loss));
        }},
        slope(x, y, p, out) {{
          made.slope(x + off(size), y + off(size), p, out);
          for (const k of [0, 1]) out[k] += off(disturbance) * (1 + Math.abs(out[k]));
        }},
        curvature: (x, y, p, out) => made.curvature(x + off(size), y + off(size), p, out),
      }});
      return runs.map(({{ surface, rule, diagonal, question }}) => {{
        const [made, method] = [landscapes[surface], methods[rule]];
        const run = walk(made, method, question);
        const end = lastFinite(run.points, run.losses, 0, question.steps);
        const seen = disturbed(made, disturbance * diagonal);
        const twins = Array.from({{ length: 5 }}, () => walk(seen, method, question));
        return {{
          points: [run, ...twins].map(({{ points }}) => texts(points)),
          losses: texts(run.losses),
          kept: end < 0 ? null : lowest(run.losses.subarray(0, end + 1)),
        }};
      }});
    }}"""
    data = {"surfaces": surfaces, "rules": rules, "runs": runs, "disturbance": disturbance}
    told = node("walking/walk.ts", program, data)
    return [
        Walked([numbers(row).reshape(-1, 2) for row in one["points"]], numbers(one["losses"]), one["kept"])
        for one in told
    ]


class Judged(NamedTuple):
    """What the browser says of a run.

    Attributes:
        points: (n, 2) of the run, up to its last finite step.
        twin: those of its twin.
        chaotic: the step from which it calls the run chaotic, or None.
    """

    points: np.ndarray
    twin: np.ndarray
    chaotic: int | None


def judged(surfaces: dict[str, str], rules: dict[str, str], runs: list[dict[str, Any]]) -> list[Judged]:
    """Return each run, and whether it and its twin part."""
    program = f"""async ({{ walk }}, {{ surfaces, rules, runs }}) => {{
      {READ}
      const {{ lastFinite }} = await import("./client/drawing/paths.ts");
      const {{ partingStep, ROUNDINGS, startBeside }} = await import("./client/walking/sensitivity.ts");
      const [landscapes, methods] = [await imports(surfaces), await imports(rules)];
      return runs.map(({{ surface, rule, diagonal, question }}) => {{
        const [made, method] = [landscapes[surface], methods[rule]];
        const run = walk(made, method, question);
        const start = startBeside(question.start, diagonal);
        const twin = walk(made, method, {{ ...question, start, roundings: ROUNDINGS }});
        const ends = [run, twin].map((one) => lastFinite(one.points, one.losses, 0, question.steps));
        const chaotic = partingStep(run.points, twin.points, Math.min(...ends), diagonal);
        const finite = ({{ points }}, k) => texts(points.subarray(0, 2 * ends[k] + 2));
        return {{ points: finite(run, 0), twin: finite(twin, 1), chaotic }};
      }});
    }}"""
    told = node("walking/walk.ts", program, {"surfaces": surfaces, "rules": rules, "runs": runs})
    paths = ("points", "twin")
    return [Judged(*(numbers(one[key]).reshape(-1, 2) for key in paths), one["chaotic"]) for one in told]


def responded(rules: dict[str, str], signals: dict[str, list[float]], runs: list[dict[str, Any]]) -> list[np.ndarray]:
    """Return what each run answers its signal, (1 + memory, epochs): the updates, then the accumulators."""
    program = f"""async ({{ respond }}, {{ rules, signals, runs }}) => {{
      {READ}
      const methods = await imports(rules);
      return runs.map(({{ rule, signal, hypers }}) => {{
        const {{ updates, memory }} = respond(methods[rule], hypers, signals[signal]);
        return [updates, ...memory].map(texts);
      }});
    }}"""
    told = node("walking/respond.ts", program, {"rules": rules, "signals": signals, "runs": runs})
    return [np.array([numbers(row) for row in one]) for one in told]


def signal_values(signal: list[float], places: list[float]) -> np.ndarray:
    """Return the page's signal at each of the places."""
    told = [str(one).replace("inf", "Infinity") for one in places]
    program = "({ signalAt }, { signal, places }) => places.map((place) => String(signalAt(signal, Number(place))))"
    return numbers(node("walking/respond.ts", program, {"signal": signal, "places": told}))
