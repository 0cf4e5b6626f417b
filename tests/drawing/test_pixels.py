"""Every pixel of a path stands where the numbers put it, and nowhere else.

What is expected is computed here from the points, the view and the plot's rectangle, with fractions where numbers are
huge, and without anything that draws.
"""

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fall_line.drawing.frames import frames, picture
from fall_line.drawing.layout import layout
from fall_line.figures.theme import PALETTES
from tests.drawing.scenes import SPIRAL, at, colour, inked, made, pixel, plot_part, rgb

HUGE = 1e300


def shown_at(scene, *times):
    """Copies of the frames at `times`."""
    return [frame.copy() for frame in frames(scene, np.array(times, dtype=float))]


def clipped(one, other, box):
    """The part of the line between two points that lies in `box`, or None; exact."""
    (x, y), low, high = [Fraction(float(value)) for value in one], Fraction(0), Fraction(1)
    across, up = Fraction(float(other[0])) - x, Fraction(float(other[1])) - y
    for here, there, least, most in ((x, across, *box[:2]), (y, up, *box[2:])):
        if there == 0:
            if not least <= here <= most:
                return None
            continue
        first, last = sorted(((Fraction(least) - here) / there, (Fraction(most) - here) / there))
        low, high = max(low, first), min(high, last)
    if low > high:
        return None
    return [(float(x + part * across), float(y + part * up)) for part in (low, high)]


def distances(scene, lines):
    """(height, width): how far the middle of each pixel of the plot is from the nearest of `lines`, lists of points."""
    place = layout(scene.choices, scene.words).plot
    columns, rows = np.meshgrid(np.arange(place.width) + 0.5, np.arange(place.height) + 0.5)
    nearest = np.full(columns.shape, np.inf)
    x_low, x_high, y_low, y_high = (float(value) for value in scene.view)
    width, height = x_high - x_low, y_high - y_low
    box = (x_low - width / 10, x_high + width / 10, y_low - height / 10, y_high + height / 10)
    for points in lines:
        for one, other in pairwise(points):
            if (part := clipped(one, other, box)) is None:
                continue
            (ax, ay), (bx, by) = (np.subtract(pixel(scene, end), place[:2]) for end in part)
            square = (bx - ax) ** 2 + (by - ay) ** 2
            along = np.clip(((columns - ax) * (bx - ax) + (rows - ay) * (by - ay)) / (square or 1), 0, 1)
            nearest = np.minimum(nearest, np.hypot(columns - ax - along * (bx - ax), rows - ay - along * (by - ay)))
    return nearest


@cache
def bare(**choices):
    """The plot without any path."""
    scene = made(**choices)
    return plot_part(scene, picture(scene))


def changed(scene, frame, **choices):
    """(height, width): which pixels of the plot differ from the plot without a path."""
    return np.abs(plot_part(scene, frame)[..., :3].astype(int) - bare(**choices)[..., :3]).max(axis=-1) > 24


def check_ink(scene, frame, walked, ends, **choices):
    """Assert that `frame` has the lines through the points of `walked` and, but for head and start, nothing else."""
    scale = layout(scene.choices, scene.words).scale
    width = scene.choices.line_width * scale
    ink = changed(scene, frame, **choices)
    near = distances(scene, walked)
    marks = distances(scene, [[point, point] for point in ends])
    head = 2 + scale * (8 + 2 * scene.choices.line_width)
    assert not (ink & (near > 2 * width + 1.5) & (marks > head)).any()
    line = (near < width / 2 - 0.75) & (marks > head)
    assert inked(plot_part(scene, frame), [colour(scene, run) for run in range(len(scene.names))])[line].all()
    return int(line.sum())


# Where paths end


