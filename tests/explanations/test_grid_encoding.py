"""Heights travel as few bytes and are the same on the page, but for what no screen can show."""

from typing import Any

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.explanations.grid_encoding import GREATEST, UNIT, encoded
from fall_line.figures.levels import contour_levels, place_among
from fall_line.trajectories.loss import domain_losses, loss_grid
from tests.node import read_grid


@pytest.mark.parametrize("surface", ["hills_and_canyon", "rastrigin", "himmelblau", "formula:exp(x^2) + y^4"])
def test_heights_are_read_within_half_of_a_1024th(surface: str) -> None:
    experiment: Any = check({"surface": surface, "runs": [{"optimizer": "adam"}]})
    box = experiment.shown
    x, y = np.linspace(box.x_low, box.x_high, 61), np.linspace(box.y_low, box.y_high, 47)
    levels = contour_levels(experiment.surface, domain_losses(experiment.landscape), "automatic")
    heights = place_among(levels, loss_grid(experiment.landscape, x, y))
    assert read_grid(encoded(heights)) == pytest.approx(heights, rel=1e-7, abs=0.5 / UNIT + 1e-9)


def test_gaps_and_great_heights_are_read_as_they_are() -> None:
    chance = np.random.default_rng(3)
    heights = chance.uniform(-2, 40, (13, 17))
    heights[2:5, 4:9] = np.nan
    heights[0, 0], heights[7, 3], heights[12, 16] = GREATEST, -3e8, 1e9
    read = read_grid(encoded(heights))
    assert np.array_equal(np.isnan(read), np.isnan(heights))
    assert read == pytest.approx(heights, rel=1e-7, abs=0.5 / UNIT + 1e-9, nan_ok=True)


def test_a_height_just_under_the_greatest_is_not_taken_for_the_mark() -> None:
    heights = np.array(
        [[GREATEST - 0.2 / UNIT, 3.0, np.nan], [-GREATEST, GREATEST - 1 / UNIT, -(GREATEST - 0.2 / UNIT)]]
    )
    assert read_grid(encoded(heights)) == pytest.approx(heights, rel=1e-7, abs=0.5 / UNIT, nan_ok=True)


def test_the_greatest_jumps_wrap_round_and_come_back() -> None:
    heights = np.where(np.indices((6, 7)).sum(axis=0) % 2, 1.0, -1.0) * (GREATEST - 2 / UNIT)
    assert read_grid(encoded(heights)) == pytest.approx(heights, abs=0.5 / UNIT)
