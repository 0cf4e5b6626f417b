"""The Response page's experiments: links, refusals, the named ones, and whether what a lesson says is so."""

import base64

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.published_responses import (
    COMPARED,
    METHODS,
    OPENING_RESPONSE,
    PUBLISHED_RESPONSES,
    find,
    name_of,
)
from fall_line.experiments.response_experiment import ResponseExperiment, answering, check, mend
from fall_line.experiments.response_link import from_query, to_query
from fall_line.experiments.signals import EPOCHS, SIGNALS
from fall_line.explanations.response_answer import response_answer
from fall_line.trajectories.response import response
from optimizers import OPTIMIZERS

ADAM = {"optimizer": "adam"}
FIFTIETHS = st.lists(st.integers(-100, 100).map(lambda n: n / 50), min_size=EPOCHS, max_size=EPOCHS)


def updates(name: str) -> dict[float, np.ndarray]:
    """What each run of a published experiment answers, by the value in which the runs differ."""
    experiment = find(name).experiment
    varied = next(method.varied for method in METHODS if method.name == name.split("/")[1])
    return {
        run.hypers[varied]: response(run.optimizer, run.hypers, experiment.values).updates for run in experiment.runs
    }


@pytest.mark.parametrize("name", PUBLISHED_RESPONSES)
def test_a_link_brings_a_published_experiment_back(name):
    experiment = find(name).experiment
    assert from_query(to_query(experiment)) == (experiment, [])
    assert from_query(f"?experiment={name}") == (experiment, [])
    assert name_of(experiment) == name


@settings(max_examples=50, deadline=None)
@given(
    chosen=st.integers(1, 3),
    low=st.integers(0, 28_900),
    width=st.integers(1_000, 29_900),
    view=st.sampled_from(["curves", "methods", "signals", "run"]),
)
def test_a_link_brings_back_what_is_looked_at(chosen, low, width, view):
    name = "response/adam/spikes"
    epochs = [low / 100, min(29_900, low + width) / 100]
    looked_at = {"chosen": chosen, "epochs": epochs, "view": view}
    experiment = check(find(name).experiment.model_dump(exclude_none=True) | looked_at)
    assert from_query(to_query(experiment)) == (experiment, [])
    assert mend(experiment.model_dump(mode="json")) == (experiment, [])
    assert name_of(experiment) == name


def test_what_is_looked_at_as_ever_stands_in_no_link():
    assert to_query(check({"runs": [ADAM]})).split("&")[-1].startswith("run=adam")
    assert to_query(check({"runs": [ADAM], "view": "run", "epochs": [40, 120.5]})).endswith("&epochs=40,120.5&view=run")


@settings(max_examples=20, deadline=None)
@given(drawn=FIFTIETHS, key=st.sampled_from(sorted(answering())))
def test_a_link_brings_a_drawing_back(drawn, key):
    experiment = check({"signal": "drawn", "drawn": drawn, "runs": [{"optimizer": key}]})
    link = to_query(experiment)
    assert from_query(link) == (experiment, [])
    assert list(experiment.values) == drawn
    assert len(link) < 2000


def test_a_drawing_between_fiftieths_is_rounded_and_without_values_it_is_flat():
    experiment = check({"signal": "drawn", "drawn": [0.013] * EPOCHS, "runs": [ADAM]})
    assert set(experiment.values) == {0.02}
    assert set(check({"signal": "drawn", "runs": [ADAM]}).values) == {0.0}


