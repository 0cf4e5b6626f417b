"""`fl.train`: what the engine trains, from what a notebook gives."""

import re
from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import optax
import pytest

import fall_line as fl
from fall_line.experiments.published_trainings import find
from fall_line.experiments.training_experiment import check
from fall_line.experiments.training_link import from_query
from fall_line.training.ending import best_step
from fall_line.training.train import lesson_of, train
from networks import TASKS, Data, Task

SMALL = {"layers": [3], "steps": 30, "batch": 50}


def heavy_ball(problem, point, velocity, *, eta, beta=0.9):
    velocity = beta * velocity - eta * problem.gradient(point)
    return point + velocity, velocity


MY_RULE = (jnp.zeros_like, heavy_ball)


def test_listed_methods_rules_of_ones_own_and_optax_train_alike():
    trainings = fl.train(
        "moons",
        runs=[
            fl.run("momentum", learning_rate=0.1, gamma=0.9),
            fl.run(MY_RULE, eta=0.1),
            optax.sgd(0.1, momentum=0.9),
        ],
        **SMALL,
    )
    listed, own, theirs = (seeds[0].weights for seeds in trainings.histories)
    np.testing.assert_allclose(own, listed, rtol=0, atol=1e-12)
    np.testing.assert_allclose(theirs, listed, rtol=0, atol=1e-12)
    assert np.abs(listed[-1] - listed[0]).max() > 0.1
    experiment = check({"task": "moons", **SMALL, "runs": [{"optimizer": "momentum"}]})
    np.testing.assert_array_equal(listed, train(experiment, experiment.runs[0], 0).weights)


def test_a_learning_rate_that_is_not_given_is_one_for_weights_here_and_one_for_surfaces_there():
    given = fl.run("momentum", gamma=0.8)
    (trained,) = fl.train("moons", runs=[given]).experiment.runs
    (descended,) = fl.descend("simple_quad", runs=[given]).experiment.runs
    (plain,) = fl.descend("simple_quad", runs=["momentum"]).experiment.runs
    assert trained.hypers == {"learning_rate": 0.1, "gamma": 0.8}
    assert descended.hypers == {**plain.hypers, "gamma": 0.8}
    assert descended.hypers["learning_rate"] != 0.1
    assert type(descended) is type(plain)


def test_trainings_go_on_from_where_they_stand_with_other_values_if_wished():
    trainings = fl.train("moons", runs=["adam", optax.sgd(0.1)], **SMALL)
    onward = trainings.go_on(20)
    straight = fl.train("moons", runs=["adam", optax.sgd(0.1)], **SMALL | {"steps": 50})
    np.testing.assert_array_equal(onward.losses, straight.losses)
    other = trainings.go_on(20, [{"learning_rate": 0.1}, {}], at=10, batch=0)
    assert other.experiment.steps == 30
    np.testing.assert_array_equal(other.losses[:, :11], trainings.losses[:, :11])
    assert (np.abs(other.losses - trainings.losses)[:, 12:] > 0).all()
    listed = fl.train("moons", runs=["adam"], **SMALL).go_on(5, [{"learning_rate": 0.1}])
    assert from_query(listed.link().partition("?")[2]) == (listed.experiment, [])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"steps": 0}, "Steps is 0; it must be a whole number from 1 to 9970"),
        ({"steps": 5, "at": 31}, "At is 31; it must be a step up to 30."),
        ({"steps": 5, "hypers": [{}, {}]}, "There are values for 2 runs; there must be some, or {}, for each of 1."),
        ({"steps": 5, "hypers": [{"gamma": 1}]}, "gamma"),
        ({"steps": 5, "l2": 1}, "‘l2’ is the same all along; what can be others are batch and batch_schedule."),
        ({"steps": 5, "batch": -1}, "Batch is -1; it must be a whole number from 1"),
    ],
)
def test_what_can_t_go_on_is_told_in_a_sentence(given, said):
    trainings = fl.train("moons", runs=["adam"], **SMALL)
    with pytest.raises(fl.InputError, match=re.escape(said)):
        trainings.go_on(**given)
    with pytest.raises(fl.InputError, match="It goes on from step 30 already, and can do so once"):
        trainings.go_on(5).go_on(5)


def test_histories_come_as_arrays_and_frames():
    trainings = fl.train("moons", seeds=2, return_best=True, runs=["adam", fl.run("momentum", label="Mine")], **SMALL)
    first, _ = trainings.histories[1]
    for name, array in (
        ("loss", trainings.losses),
        ("validation_loss", trainings.validation_losses),
        ("accuracy", trainings.accuracies),
        ("validation_accuracy", trainings.validation_accuracies),
    ):
        assert array.shape == (2, 31)
        np.testing.assert_array_equal(array[1], getattr(first, name))
    best = best_step(trainings.experiment, first)
    np.testing.assert_array_equal(trainings.weights[1], first.weights[best])
    table = trainings.frame("dict")
    assert list(table)[:5] == ["run", "name", "seed", "optimizer", "step"]
    assert len(table["loss"]) == 2 * 2 * 31
    chosen = (table["run"] == 2) & (table["seed"] == 1)
    np.testing.assert_array_equal(table["validation_loss"][chosen], trainings.histories[1][1].validation_loss)
    assert table["step"][chosen].tolist() == list(range(31))
    assert set(table["name"][chosen]) == {"Mine"}
    assert trainings.frame("pandas").shape == trainings.frame("polars").shape == (124, 10)
    assert trainings.summary.splitlines()[0] == "Two moons, 30 steps."
    assert trainings.outcomes[1] in repr(trainings)


