"""The figure for notebooks holds every finite point as it is, and says who is who."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from fall_line.experiments.link import to_query
from fall_line.experiments.mending import check
from fall_line.experiments.published import find
from fall_line.explanations.outcome import last_finite
from fall_line.figures.theme import PALETTES
from fall_line.trajectories.run import run
from fall_line.validation import InputError
from landscapes import SURFACES
from tests.library.drawn import descent
from tests.node import node

ROOT = Path(__file__).parents[2]
LABEL = "<b>γ</b> & %{x} $a$ <a href='javascript:1'>x</a> &amp;"
OVERFLOWING = check(
    {
        "surface": "rosenbrock",
        "steps": 30,
        "runs": [
            {"optimizer": "gradient_descent", "hypers": {"learning_rate": 1}},
            {"optimizer": "adam", "label": LABEL},
            {"optimizer": "momentum", "hidden": True},
        ],
    }
)


def paths(figure):
    return [trace for trace in figure.data if trace.type == "scatter" and trace.hovertemplate and trace.legendgroup]


def heads(figure):
    return [trace for trace in figure.data if trace.type == "scatter" and trace.showlegend is None]


def crosses(figure):
    return [trace for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == "x-thin"]


def visible(experiment):
    """The runs that are drawn, each with its path up to the last finite point."""
    for one, path in zip(experiment.runs, run(experiment), strict=True):
        if not one.hidden:
            stop = last_finite(path) + 1
            yield one, path.points[:stop], path.losses[:stop]


def sixteen(optimizer="adam", surface="hills_and_canyon", steps=10_000):
    rates = [0.01 * (k + 1) for k in range(16)]
    runs = [{"optimizer": optimizer, "hypers": {"learning_rate": rate}} for rate in rates]
    return check({"surface": surface, "steps": steps, "runs": runs})


@pytest.mark.parametrize("name", ["cross-method/hills_and_canyon", "gallery/rosenbrock", "gallery/condition-number"])
def test_every_point_is_there_as_it_is(name):
    experiment = find(name).experiment
    drawn = paths(descent(name))
    for trace, (_, points, losses) in zip(drawn, visible(experiment), strict=True):
        assert np.array_equal(np.column_stack([trace.x, trace.y]), points)
        assert np.array_equal(trace.customdata, np.column_stack([np.arange(len(points)), points, losses]))


def test_a_path_that_overflows_ends_at_its_last_finite_point_with_a_cross():
    figure = descent(OVERFLOWING)
    (_, points, losses), (_, whole, _) = visible(OVERFLOWING)
    assert len(points) < OVERFLOWING.steps + 1 == len(whole)
    path, head, cross = paths(figure)[0], heads(figure)[0], crosses(figure)[0]
    assert np.array_equal(path.customdata[:, 1:], np.column_stack([points, losses]))
    assert np.isfinite([path.x, path.y]).all()
    assert (cross.x[0], cross.y[0]) == (path.x[-1], path.y[-1])
    assert (head.x, len(crosses(figure))) == ((None,), 1)
    assert (heads(figure)[1].x[0], heads(figure)[1].y[0]) == tuple(whole[-1])


def test_what_is_too_far_to_be_drawn_keeps_its_direction():
    path = paths(descent(OVERFLOWING))[0]
    points = path.customdata[:, 1:3]
    drawn = np.column_stack([path.x, path.y])
    near = np.abs(points).max(axis=1) <= 1e20
    assert near.any()
    assert not near.all()
    assert np.array_equal(drawn[near], points[near])
    np.testing.assert_allclose(np.abs(drawn[~near]).max(axis=1), 1e20)
    np.testing.assert_allclose(np.arctan2(*drawn[~near].T), np.arctan2(*points[~near].T))


def test_hidden_runs_are_left_out_even_all_of_them():
    assert len(paths(descent(OVERFLOWING))) == 2
    alone = check({"runs": [{"optimizer": "adam", "hidden": True}]})
    assert paths(descent(alone, frames=3)) == []


def test_name_link_and_experiment_give_the_same_figure():
    experiment = find("gallery/saddle").experiment
    figure = descent(experiment)
    query = to_query(experiment)
    for text in ("gallery/saddle", query, f"?{query}", f" http://127.0.0.1:8050/?{query}#top"):
        assert descent(text) == figure
    assert descent("experiment=gallery/saddle&steps=60") != figure


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"experiment": "moon"}, "There is no experiment ‘moon’; .*; nor is it a query string or a JSON file."),
        ({"experiment": "surface=moon"}, "Surface is ‘moon’; it must be one of ackley, .*"),
        ({"experiment": "a.json?"}, "EXPERIMENT is ‘a.json[?]’; it must be a query string .*"),
        ({"experiment": 7}, "7 is no surface: a JAX function of x and y, or of one vector."),
        ({"theme": "blue"}, "Theme is ‘blue’; it must be one of light, dark."),
        ({"theme": ["light"]}, "Theme is .*; it must be one of light, dark."),
        ({"frames": 1}, "Frames is 1; it must be 0 or a whole number from 2 to 100."),
        ({"frames": 101}, "Frames is 101; it must be a whole number from 0 to 100."),
        ({"frames": True}, "Frames is True; it must be a whole number from 0 to 100."),
        ({"width": 599}, "Width is 599; it must be a whole number from 600 to 4000."),
        ({"height": float("nan")}, "Height is nan; it must be a whole number from 400 to 4000."),
    ],
)
def test_what_cant_be_used_is_refused_in_a_sentence(arguments, sentence):
    with pytest.raises(InputError) as refused:
        descent(**{"experiment": "gallery/saddle"} | arguments)
    assert re.fullmatch(sentence, str(refused.value))


def test_the_sixteen_styles_are_those_of_the_page():
    figure = descent(sixteen(steps=2))
    program = """({ look, marker }, palette) => {
        const corners = (style) => {
            let count = 0;
            const context = { beginPath() {}, closePath() {}, arc() {}, lineTo: () => count++ };
            marker(context, style, 0, 0, 1);
            return count;
        };
        return Array.from({ length: 16 }, (_, k) => [look(k, palette).color, look(k, palette).dash, corners(k)]);
    }"""
    styles = node("drawing/styles.ts", program, {"runs": PALETTES["light"].runs})
    corners = {"circle": 0, "square": 4, "diamond": 4, "pentagon": 5, "star": 10, "hexagon2": 6}
    corners |= {"triangle-up": 3, "triangle-down": 3}
    ours = [
        [
            head.marker.color,
            [int(length) for length in re.findall(r"\d+", path.line.dash)],
            corners[head.marker.symbol],
        ]
        for path, head in zip(paths(figure), heads(figure), strict=True)
    ]
    assert ours == styles
    assert [path.line.color for path in paths(figure)] == [head.marker.color for head in heads(figure)]
    assert len({head.marker.symbol for head in heads(figure)}) == 8


def test_the_legend_says_each_run_once_with_its_values():
    figure = descent("surface=saddle&run=adam,label=Fast&run=momentum,learning_rate=0.012345678,gamma=0")
    named = [re.sub("<[^>]*>", "|", trace.name) for trace in figure.data[1:] if trace.showlegend is not False]
    assert [name.replace("\xa0", " ") for name in named] == [
        "Fast||η 0.25  β₁ 0.9  β₂ 0.999  ε 1e-8|",
        "Momentum||η 0.0123457  γ 0|",
    ]
    assert [trace.legendgroup for trace in paths(figure)] == [trace.legendgroup for trace in heads(figure)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_json_is_valid_and_finite(theme):
    text = descent(OVERFLOWING, theme=theme, frames=5).to_json()
    again = go.Figure(json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in the JSON")))
    assert again.layout.paper_bgcolor == PALETTES[theme].paper
    assert len(again.frames) == 5


@pytest.mark.parametrize(
    ("view", "sizes"),
    [
        (None, {}),
        (None, {"width": 1200}),
        (None, {"height": 900}),
        (None, {"width": 600, "height": 2000}),
        ([-9, 9, -4, 4], {}),
        ([-3, 3, -1e6, 1e6], {}),
        ([-2.8, -2.8 + 2e-9, -2.5, -2.5 + 1e-9], {"width": 4000, "height": 400}),
    ],
)
def test_a_circle_looks_round_and_the_view_is_seen(view, sizes):
    experiment = check({"surface": "wobbly", "start": [-2.8, -2.5], "view": view, "runs": [{"optimizer": "adam"}]})
    figure = descent(experiment, **sizes)
    layout, margin = figure.layout, figure.layout.margin
    assert {name: getattr(layout, name) for name in sizes} == sizes
    (x_low, x_high), (y_low, y_high) = layout.xaxis.range, layout.yaxis.range
    wide, high = layout.width - margin.l - margin.r, layout.height - margin.t - margin.b
    assert (x_high - x_low) / wide == pytest.approx((y_high - y_low) / high, rel=1e-6)
    shown = view or SURFACES["wobbly"].domain
    slack = 1e-9 * max(map(abs, shown)) * 1e-6
    assert x_low <= shown[0] + slack
    assert x_high >= shown[1] - slack
    assert y_low <= shown[2] + slack
    assert y_high >= shown[3] - slack
    grid = figure.data[0]
    assert grid.x[0] < x_low < x_high < grid.x[-1]
    assert grid.y[0] < y_low < y_high < grid.y[-1]
    assert grid.z.shape == (len(grid.y), len(grid.x))
    assert max(grid.z.shape) <= 600


def test_every_frame_holds_the_paths_up_to_its_step():
    experiment = OVERFLOWING
    figure = descent(experiment, frames=7)
    steps = [int(frame.name) for frame in figure.frames]
    assert steps == [0, 5, 10, 15, 20, 25, 30]
    assert [one.label for one in figure.layout.sliders[0].steps] == [frame.name for frame in figure.frames]
    assert figure.layout.sliders[0].active == 6
    for frame, step in zip(figure.frames, steps, strict=True):
        moved = dict(zip(frame.traces, frame.data, strict=True))
        for number, (_, points, _) in enumerate(visible(experiment)):
            path, head = (moved[figure.data.index(some(figure)[number])] for some in (paths, heads))
            count = min(step + 1, len(points))
            assert np.array_equal(path.x, paths(figure)[number].x[:count])
            assert np.array_equal(path.y, paths(figure)[number].y[:count])
            stopped = count < step + 1 or count == len(points) < experiment.steps + 1
            assert head.x[0] == (None if stopped else path.x[-1])
        cross = moved[figure.data.index(crosses(figure)[0])]
        first = paths(figure)[0]
        over = step >= len(first.x) - 1
        assert (cross.x[0], cross.y[0]) == ((first.x[-1], first.y[-1]) if over else (None, None))


def test_more_frames_than_steps_are_the_steps():
    figure = descent("surface=saddle&steps=2&run=adam", frames=100)
    assert [frame.name for frame in figure.frames] == ["0", "1", "2"]


@pytest.mark.parametrize("frames", [0, 2, 20, 100])
def test_the_json_of_sixteen_long_runs_is_bounded(frames):
    assert len(descent(sixteen("rmsprop"), frames=frames).to_json()) < 15_000_000


def distance_from_polyline(points, corners):
    """The greatest distance of `points` from the line through `corners`, both (n, 2)."""
    start, chord = corners[:-1], np.diff(corners, axis=0)
    lengths = np.maximum((chord**2).sum(axis=1), 1e-300)
    along = np.clip(((points[:, None] - start) * chord).sum(axis=2) / lengths, 0, 1)
    return np.linalg.norm(points[:, None] - start - along[:, :, None] * chord, axis=2).min(axis=1).max()


def test_thinning_keeps_the_shape_the_steps_of_the_frames_and_the_ends():
    experiment = sixteen("adam", "himmelblau")
    figure = descent(experiment, frames=100)
    for trace, (_, points, losses) in zip(paths(figure), visible(experiment), strict=True):
        kept = trace.customdata[:, 0].astype(int)
        assert len(kept) < len(points)
        assert np.array_equal(np.unique(kept), kept)
        assert set(kept) >= {int(frame.name) for frame in figure.frames if int(frame.name) < len(points)} | {
            len(points) - 1
        }
        assert np.array_equal(trace.customdata[:, 1:], np.column_stack([points, losses])[kept])
        plain = points[np.linspace(0, len(points) - 1, len(kept)).round().astype(int)]
        near = distance_from_polyline(points[:2000], points[kept])
        assert near < 0.01  # of a plot 10 wide: half a pixel
        assert near < distance_from_polyline(points[:2000], plain)


def test_colours_come_without_plotly_and_the_engine():
    program = """
import sys
import fall_line.figures.theme
print(sorted({"jax", "plotly", "landscapes", "fall_line.trajectories"} & set(sys.modules)))
"""
    words = [sys.executable, "-c", program]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")
