"""The page's factors of a schedule are the server's."""

import numpy as np
import pytest

from fall_line.experiments.schedules import SCHEDULES, factors
from tests.node import node

STEPS = (1, 2, 7, 125, 1000)


def drawn(generator, hyper):
    if hyper.scale == "log":
        return float(np.exp(generator.uniform(np.log(hyper.low), np.log(hyper.high))))
    return float(generator.uniform(hyper.low, hyper.high))


@pytest.mark.parametrize("key", SCHEDULES)
def test_the_factors_are_those_of_the_server(key):
    generator = np.random.default_rng(5)
    values = [{one.key: one.default for one in SCHEDULES[key].hypers}]
    values += [{one.key: drawn(generator, one) for one in SCHEDULES[key].hypers} for _ in range(20)]
    asked = [[{"kind": key, **each}, steps] for each in values for steps in STEPS]
    told = node("walking/schedules.ts", "({ factors }, asked) => asked.map((one) => [...factors(...one)])", asked)
    for (given, steps), got in zip(asked, told, strict=True):
        expected = factors(key, {name: value for name, value in given.items() if name != "kind"}, steps)
        # Powers and cosines may differ in the last digit.
        np.testing.assert_allclose(got, expected, rtol=1e-13, atol=1e-16)


def test_a_constant_schedule_has_no_factors_and_an_unknown_kind_is_the_servers():
    program = '({ factors }) => [[...factors(undefined, 3)], factors({ kind: "later" }, 3)]'
    assert node("walking/schedules.ts", program) == [[], None]