@st.composite
def ends_apart(draw):
    """Up to 16 paths from the middle to ends that lie in cells of their own."""
    cells = draw(st.lists(st.sampled_from(range(36)), min_size=1, max_size=16, unique=True))
    inside = st.floats(-0.2, 0.2)
    ends = [((cell % 6 + 0.5 + draw(inside)) / 6 - 0.5, (cell // 6 + 0.5 + draw(inside)) / 6 - 0.5) for cell in cells]
    return [[(0.0, 0.0), (-x / 3, y / 2), (x, y)] for x, y in ends]


@settings(max_examples=10)
@given(ends_apart(), st.sampled_from(["light", "dark"]), st.booleans())
def test_every_end_has_its_run_s_colour(lists, theme, tall):
    shape = {"width": 300, "height": 400} if tall else {}
    scene = made(*lists, theme=theme, line_width=5.0, loss_panel=False, **shape)
    image = picture(scene)
    for run, points in enumerate(lists):
        assert np.abs(at(image, pixel(scene, points[-1])) - colour(scene, run)).max() <= 3


def test_the_view_need_not_be_around_the_origin():
    scene = made([(1e5 + 0.25, -0.25), (1e5 + 0.125, 0.125)])
    scene = replace(scene, view=scene.view + np.array([1e5, 1e5, 0, 0]), x=scene.x + 1e5)
    assert (at(picture(scene), pixel(scene, scene.points[0, -1])) == colour(scene, 0)).all()


# Lines, and how they grow

THICK = {"line_width": 9.0, "loss_panel": False}


@pytest.mark.parametrize(("time", "least"), [(0, 0), (1, 0), (7, 300), (7.5, 400), (12.25, 1000), (20, 2000)])
def test_a_frame_has_the_path_up_to_its_step_and_nothing_beyond(time, least):
    scene = made(SPIRAL, **THICK)
    whole, part = int(time), time - int(time)
    head = SPIRAL[whole] + part * (SPIRAL[min(whole + 1, 20)] - SPIRAL[whole])
    (frame,) = shown_at(scene, time)
    walked = [*SPIRAL[: whole + 1], head]
    drawn = check_ink(scene, frame, [walked], [SPIRAL[0], head], **THICK)
    assert drawn >= least
    if (np.abs(head) < 0.45).all():
        assert (at(frame, pixel(scene, head)) == colour(scene, 0)).all()


def test_frames_one_after_the_other_are_each_right():
    scene = made(SPIRAL, -SPIRAL, **THICK)
    times = [0, 3.3, 6.6, 9.9, 13.2, 16.5, 20]
    for time, frame in zip(times, shown_at(scene, *times), strict=True):
        (alone,) = shown_at(scene, time)
        far = np.abs(frame.astype(int) - alone).max(axis=-1)
        assert far.max() <= 110
        assert (far > 30).mean() < 2e-4


def test_the_first_step_shown_is_where_the_line_begins():
    scene = made(SPIRAL, first_step=8, **THICK)
    (frame,) = shown_at(scene, 14)
    check_ink(scene, frame, [SPIRAL[8:15]], [SPIRAL[0], SPIRAL[14]], **THICK)


def test_the_last_frame_first_leaves_no_trace():
    scene = made(SPIRAL, **THICK)
    times = np.array([0.0, 10.0, 20.0])
    plain = [frame.copy() for frame in frames(scene, times)]
    first, *rest = [frame.copy() for frame in frames(scene, times, last_first=True)]
    assert all(np.array_equal(one, other) for one, other in zip(plain, rest, strict=True))
    assert np.abs(first.astype(int) - plain[-1]).max() <= 110


def test_no_run_no_colour():
    for theme in ("light", "dark"):
        scene = made(theme=theme)
        assert not inked(picture(scene), [rgb(one) for one in PALETTES[theme].runs[:7]], tolerance=3).any()


# Out of the view, and numbers that are none


@pytest.mark.parametrize("away", [1.0, 30.0, 1e5, 1e9, 1e15, 1e100, 1e200, HUGE, 1.7e308])
def test_a_path_that_leaves_comes_back_where_a_straight_line_says(away):
    towards = [(1, 0.3), (-0.2, 1), (0.7, -0.9), (-1, 0)]
    lists = [[(-0.1, -0.2), (away * x, away * y), (0.3 * y, 0.3 * x), (0.2 * x, 0.1 * y)] for x, y in towards]
    scene = made(*lists, styles=(0, 0, 0, 0), **THICK)
    *_, frame = shown_at(scene, 0.5, 1, 1.5, 2, 2.5, 3)
    drawn = check_ink(scene, frame, lists, [points[k] for points in lists for k in (0, 3)], **THICK)
    assert drawn > 1000


def test_a_path_that_crosses_without_a_point_inside():
    points = [(-0.3, -0.3), (-5, -1), (5, 1.2), (0.2, 0.3)]
    scene = made(points, **THICK)
    check_ink(scene, picture(scene), [points], [points[0], points[-1]], **THICK)


def test_a_path_that_swings_out_of_all_bounds():
    """From 1e9 on the lines go from one far side to the other; none of them may be put elsewhere."""
    points = [(0.1, 0.3), (-30, 0.3), (1e3, 0.3), (-1e9, 0.3), (1e16, 0.3), (-1e200, 0.3), (1e307, 0.3), (np.nan, 0)]
    scene = made(points, **THICK)
    assert check_ink(scene, picture(scene), [points[:4]], points[:1], **THICK) > 100


EXTREMES = [HUGE, -HUGE, 1.7e308, -1.7e308, np.nan, np.inf, -np.inf]
NUMBERS = st.floats(-1, 1) | st.floats(-1e9, 1e9) | st.floats() | st.sampled_from(EXTREMES)


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=6), min_size=1, max_size=3),
    st.sampled_from([0, 8]),
    st.booleans(),
)
@example([[(0.0, -2759701186.0), (0.5, 22659924.0)]], 0, False)
def test_no_numbers_can_break_a_picture(lists, first_style, panel):
    """Warnings are errors here."""
    choices = {"loss_panel": panel, "line_width": 9.0, "width": 200, "height": 200}
    scene = made(*lists, styles=tuple(range(first_style, first_style + len(lists))), **choices)
    *_, frame = shown_at(scene, *np.linspace(0, scene.steps, 4))
    walked = [row[: end + 1] for row, end in zip(scene.points, scene.ends, strict=True)]
    marks = [row[k] for row, end in zip(scene.points, scene.ends, strict=True) for k in (0, end) if end >= 0]
    ink = changed(scene, frame, **choices)
    scale = layout(scene.choices, scene.words).scale
    marks = [point for point in marks if np.abs(point).max() < 2]
    near = np.minimum(distances(scene, walked), distances(scene, [[point, point] for point in marks]))
    assert not (ink & (near > 3 + 27 * scale)).any()


