"""A rule's module answers a signal as the compiled rule does, at every epoch and in every accumulator.

Differences are measured in the greatest size that the number has had by then: an accumulator that comes back to 0
keeps the rounding of what it was. Where the place at which a rule reads the signal doesn't depend on what it answers,
rounding can't grow, and both agree to 1e-12 at all epochs; a sum of 300 terms loses about 3e-14. A rule that looks
ahead reads the signal where its own memory says: at a large rate on a steep signal each epoch multiplies a difference,
until two correct programs part. There the epochs count up to which three twins, whose signals are off by 1e-14 of
themselves, stay within 1e-10 of it.
"""

import numpy as np
import pytest

from fall_line.experiments.response_experiment import answering
from fall_line.experiments.signals import EPOCHS, SIGNALS
from fall_line.trajectories.response import response, signal_at
from fall_line.translation.response import response_module
from tests.translation.programs import responded, signal_values

TIMES = 3  # random hyperparameters for each rule and signal
NEAR = 1e-12
OFF = 1e-14
TOGETHER = 1e-10
LOOKING = ("nesterov", "schedule_free", "smoothed_nesterov_3", "smoothed_nesterov_4", "smoothed_nesterov_weighted")


def drawn_hyper(generator, hyper):
    """Return a value anywhere in the slider's range, on its scale; often one of its ends."""
    if generator.uniform() < 0.1:
        return float(generator.choice([hyper.low, hyper.high]))
    share = generator.uniform()
    if hyper.scale == "log":
        value = hyper.low * (hyper.high / hyper.low) ** share
    elif hyper.scale == "one_minus_log":
        value = 1 - (1 - hyper.low) * ((1 - hyper.high) / (1 - hyper.low)) ** share
    else:
        value = hyper.low + share * (hyper.high - hyper.low)
    return float(np.clip(value, hyper.low, hyper.high))


@pytest.fixture(scope="module")
def signals():
    """The signals, and three twins of each."""
    generator = np.random.default_rng(1)
    listed = {key: one.values for key, one in SIGNALS.items()}
    twins = {
        f"{key} {k}": values * (1 + OFF * generator.choice([-1, 1], EPOCHS))
        for key, values in listed.items()
        for k in range(3)
    }
    return {key: values.tolist() for key, values in (listed | twins).items()}


def compared(expected, found, twins):
    """Return how far the answers are apart, (rows, epochs), and up to which epoch the twins stay together."""
    assert (found.shape, np.isfinite(expected).all()) == (expected.shape, True)
    size = np.maximum.accumulate(np.abs(expected), axis=1)
    size[size == 0] = 1
    apart = np.max([np.abs(twin - found) for twin in twins], axis=0) / size
    lasting = int(np.argmin(np.append((apart <= TOGETHER).all(axis=0), False)))
    return np.abs(found - expected) / size, lasting


@pytest.mark.parametrize("key", answering())
def test_every_rule_answers_every_signal_alike(key, signals):
    generator = np.random.default_rng(5)
    optimizer = answering()[key]
    runs = [
        (signal, [drawn_hyper(generator, hyper) for hyper in optimizer.hypers])
        for signal in SIGNALS
        for _ in range(TIMES)
    ]
    asked = [
        {"rule": key, "signal": name, "hypers": hypers}
        for signal, hypers in runs
        for name in (signal, *(f"{signal} {k}" for k in range(3)))
    ]
    answers = responded({key: response_module(optimizer)}, signals, asked)
    lasting = []
    for place, (signal, hypers) in enumerate(runs):
        named = dict(zip((hyper.key for hyper in optimizer.hypers), hypers, strict=True))
        compiled = response(optimizer, named, SIGNALS[signal].values)
        expected = np.vstack([compiled.updates[None], compiled.memory])
        found, *twins = answers[4 * place : 4 * place + 4]
        away, last = compared(expected, found, twins)
        lasting.append(last)
        if key in LOOKING:
            assert (away[:, :last] <= TOGETHER).all(), (signal, named, away[:, :last].max())
        else:
            assert (away <= NEAR).all(), (signal, named, away.max())
    # Most are compared to their end; without that the test would prove little of the rules that look ahead.
    assert np.median(lasting) == EPOCHS


def test_between_epochs_and_beyond_them_the_signal_is_the_servers(signals):
    places = [-np.inf, -3.5, -0.0, 0.25, 17.999999, 298.5, 299.0, 299.7, 300.0, 1e300, np.inf, np.nan]
    values = SIGNALS["chirp"].values
    found = signal_values(signals["chirp"], places)
    np.testing.assert_array_equal(found, [float(signal_at(values, np.float64(place))) for place in places])