def test_what_is_not_looked_at_or_not_made_is_nan():
    trainings = fl.train("digits", layers=[3], steps=30, runs=["adam"])
    assert np.flatnonzero(np.isfinite(trainings.losses[0])).tolist() == [0, 25, 30]
    stopped = fl.train("moons", layers=[3], patience=3, steps=60, runs=[fl.run("momentum", learning_rate=5)])
    last = stopped.histories[0][0].steps[-1]
    assert last < 60
    assert np.flatnonzero(np.isfinite(stopped.losses[0])).tolist() == list(range(last + 1))
    values = fl.train("noisy_curve", layers=[3], steps=2, validation=0, runs=["adam"])
    table = values.frame("dict")
    assert np.isnan(table["accuracy"]).all()
    assert np.isnan(table["validation_loss"]).all()


def test_outputs_are_those_of_the_network_that_was_trained():
    trainings = fl.train("moons", runs=["adam"], **SMALL)
    data = lesson_of(trainings.experiment, 0).training
    right = (trainings.outputs(0, data.inputs) > 0) == (data.targets > 0.5)
    assert right.mean() == trainings.accuracies[0, -1]
    with pytest.raises(fl.InputError, match="2 features × points"):
        trainings.outputs(0, [[1.0, 2.0]])
    with pytest.raises(fl.InputError, match="from 0 to 0"):
        trainings.outputs(1, data.inputs)


def test_a_name_a_link_and_a_file_are_whole_experiments(tmp_path):
    whole = find("train/xor/from-zero").experiment
    named = fl.train("train/xor/from-zero")
    assert named.experiment == whole
    link = named.link()
    assert link.startswith("http://127.0.0.1:8050/train?task=xor&")
    assert fl.train(link).experiment == whole
    assert from_query(link.partition("?")[2]) == (whole, [])
    path = named.save(tmp_path / "zero.json")
    for given in (path, str(path), whole, whole.model_dump()):
        assert fl.train(given).experiment == whole
    changed = fl.train(path, steps=7, runs=["lion"]).experiment
    assert (changed.initialization, changed.steps, changed.runs[0].optimizer.key) == ("zero", 7, "lion")


def test_what_has_been_trained_is_saved_without_training_again(tmp_path, monkeypatch):
    from fall_line.exports import _trained

    trainings = fl.train("moons", **{**SMALL, "steps": 29}, runs=["adam"])
    last = trainings.losses[0, -1]
    monkeypatch.setattr(_trained, "train", lambda *_: pytest.fail("trained again"))
    lines = trainings.save(tmp_path / "a.csv").read_text().splitlines()
    assert float(lines[-1].split(",")[4]) == last
    trainings.save(tmp_path / "a.png", width=400, height=300)
    assert (tmp_path / "a.png").stat().st_size > 2000


def test_a_notebook_shows_it_on_its_own_page(monkeypatch):
    from fall_line.library import showing

    # Dash makes one app a process, and these tests are not the only ones in theirs.
    monkeypatch.setattr(showing, "address", lambda: "http://127.0.0.1:1/")
    page, _, query = fl.show(fl.train("train/xor/from-zero")).src.partition("?")
    assert page == "http://127.0.0.1:1/train"
    assert from_query(query) == (find("train/xor/from-zero").experiment, [])


@pytest.mark.parametrize(
    ("task", "given", "said"),
    [
        ("moon", {"runs": ["adam"]}, "Task is ‘moon’; it must be one of circles, "),
        (7, {"runs": ["adam"]}, "The task is 7; it must be one of circles, "),
        ("moons", {}, "Say which methods train, e.g. runs=['adam']; there are "),
        ("moons", {"runs": "adam"}, "Runs is ‘adam’; it must be a list, also of a single run."),
        ("moons", {"runs": ["newton"]}, "Run 1 (Newton"),
        ("moons", {"runs": ["adam"], "width": 3}, "There is no field ‘width’; the fields are task, layers, "),
        ("moons", {"runs": ["adam"], "layers": [65]}, "The width of a layer is 65; it must be"),
        ("cross-method/wobbly", {}, "‘cross-method/wobbly’ trains no network; use descend for it."),
        ("train/moon", {}, "There is no experiment ‘train/moon’"),
    ],
)
def test_what_can_t_be_used_is_told_in_a_sentence(task, given, said):
    with pytest.raises(fl.InputError) as refused:
        fl.train(task, **given)
    assert str(refused.value).startswith(said)


