"""Numbers that the page's own code holds as well as the server are the same in both."""

import re

import pytest

from fall_line.experiments.experiment import COUNTED, MAX_FAN, MAX_STEPS
from fall_line.experiments.noise_kinds import COPIES
from fall_line.pages.explore import noise_tables
from tests.node import ROOT

HELD_TWICE = {
    "copies of the surface": ("walking/noise.ts", "COPIES", COPIES),
    "greatest seed": ("explore/noise.ts", "GREATEST_SEED", COUNTED["seed"][1]),
    "points of a fan": ("explore/walkable.ts", "MOST_DRAWN", MAX_FAN),
    "steps of a noise table": ("walking/noise.ts", "MOST", noise_tables.MOST),
    "steps of one seed": ("walking/noise.ts", "LONGEST", MAX_STEPS),
}


@pytest.mark.parametrize("what", HELD_TWICE)
def test_the_page_holds_the_number_of_the_server(what):
    module, name, expected = HELD_TWICE[what]
    found = re.findall(rf"const {name} = ([\d_]+);", (ROOT / "client" / module).read_text())
    assert [int(one) for one in found] == [expected]