def test_a_stopped_run_ends_with_a_cross_at_its_last_finite_point():
    going = [(-0.4, 0.4), (-0.3, 0.3), (0.3, 0.3), (0.35, 0.35)]
    choices = {"width": 1200, "height": 800, "line_width": 4.0, "loss_panel": False}
    scene = made(going[:3], going, styles=(1, 1), **choices)
    (before, after) = shown_at(scene, 1, 3)
    assert (scene.ends == [2, 3]).all()
    column, row = pixel(scene, going[2])
    size = 0.85 * (4 + 4)
    arms = [(column + side * 0.9 * size, row + other * 0.9 * size) for side in (-1, 1) for other in (-1, 1)]
    assert all((at(after, arm) == colour(scene, 0)).all() for arm in [(column, row), *arms])
    gaps = [(column + size, row), (column, row + size), (column, row - size)]
    alone = plot_part(scene, picture(made(**choices)))
    place = layout(scene.choices, scene.words).plot
    for x, y in gaps[1:]:
        assert (at(after, (x, y)) == at(alone, (x - place.x, y - place.y))).all()
    column, row = pixel(scene, going[1])
    assert (at(before, (column + 0.5 * size, row)) == colour(scene, 0)).all()


def test_a_run_without_a_finite_point_has_no_ink():
    scene = made([(np.nan, np.nan), (0.1, 0.1)], styles=(2,), title=False)
    assert (scene.ends == [-1]).all()
    assert not changed(scene, picture(scene), title=False).any()


# Line styles


