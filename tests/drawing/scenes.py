"""Scenes made by hand, where every number is known, and how a test reads a picture."""

import numpy as np

from fall_line.drawing.choices import Choices
from fall_line.drawing.layout import layout
from fall_line.drawing.legend import Words
from fall_line.drawing.scene import Scene
from fall_line.figures.theme import PALETTES

SMALL = {"width": 400, "height": 300, "duration": 1.0, "fps": 10, "hold": 0.0}
SPIRAL = 0.9 * np.exp(-np.arange(21) / 12)[:, None] * np.stack([np.cos(np.arange(21)), np.sin(np.arange(21))], axis=1)


def paths(*lists):
    """(runs, steps + 1, 2) of lists of points, the shorter ones going on as NaN, and the last finite steps."""
    longest = max(len(points) for points in lists)
    points = np.full((len(lists), longest, 2), np.nan)
    for row, given in zip(points, lists, strict=True):
        row[: len(given)] = given
    finite = np.isfinite(points).all(axis=2)
    return points, np.array([len(row) if row.all() else int(np.argmin(row)) for row in finite]) - 1


def made(*lists, styles=None, losses=None, size=1.0, logarithmic=False, **choices):
    """A scene whose runs go through `lists` of points; the view is `size` high, around the origin.

    The surface is a bowl with the levels 0.1, 0.2 … 0.9 unless `losses`, a function of x and y, says otherwise.
    """
    points, ends = paths(*lists) if lists else (np.zeros((0, 11, 2)), np.zeros(0, dtype=int))
    chosen = Choices(**{**SMALL, **choices})
    names, values = tuple(f"Run {index}" for index in range(len(points))), tuple("η 0.1" for _ in points)
    place = layout(chosen, Words("Bowl", names, values)).plot
    half_y, half_x = size / 2, size / 2 * place.width / place.height
    x, y = np.linspace(-half_x, half_x, 60), np.linspace(-half_y, half_y, 50)
    return Scene(
        choices=chosen,
        title="Bowl",
        formula="x^2 + y^2",
        x=x,
        y=y,
        losses=(losses or (lambda x, y: x**2 + y**2))(*np.meshgrid(x, y)),
        levels=np.arange(1, 10) / 10,
        view=np.array([-half_x, half_x, -half_y, half_y]),
        minima=np.array([[0.0, 0.0, 0.0]]),
        points=points,
        heights=np.abs(points).max(axis=2),
        ends=ends,
        names=names,
        values=values,
        styles=tuple(range(len(points))) if styles is None else styles,
        logarithmic=logarithmic,
        loss_caption="",
    )


def pixel(scene, point):
    """Column and row of a point of the surface, computed from the view and the plot's rectangle alone."""
    x_low, x_high, y_low, y_high = scene.view
    place = layout(scene.choices, scene.words).plot
    across, up = (point[0] - x_low) / (x_high - x_low), (point[1] - y_low) / (y_high - y_low)
    return place.x + across * place.width, place.y + (1 - up) * place.height


def colour(scene, run):
    """The run's colour, red, green and blue from 0 to 255."""
    return rgb(PALETTES[scene.choices.theme].runs[scene.styles[run] % 8])


def rgb(written):
    """Red, green and blue of `#rrggbb`."""
    return np.array([int(written[k : k + 2], 16) for k in (1, 3, 5)])


def at(picture, place):
    """Red, green and blue of the pixel at (column, row), as integers."""
    column, row = place
    return picture[int(row), int(column), :3].astype(int)


def inked(picture, colours, tolerance=12):
    """(height, width): whether a pixel has one of the colours, to within `tolerance` levels."""
    far = [np.abs(picture[..., :3].astype(int) - one).max(axis=-1) for one in colours]
    return np.min(far, axis=0) <= tolerance


def plot_part(scene, picture):
    """The pixels inside the plot."""
    place = layout(scene.choices, scene.words).plot
    return picture[int(place.y) : int(place.bottom), int(place.x) : int(place.right)]