RANDOM = np.random.default_rng(3)
POINTS = Data(RANDOM.uniform(-1, 1, (3, 60)), RANDOM.uniform(-1, 1, (2, 60)))


def own_task(**changes):
    record = {"key": "mine", "label": "My values", "data": lambda: POINTS, "loss": "squared", "lesson": "See.",
              "source": "mine", **changes}  # fmt: skip
    return Task(**record)


def test_a_task_made_in_python_is_learned(tmp_path):
    task = own_task()
    trainings = fl.train(task, runs=["adam"], layers=[4], steps=20)
    lesson = lesson_of(trainings.experiment, 0)
    together = np.sort(np.concatenate([lesson.training.inputs, lesson.validation.inputs], axis=1).ravel())
    np.testing.assert_array_equal(together, np.sort(POINTS.inputs.ravel()))
    assert trainings.losses[0, -1] < trainings.losses[0, 0]
    assert trainings.outputs(0, POINTS.inputs).shape == (2, 60)
    assert trainings.summary.startswith("My values, 20 steps.")
    again, other = fl.train(task, runs=["adam"]), fl.train(own_task(), runs=["adam"])
    assert again.experiment.task == trainings.experiment.task != other.experiment.task
    trainings.save(tmp_path / "a.csv")
    for suffix in ("json", "py"):
        with pytest.raises(fl.InputError, match=rf"A \.{suffix} file can't hold ‘My values’, which was made in Python"):
            trainings.save(tmp_path / f"a.{suffix}")
    with pytest.raises(fl.InputError, match="A link can't carry ‘My values’, which was made in Python; make it a plug"):
        trainings.link()


def test_a_listed_task_given_as_an_object_is_that_task_and_a_changed_one_is_another():
    listed = fl.train(TASKS["moons"], runs=["adam"], **SMALL)
    assert listed.link().startswith("http://127.0.0.1:8050/train?task=moons&")
    changed = fl.train(replace(TASKS["moons"], activation="relu"), runs=["adam"], **SMALL).experiment
    assert (changed.activation, changed.task == TASKS["moons"]) == ("relu", False)
    own = fl.train(own_task(), runs=["adam"], steps=1).experiment.task
    assert fl.train(own, runs=["adam"], steps=1).experiment.task == own


def test_the_points_are_those_that_were_there_when_the_task_was_given():
    inputs = POINTS.inputs.copy()
    trainings = fl.train(own_task(data=lambda: Data(inputs, POINTS.targets)), runs=["adam"], steps=1)
    inputs[:] = np.nan
    assert np.isfinite(trainings.losses).all()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"label": ""}, "The task can't be used: label must be a text that isn't empty."),
        (
            {"data": lambda: POINTS._replace(inputs=np.full((3, 60), np.nan))},
            "The task can't be used: inputs[0, 0] is n",
        ),
        (
            {"data": lambda: POINTS._replace(targets=POINTS.targets[:, 1:])},
            "The task can't be used: inputs has 60 poin",
        ),
        ({"data": lambda: 1 / 0}, "The task can't be used (ZeroDivisionError: division by zero)."),
        ({"loss": "logistic"}, "The task can't be used: the loss logistic is for two classes, but classes names 0;"),
    ],
)
def test_a_task_that_can_t_be_learned_is_told_in_a_sentence(changes, said):
    with pytest.raises(fl.InputError) as refused:
        fl.train(own_task(**changes), runs=["adam"])
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("key", TASKS)
def test_the_least_share_that_is_told_keeps_a_point_back(key):
    with pytest.raises(fl.InputError) as refused:
        fl.train(key, runs=["adam"], validation=1e-9)
    least = float(str(refused.value).partition("from ")[2].partition(" to")[0])
    chosen = fl.train(key, runs=["adam"], validation=least).experiment
    assert TASKS[key].points - 3 < chosen.points < TASKS[key].points


def test_a_file_that_can_t_hold_it_is_refused(tmp_path):
    own = fl.train("moons", **SMALL, runs=[fl.run(MY_RULE, eta=0.1)])
    with pytest.raises(fl.InputError, match=r"A \.json file can't hold ‘Heavy ball’"):
        own.save(tmp_path / "a.json")
    with pytest.raises(fl.InputError, match="A link can't carry ‘Heavy ball’"):
        own.link()
    assert list(tmp_path.iterdir()) == []


def test_a_page_of_its_own_holds_what_a_link_can_t_and_then_has_none(tmp_path):
    own = fl.train("moons", **SMALL, runs=[fl.run(MY_RULE, eta=0.1)])
    assert "Go on from here" not in own.save(tmp_path / "a.html").read_text()
    listed = fl.train("moons", **SMALL, runs=["momentum"])
    assert listed.link().partition("?")[2].replace("&", "&amp;") in listed.save(tmp_path / "b.html").read_text()