def stretches(flags):
    """How long each run of true flags is."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return edges[1::2] - edges[::2]


@pytest.mark.parametrize("style", range(16))
def test_the_second_eight_styles_are_dashed(style):
    choices = {"line_width": 4.0, "width": 1200, "height": 800, "loss_panel": False, "title": False}
    # Of so many steps none has a dot, which would cover a gap.
    points = [(x, 0.25) for x in np.linspace(-0.45, 0.45, 12)] + 250 * [(0.45, 0.25)]
    scene = made(points, styles=(style,), **choices)
    row = int(pixel(scene, (0, 0.25))[1])
    start, end = int(pixel(scene, (-0.4, 0))[0]), int(pixel(scene, (0.4, 0))[0])
    for frame in [picture(scene), shown_at(scene, *np.arange(0, 11.5, 0.5))[-1]]:
        contrast = np.abs(colour(scene, 0) - rgb(PALETTES["light"].contour[0])).max()
        line = inked(frame[row : row + 1, start:end], [colour(scene, 0)], tolerance=contrast / 2)[0]
        if style < 8:
            assert line.all()
        else:
            on, off = stretches(line)[1:-1], stretches(~line)[1:-1]
            assert len(on) > 10
            assert np.abs(on - 14).max() <= 2
            assert np.abs(off - 8).max() <= 2
    swatch = layout(scene.choices, scene.words).legend.places[0]
    legend = inked(frame[int(swatch.y + 9), int(swatch.x) : int(swatch.x + 30)][None], [colour(scene, 0)], 40)[0]
    assert (len(stretches(legend)) > 1) == (style >= 8)


# The surface


def slope(x, _):
    """From 0 at the left of a view of size 1 to 1 at the right."""
    return x + 0.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_bands_have_the_page_s_colours(theme):
    """The page's plot gives the k-th of n levels and the band below it the k-th of n + 1 evenly spaced colours."""
    scene = made(losses=slope, size=1.2, theme=theme)
    shades = np.array([rgb(one) for one in PALETTES[theme].contour])
    image = picture(scene)
    for band in range(len(scene.levels) + 1):
        place = band / len(scene.levels) * (len(shades) - 1)
        low = min(int(place), len(shades) - 2)
        expected = shades[low] + (place - low) * (shades[low + 1] - shades[low])
        loss = (band + 0.5) / 10
        found = at(image, pixel(scene, (loss - 0.5, -0.21)))
        assert np.abs(found - expected).max() <= 1


def test_lines_stand_at_the_levels():
    scene = made(losses=slope, loss_panel=False, width=1200, height=800)
    image = plot_part(scene, picture(scene))[100].astype(int)
    steep = 2 + np.flatnonzero(np.abs(np.diff(image[2:-2, :3], axis=0)).sum(axis=1) > 12)
    expected = (
        np.array([pixel(scene, (level - 0.5, 0))[0] for level in scene.levels])
        - layout(scene.choices, scene.words).plot.x
    )
    assert np.abs(steep[:, None] - expected).min(axis=1).max() <= 2
    assert np.abs(steep[:, None] - expected).min(axis=0).max() <= 2


def striped(image, place):
    """Whether paper and stripes alternate in the 25 × 25 pixels around `place`."""
    x, y = (round(float(coordinate)) for coordinate in place)
    window = image[y - 12 : y + 13, x - 12 : x + 13, :3].reshape(-1, 3).astype(int)
    paper = (window == rgb(PALETTES["light"].paper)).all(axis=1).mean()
    stripe = (np.abs(window - rgb(PALETTES["light"].faint)).max(axis=1) <= 8).mean()
    return bool(paper > 0.3 and stripe > 0.02)


@pytest.mark.parametrize("gap", [np.nan, np.inf, -np.inf])
def test_losses_that_are_no_numbers_are_a_gap(gap):
    scene = made(losses=lambda x, _: np.where(x > 0.1, gap, x + 0.5))
    image = picture(scene)
    for point in ((0.15, 0.2), (0.3, -0.3), (0.45, 0.1)):
        assert striped(image, pixel(scene, point))
    assert not striped(image, pixel(scene, (-0.2, 0.2)))


@pytest.mark.parametrize("losses", [0.55, -1e300, np.nan])
def test_a_flat_surface_and_none_at_all(losses):
    image = picture(made([(0.2, 0.2), (0.1, 0.1)], losses=lambda x, _: np.full_like(x, losses)))
    places = [pixel(made(), point) for point in ((0.3, 0.3), (-0.3, 0.1))]
    assert [striped(image, place) for place in places] == [np.isnan(losses)] * 2
    if np.isfinite(losses):
        assert (at(image, places[0]) == at(image, places[1])).all()


def test_the_minimum_is_marked():
    scene = made()
    scene = replace(scene, minima=np.array([[0.1, 0.2, 0.0], [-0.2, -0.3, 1.0]]))
    image = picture(scene)
    for point in ((0.1, 0.2), (-0.2, -0.3)):
        assert np.abs(at(image, pixel(scene, point)) - rgb(PALETTES["light"].ink)).max() <= 60
