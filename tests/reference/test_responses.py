"""The article's answers to gradient signals, met by the very rules that walk over surfaces."""

import json
from pathlib import Path

import jax
import numpy as np
import pytest

from fall_line.experiments.response_experiment import answering
from fall_line.experiments.signals import SIGNALS
from fall_line.trajectories.response import response, signal_at
from optimizers import OPTIMIZERS

DATA = json.loads((Path(__file__).parents[1] / "data" / "responses.json").read_text())
# method as published: the rule's key, the hyperparameter that varies, the values of the others
METHODS = {
    "momentum": ("momentum", "gamma", {"learning_rate": 0.25}),
    "nesterov": ("nesterov", "gamma", {"learning_rate": 0.25}),
    "smoothed_nesterov_4": ("smoothed_nesterov_4", "gamma", {"learning_rate": 0.25}),
    "adagrad": ("adagrad", "epsilon", {"learning_rate": 2.5}),
    "rmsprop": ("rmsprop", "gamma", {"learning_rate": 0.25, "epsilon": 1e-5}),
    "adadelta_zero_start": ("adadelta", "gamma", {"learning_rate": 1, "epsilon": 1e-3, "initial_update": 0}),
    "adadelta_big_start": ("adadelta", "gamma", {"learning_rate": 1, "epsilon": 1e-3, "initial_update": 50}),
    "adam": ("adam", "beta1", {"beta2": 0.999, "learning_rate": 0.25, "epsilon": 1e-7}),
}
TOLERANCE = 1e-10


@pytest.mark.parametrize("name", DATA["signals"])
def test_signals(name):
    assert np.abs(SIGNALS[name].values - DATA["signals"][name]).max() <= 1e-15
    assert SIGNALS[name].published


@pytest.mark.parametrize("row", DATA["responses"])
def test_responses(row):
    method, signal, value = row.split("|")
    key, varied, others = METHODS[method]
    hypers = others | {varied: float(value)}
    found = response(OPTIMIZERS[key], hypers, SIGNALS[signal].values)
    assert np.abs(found.updates - DATA["responses"][row]).max() <= TOLERANCE


def test_every_published_row_is_there():
    assert {row.split("|")[0] for row in DATA["responses"]} == set(METHODS)
    assert len(DATA["responses"]) == 48


@pytest.mark.parametrize("key", answering())
def test_every_method_answers_every_signal(key):
    hypers = {hyper.key: hyper.default for hyper in OPTIMIZERS[key].hypers}
    for signal in SIGNALS.values():
        found = response(OPTIMIZERS[key], hypers, signal.values)
        assert np.isfinite(found.updates).all()
        assert found.memory.shape == (len(OPTIMIZERS[key].memory), len(signal.values))


def test_gradient_descent_at_rate_1_gives_the_signal_back():
    for signal in SIGNALS.values():
        assert (
            response(OPTIMIZERS["gradient_descent"], {"learning_rate": 1.0}, signal.values).updates == signal.values
        ).all()


def test_momentum_remembers_its_velocity():
    found = response(OPTIMIZERS["momentum"], {"learning_rate": 0.25, "gamma": 0.9}, SIGNALS["noisy_sin"].values)
    assert (found.memory[0] == found.updates).all()


def test_a_hyperparameter_compiles_nothing():
    from fall_line.trajectories.response import _program

    signal = SIGNALS["rectangles"].values
    response(OPTIMIZERS["adam"], {"learning_rate": 0.25, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}, signal)
    before = _program(OPTIMIZERS["adam"])._cache_size()
    for beta1 in np.linspace(0, 0.99, 7):
        response(OPTIMIZERS["adam"], {"learning_rate": 0.1, "beta1": beta1, "beta2": 0.99, "epsilon": 1e-7}, -signal)
    assert _program(OPTIMIZERS["adam"])._cache_size() == before


@pytest.mark.parametrize(
    ("place", "value"),
    [(-3.0, 2.0), (0.0, 2.0), (0.25, 2.5), (1.0, 4.0), (2.5, 8.0), (2.999, 8.0), (3.0, 0.0), (9.0, 0.0)],
)
def test_a_signal_between_and_beyond_its_epochs(place, value):
    found = signal_at(jax.numpy.array([2.0, 4.0, 8.0]), jax.numpy.array(place))
    assert float(found) == pytest.approx(value, abs=1e-12)