def test_fields_change_a_published_experiment():
    experiment, problems = from_query("experiment=response/adam/spikes&signal=chirp")
    assert (experiment.signal, len(experiment.runs), problems) == ("chirp", 3, [])
    experiment, problems = from_query("run=momentum,gamma=0.5&experiment=response/adam/spikes")
    assert ([run.optimizer.key for run in experiment.runs], experiment.signal, problems) == (["momentum"], "spikes", [])


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("signal=thunder", "Signal is ‘thunder’; it must be one of spikes, rectangles"),
        ("run=adm", "Run 1: optimizer is ‘adm’; it must be one of"),
        (
            "run=newton",
            "Run 1 (Newton): optimizer is ‘newton’; it must be one that needs the gradient alone; a signal has no loss",
        ),
        ("run=adam,beta1=2", "Run 1 (Adam): first-moment decay β₁ is ‘2’; it must be a number from 0 to 0.9999."),
        ("signal=drawn&drawn=zz!", "Drawn is ‘zz!’; it must be 300 numbers, packed as the page's own links have them."),
        ("signal=drawn&drawn=zzzz", "The number of drawn values is 3; it must be 300, each from -2 to 2."),
        (f"signal=drawn&drawn={'_' * 400}", "Drawn at epoch 0 is 3.1; it must be a number from -2 to 2."),
        ("signal=step&drawn=zzzz", "Drawn is ‘zzzz’; it must be left out with a signal other than drawn."),
        ("steps=3", "There is no field ‘steps’; the fields are signal, drawn, runs, chosen, epochs, view."),
        ("run=adam&chosen=2", "Chosen is ‘2’; it must be a whole number from 1 to 1."),
        ("epochs=40,300", "Epochs is ‘300’; it must be a number from 0 to 299."),
        ("epochs=40,49", "Epochs is ['40', '49']; it must be two numbers, the second larger by at least 10."),
        ("epochs=40", "Epochs is ['40']; it must be two numbers: the first and the last epoch shown."),
        ("view=moon", "View is ‘moon’; it must be one of curves, methods, signals, run."),
        ("experiment=response/sgd/spikes", "There is no experiment ‘response/sgd/spikes’; the names are"),
        ("&".join(["run=adam"] * 17), "There are 17 runs; there must be 1 to 16."),
        ("&".join(["run=adam"] * 101), "The link has more than 100 fields; it can't be read."),
    ],
)
def test_a_wrong_link_is_told_and_what_is_right_is_kept(query, sentence):
    experiment, problems = from_query(query)
    assert problems[0].startswith(sentence)
    assert len(problems) == 1
    assert 1 <= len(experiment.runs) <= 16


@pytest.mark.parametrize("data", [None, 3, [], "text", {"runs": 3}, {"runs": []}, {"runs": [3]}, {"drawn": {}}])
def test_what_is_no_experiment_is_refused_in_a_sentence(data):
    with pytest.raises(ExperimentError) as refused:
        check(data)
    assert str(refused.value).endswith(".")


def test_a_file_comes_back_from_json():
    experiment = find("response/rmsprop/noisy_sin").experiment
    assert mend(experiment.model_dump(mode="json")) == (experiment, [])


def test_the_48_are_as_published():
    printed = [one for name, one in PUBLISHED_RESPONSES.items() if name.split("/")[1] != COMPARED]
    assert len(printed) == 48
    assert OPENING_RESPONSE in PUBLISHED_RESPONSES
    assert {one.experiment.signal for one in printed} == {signal.key for signal in SIGNALS.values() if signal.published}
    runs = find("response/adadelta-big-start/spikes").experiment.runs
    assert [run.hypers for run in runs] == [
        {"learning_rate": 1.0, "gamma": gamma, "epsilon": 1e-3, "initial_update": 50.0} for gamma in (0.25, 0.9, 0.975)
    ]
    assert [run.name for run in find("response/adagrad/spikes").experiment.runs] == ["ε = 1e-7", "ε = 0.1", "ε = 10"]


def test_the_answer_holds_what_the_engine_computes():
    experiment = check({"signal": "rectangles", "runs": [ADAM, {"optimizer": "gradient_descent"}]})
    answer = response_answer(experiment)
    run = experiment.runs[0]
    expected = response(OPTIMIZERS["adam"], run.hypers, experiment.values)
    assert np.array_equal(unpacked(answer["updates"]).reshape(2, EPOCHS)[0], expected.updates.astype("<f4"))
    assert np.array_equal(unpacked(answer["memory"][0]["values"]).reshape(4, EPOCHS), expected.memory.astype("<f4"))
    assert answer["memory"][1] == {"symbols": [], "values": ""}
    signal = np.frombuffer(base64.b64decode(answer["signal"]), "<f8")
    assert np.array_equal(signal, SIGNALS["rectangles"].values)
    assert ResponseExperiment.model_validate(from_query(answer["query"])[0]) == experiment


def unpacked(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), dtype="<f4")


# ---- lessons ----


def first_turn(values: np.ndarray) -> int:
    """The first epoch at which an answer that began above 0 is below it."""
    return int(np.argmax(values < 0))


