"""The published comparisons of methods: what their lessons say is so."""

import re

import numpy as np
import pytest

from fall_line.experiments.compared_methods import COMPARISONS
from fall_line.experiments.published_responses import find
from fall_line.experiments.signals import EPOCH, EPOCHS, SIGNALS
from fall_line.trajectories.response import response


def answers(signal: str) -> dict[str, np.ndarray]:
    """What each method of the comparison on `signal` answers."""
    experiment = find(f"response/compared/{signal}").experiment
    return {
        run.optimizer.key: response(run.optimizer, run.hypers, experiment.values).updates for run in experiment.runs
    }


def test_momentum_rmsprop_and_adam_are_compared_and_every_lesson_is_short():
    assert {"momentum", "rmsprop", "adam"} <= set.intersection(*(set(one.methods) for one in COMPARISONS[:4]))
    for one in COMPARISONS:
        assert 2 <= len(re.findall(r"[.?!](?= [A-Z]|$)", one.lesson)) <= 4


def test_on_a_constant_slope_all_meet_but_adagrad():
    found = answers("constant")
    for key in ("gradient_descent", "adam"):
        np.testing.assert_allclose(found[key], 0.25, rtol=1e-6)
    assert int(np.argmax(found["momentum"] > 0.9 * 0.25)) == 21
    assert found["rmsprop"][0] == pytest.approx(3.16 * 0.25, rel=0.01)
    assert found["momentum"][-1] == pytest.approx(0.25) == found["rmsprop"][-1]
    np.testing.assert_allclose(found["adagrad"], 0.25 / np.sqrt(EPOCH + 1), rtol=1e-5)
    assert found["adagrad"][-1] == pytest.approx(0.014, abs=0.0005)


@pytest.mark.parametrize("turn", range(20, EPOCHS, 20))
def test_on_rectangles_rmsprop_turns_at_once_and_the_others_five_epochs_late(turn):
    new = SIGNALS["rectangles"].values[turn]
    found = {key: new * values[turn:] for key, values in answers("rectangles").items()}
    assert found["rmsprop"][0] > 0
    for key in ("momentum", "adam"):
        assert max(found[key][:5]) < 0
        assert found[key][5] > -1e-3
        assert min(found[key][6:20]) > 0


def test_lower_teeth_lower_momentum_not_rmsprop_and_adam_remembers_them():
    left = {key: values[280:].max() / values[60:80].max() for key, values in answers("uneven_sawtooth").items()}
    assert left["momentum"] == pytest.approx(1 / 4, rel=0.01)
    assert left["rmsprop"] == pytest.approx(1, rel=0.01)
    assert 0.4 < left["adam"] < 0.5


def test_momentum_and_adam_find_the_wave_under_the_noise():
    wave = np.sin(EPOCH / 20)
    signal = SIGNALS["very_noisy_sin"].values
    assert np.abs(signal - wave / 5).max() > 2 * np.abs(wave / 5).max()
    right = {key: int(np.sum(np.sign(values) == np.sign(wave))) for key, values in answers("very_noisy_sin").items()}
    assert right == {"momentum": 265, "rmsprop": 185, "adam": 265}
    assert int(np.sum(np.sign(signal) == np.sign(wave))) == 185


def test_spikes_are_spread_by_averages_of_the_gradient_only():
    found = answers("spikes")
    for key in ("momentum", "adam"):
        after = found[key][60:120] / found[key][60]
        assert int(np.argmax(after < 0.5)) in (7, 8)
    for key in ("rmsprop", "adagrad"):
        assert not found[key][EPOCH % 60 != 0].any()
    np.testing.assert_allclose(found["rmsprop"][60::60], found["rmsprop"][60], rtol=1e-4)
    np.testing.assert_allclose(found["adagrad"][:180:60], [0.25, 0.18, 0.14], atol=0.005)