def test_momentum_grows_to_the_limit_and_turns_late():
    found = updates("response/momentum/rectangles")
    assert first_turn(found[0.9]) == 25  # the gradient turns at 20
    held = response(OPTIMIZERS["momentum"], {"learning_rate": 0.25, "gamma": 0.9}, np.ones(EPOCHS)).updates
    assert held[-1] == pytest.approx(0.25 / (1 - 0.9))
    spikes = updates("response/momentum/spikes")
    assert spikes[0.25][19] < 1e-9
    assert 0.03 < spikes[0.9][19] < spikes[0.975][19]
    noise = updates("response/momentum/very_noisy_sin")
    roughness = {gamma: np.abs(np.diff(values)).mean() / np.ptp(values) for gamma, values in noise.items()}
    assert roughness[0.25] > 2 * roughness[0.9] > 3 * roughness[0.975]


def test_nesterov_turns_earlier_and_overshoots_with_much_momentum():
    ahead, plain = updates("response/nesterov/rectangles"), updates("response/momentum/rectangles")
    for gamma in (0.9, 0.975):
        assert first_turn(ahead[gamma]) < first_turn(plain[gamma])
    assert np.abs(ahead[0.975][:40]).max() == pytest.approx(3.4, abs=0.05)
    assert np.abs(ahead[0.975][240:]).max() == pytest.approx(4.4, abs=0.05)
    assert np.abs(plain[0.975][:40]).max() == pytest.approx(4.0, abs=0.05)
    assert np.abs(plain[0.975][240:]).max() == pytest.approx(2.5, abs=0.05)


def test_smoothed_nesterov_stands_between_the_two():
    last = {
        name: np.abs(updates(f"response/{name}/rectangles")[0.975][240:]).max()
        for name in ("momentum", "smoothed_nesterov_4", "nesterov")
    }
    assert last["momentum"] + 0.5 < last["smoothed_nesterov_4"] < last["nesterov"] - 0.5


def test_adagrad_dies_and_forgets_its_epsilon():
    found = updates("response/adagrad/rectangles")
    assert found[1e-7][0] == pytest.approx(2.5, abs=1e-5)
    ends = [abs(values[-1]) for values in found.values()]
    assert max(ends) < 0.15
    assert min(ends) > 0.95 * max(ends)
    assert found[10.0][0] < found[1e-7][0] / 3


def test_rmsprop_recovers_on_the_low_teeth():
    found = updates("response/rmsprop/uneven_sawtooth")
    high, low = SIGNALS["uneven_sawtooth"].values[:80].max(), SIGNALS["uneven_sawtooth"].values[100:].max()
    assert low == pytest.approx(high / 4)
    assert found[0.9][280:].max() == pytest.approx(found[0.9][60:80].max(), rel=0.01)
    before, after, end = found[0.975][60:80].max(), found[0.975][80:180].max(), found[0.975][280:].max()
    assert after < 0.75 * before
    assert end > 1.3 * after
    assert updates("response/adagrad/uneven_sawtooth")[1e-7][280:].max() < 0.12
    for gamma, values in updates("response/rmsprop/rectangles").items():
        assert values[0] == pytest.approx(0.25 / np.sqrt(1 - gamma), rel=1e-3)


def test_adadelta_from_0_grows_and_from_50_lives_on_its_start():
    for values in updates("response/adadelta-zero-start/rectangles").values():
        assert values[0] < 0.2
        assert abs(values[-1]) > abs(values[260]) > abs(values[180]) > values[0]
    small = updates("response/adadelta-zero-start/rectangles")[0.25]
    assert small[-1] > 10 * small[0]
    spikes = updates("response/adadelta-big-start/spikes")
    assert spikes[0.25][0] > 8
    assert spikes[0.25][60] < 0.04
    assert spikes[0.975][240] > 6
    for values in updates("response/adadelta-big-start/rectangles").values():
        assert abs(values[-1]) > 0.85 * values[0]


def test_adam_starts_at_its_learning_rate_whatever_beta1():
    for values in updates("response/adam/spikes").values():
        assert values[0] == pytest.approx(0.25, rel=1e-5)
    rectangles = updates("response/adam/rectangles")
    for values in rectangles.values():
        assert np.allclose(values[:20], 0.25, rtol=1e-5)
    assert np.abs(rectangles[0.975][240:]).max() < 0.25 / 3
    assert np.abs(rectangles[0.25][240:]).max() == pytest.approx(0.25, rel=0.01)
