"""What the Train page is sent of weights: what each run has learned, and the paths before a plane, read back."""

import base64
from dataclasses import asdict, replace
from functools import cache

import numpy as np
import orjson
import pytest

from app import server
from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.published_trainings import OPENING_TRAINING, find
from fall_line.experiments.training_experiment import check
from fall_line.explanations.grid_encoding import UNIT
from fall_line.explanations.learned_view import learned_view
from fall_line.explanations.plane_answer import points_for
from fall_line.pages.train import ids
from fall_line.pages.train.beginning import looked_at, opened
from fall_line.pages.train.page import layout
from fall_line.pages.train.plane_choice import choice_of
from fall_line.pages.train.plane_view import plane_view
from fall_line.pages.train.trained import trained as trained_now
from fall_line.training.learned import decision_map
from fall_line.training.paths_on_plane import axes_of, principal, square_of
from fall_line.training.plane_losses import loss_grid
from fall_line.training.train import lesson_of, train

RUNS = [{"optimizer": "adam"}, {"optimizer": "momentum"}]


@cache
def trained(task="two_spirals", l2=0.0):
    experiment = check({"task": task, "layers": (5,), "steps": 40, "runs": RUNS, "l2": l2})
    return experiment, tuple(train(experiment, run, 0) for run in experiment.runs)


def floats(text, *shape):
    return np.frombuffer(base64.b64decode(text), "<f4").reshape(shape)


def heights(grid):
    """What client/wire/grid.ts reads: sums of differences along rows and columns."""
    high, middle, low = np.frombuffer(base64.b64decode(grid["planes"]), np.uint8).reshape(3, -1).astype(np.int64)
    zigzag = (high << 16) | (middle << 8) | low
    differences = np.where(zigzag & 1, -(zigzag + 1) // 2, zigzag // 2).reshape(grid["rows"], grid["columns"])
    return differences.cumsum(axis=0).cumsum(axis=1) / UNIT


def view(step, task="two_spirals"):
    experiment, histories = trained(task)
    return orjson.loads(orjson.dumps(learned_view(experiment, histories, step, places=9)))


def test_the_map_that_is_sent_is_that_of_the_step_that_is_told():
    experiment, histories = trained()
    for history, run in zip(histories, view(17)["runs"], strict=True):
        assert run["step"] == 17
        network = lesson_of(experiment, 0).network
        expected = decision_map(network, experiment.task, history.weights[17], places=9)[0]
        np.testing.assert_allclose(heights(run["outputs"][0]), expected, atol=0.6 / UNIT)
        np.testing.assert_allclose(run["training"]["loss"], history.loss[17], rtol=1e-12)
        np.testing.assert_allclose(run["validation"]["accuracy"], history.validation_accuracy[17], rtol=1e-12)


def test_points_come_with_their_classes_and_numbers_with_theirs():
    experiment, _ = trained()
    points = view(0)["points"]
    lesson = lesson_of(experiment, 0)
    for name in ("training", "validation"):
        data = getattr(lesson, name)
        assert points[name]["count"] == data.inputs.shape[1]
        np.testing.assert_allclose(floats(points[name]["at"], 2, -1), data.inputs, atol=1e-6)
        np.testing.assert_array_equal(floats(points[name]["right"], -1), data.targets[0])
    curve = view(40, "noisy_curve")
    assert curve["kind"] == "curve"
    assert floats(curve["runs"][0]["values"], -1).shape == (241,)


def test_pictures_and_matrices_come_where_there_are_any():
    digits = view(40, "digits")
    run = digits["runs"][1]
    assert (digits["kind"], digits["image"], run["neurons"]) == ("confusion", [8, 8], 5)
    assert np.sum(run["counts"]["training"]) == digits["points"]["training"]["count"]
    _, histories = trained("digits")
    np.testing.assert_allclose(
        floats(run["pictures"], 5, 64), histories[1].weights[-1][: 5 * 64].reshape(5, 64), rtol=1e-6
    )


def test_a_step_without_weights_is_answered_with_the_nearest_one_and_says_so():
    experiment, (adam, momentum) = trained()
    thinned = adam._replace(kept=adam.kept[::7], weights=adam.weights[::7])
    found = learned_view(experiment, (thinned, None), 17, places=3)["runs"]
    assert found[0]["step"] == 14
    assert found[1] is None
    back = check(experiment.model_dump() | {"task": "two_spirals", "return_best": True, "runs": RUNS})
    ended = learned_view(back, (adam, momentum), 40, places=3)["runs"]
    assert [one["step"] for one in ended] == [int(np.argmin(one.validation_loss)) for one in (adam, momentum)]


def asked(choice, task="two_spirals", l2=0.0, histories=None):
    experiment, own = trained(task, l2)
    answer = plane_view(experiment, histories or own, choice_of(choice, len(experiment.runs)))
    return orjson.loads(orjson.dumps(answer))


def test_the_grid_is_the_logarithm_of_the_loss_on_what_is_seen():
    experiment, histories = trained()
    found = asked({"kind": "pca"})
    plane = principal(histories)
    square = square_of(plane, histories)
    losses = loss_grid(lesson_of(experiment, 0), plane, *axes_of(square, 33))
    found_heights = heights(found["grid"]) / found["grid"]["unit"]
    np.testing.assert_allclose(found_heights, np.log10(losses), atol=0.6 / UNIT / found["grid"]["unit"])
    assert found["square"] == {"middle": list(square.middle), "half": square.half}
    np.testing.assert_allclose(found["shares"], plane.shares)
    np.testing.assert_allclose(found["noise"], [0.6079, 0.1520], atol=5e-5)
    path = found["runs"][1]
    np.testing.assert_allclose(floats(path["at"], -1, 2), plane.coordinates(histories[1].weights), atol=1e-5)
    np.testing.assert_allclose(floats(path["loss"], -1), histories[1].loss, rtol=1e-6)


def test_a_plane_that_stands_stays_while_the_paths_change_and_the_grid_is_sent_once():
    first = asked({"kind": "pca"})
    _, (adam, momentum) = trained()
    other = (adam, momentum._replace(weights=momentum.weights * 1.5))
    moved = asked({"kind": "pca", "stands": True, "key": first["key"], "grid_key": first["grid_key"]}, histories=other)
    assert (moved["key"], moved["square"], moved["grid"]) == (first["key"], first["square"], None)
    assert moved["runs"][0] == first["runs"][0]
    assert moved["runs"][1]["at"] != first["runs"][1]["at"]
    rested = asked({"kind": "pca", "key": first["key"], "grid_key": first["grid_key"]}, histories=other)
    assert rested["key"] != first["key"]
    assert rested["grid"] is not None


def test_a_plane_of_another_kind_or_seed_never_stands_for_the_one_that_is_asked_for():
    first = asked({"kind": "vector", "seed": 3, "runs": [0, 1]})
    for other in (
        {"kind": "random", "seed": 3},
        {"kind": "vector", "seed": 4},
        {"kind": "vector", "seed": 3, "runs": [1, 0]},
    ):
        found = asked(other | {"stands": True, "key": first["key"]})
        assert found["key"] != first["key"]
        assert found["kind"] == other["kind"]
    with pytest.raises(ExperimentError, match="needs two runs"):
        asked({"kind": "ends", "runs": [0, 0], "stands": True, "key": first["key"]})
    again = asked({"kind": "vector", "seed": 3, "runs": [0, 0], "stands": True, "key": first["key"]})
    assert (again["key"], again["through"]) == (first["key"], [0])


def test_a_penalty_changes_the_grid_of_the_same_plane():
    first = asked({"kind": "vector", "seed": 3})
    _, histories = trained()
    choice = {"kind": "vector", "seed": 3, "stands": True, "key": first["key"], "grid_key": first["grid_key"]}
    assert asked(choice, histories=histories)["grid"] is None
    assert asked(choice, l2=0.5, histories=histories)["grid"] is not None


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"kind": "tsne"}, "one of pca, ends, random, vector"),
        ({"kind": "ends", "runs": [1, 1]}, "needs two runs"),
        ({"kind": "ends", "runs": [0, 2]}, "a whole number from 0 to 1"),
        ({"runs": 7}, "two runs"),
        ({"seed": -1}, "0 to 999999"),
        ({"stands": "perhaps"}, "true or false"),
        ("pca", "an object"),
    ],
)
def test_a_plane_that_there_is_not_is_refused_with_a_sentence(choice, sentence):
    with pytest.raises(ExperimentError, match=sentence):
        asked(choice)


def test_weights_that_stand_still_have_no_plane_and_those_not_begun_no_path():
    _, histories = trained()
    still = tuple(one._replace(weights=one.weights[:1].repeat(len(one.weights), axis=0)) for one in histories)
    for kind in ("pca", "ends"):
        with pytest.raises(ExperimentError, match="stand still"):
            asked({"kind": kind}, histories=still)
    with pytest.raises(ExperimentError, match="has not begun"):
        asked({"kind": "ends"}, histories=(histories[0], None))
    with pytest.raises(ExperimentError, match="No run has begun"):
        asked({}, histories=(None, None))
    assert asked({}, histories=(histories[0], None))["runs"][1] is None


def test_a_large_task_is_seen_by_some_of_its_points_and_says_so():
    experiment, _ = trained("digits")
    grid = asked({"kind": "vector", "grid": 101}, task="digits")["grid"]
    assert (grid["points"], grid["of"]) == (min(points_for(lesson_of(experiment, 0), 101), 1348), 1348)
    wide = lesson_of(check({"task": "digits", "layers": (64, 64), "runs": RUNS}), 0)
    assert points_for(wide, 101) < points_for(wide, 33) < 1348


ASKED = {"task": "moons", "layers": [3], "steps": 7, "runs": RUNS}


def posted(route, question):
    return server.test_client().post(f"/train/{route}", json=question).get_json()


def test_routes_answer_of_trainings_as_far_as_they_have_come_and_wait_for_none():
    fresh = ASKED | {"seed": 77}
    assert posted("learned", {"experiment": fresh, "step": 7})["runs"] == [None, None]
    assert "No run has begun" in posted("plane", {"experiment": fresh, "plane": {}})["problem"]
    trained_now(check(fresh))
    found = posted("learned", {"experiment": fresh, "step": 4, "places": 5})
    assert [run["step"] for run in found["runs"]] == [4, 4]
    assert (found["runs"][0]["outputs"][0]["rows"], found["places"]) == (5, 5)
    assert len(posted("plane", {"experiment": fresh, "plane": {"kind": "ends"}})["runs"]) == 2


@pytest.mark.parametrize(
    ("route", "question", "sentence"),
    [
        ("learned", [], "a question must be an object"),
        ("learned", {"experiment": ASKED, "step": 8}, "from 0 to 7"),
        ("learned", {"experiment": ASKED, "step": "end"}, "from 0 to 7"),
        ("learned", {"experiment": {"task": "chess"}, "step": 0}, "one of"),
        ("plane", {"experiment": ASKED, "plane": 3}, "must be an object"),
        ("plane", {"experiment": ASKED, "plane": {"kind": ""}}, "the kind of plane is"),
        ("plane", {"experiment": ASKED, "plane": {"grid": 5000}}, "from 0 to 101"),
        ("plane", {"plane": {}}, "object"),
        ("plane", {"experiment": ASKED, "seed": 1}, "the seed that is shown is 1; it must be a whole number from 0"),
        ("learned", {"experiment": ASKED, "step": 0, "seed": "x"}, "the seed that is shown is"),
    ],
)
def test_what_a_route_cannot_use_is_told_in_a_sentence(route, question, sentence):
    assert sentence.lower() in posted(route, question)["problem"].lower()


def test_the_page_opens_at_what_the_link_looks_at_and_tells_what_is_wrong_with_it():
    query = "?task=xor&steps=150&run=adam&view=plane&loss_axis=linear&smooth=true&step=9000&embed=1"
    experiment, problems = opened(query)
    assert (experiment.steps, problems) == (150, [])
    look, problems = looked_at(query, experiment)
    assert (look.view, look.loss_axis, look.smooth, look.step) == ("plane", "linear", True, None)
    opening = next(
        one.data for one in layout(query).to_plotly_json()["props"]["children"] if getattr(one, "id", "") == ids.OPENING
    )
    assert opening["problems"] == problems == ["Step is ‘9000’; it must be a whole number from 0 to 150."]
    assert opening["look"] == asdict(look)


@pytest.mark.parametrize("query", ["", "?view=plane&step=20", "?embed=1&view=sharpness&utm_source=chat"])
def test_a_link_that_only_looks_is_to_what_the_page_opens_with(query):
    experiment, problems = opened(query)
    assert (experiment, problems) == (find(OPENING_TRAINING).experiment, [])


def of_seeds(experiment, seed):
    """The shown seed of each run, and the others."""
    every = [[train(experiment, run, one) for one in experiment.all_seeds] for run in experiment.runs]
    at = seed - experiment.seed
    return [seeds[at] for seeds in every], [seeds[:at] + seeds[at + 1 :] for seeds in every]


def test_other_seeds_are_thin_paths_before_the_plane_of_the_shown_one():
    experiment = check({"task": "two_spirals", "layers": (5,), "steps": 120, "seed": 3, "seeds": 3, "runs": RUNS})
    shown, others = of_seeds(experiment, 4)
    choice = replace(choice_of({"kind": "pca", "grid": 0}, 2), shown_seed=4)
    found = orjson.loads(orjson.dumps(plane_view(experiment, shown, choice, others)))
    plane = principal(shown)
    np.testing.assert_allclose(found["shares"], plane.shares)
    assert found["square"]["half"] == pytest.approx(square_of(plane, [*shown, *others[0], *others[1]]).half)
    for run in (0, 1):
        np.testing.assert_allclose(
            floats(found["runs"][run]["at"], -1, 2), plane.coordinates(shown[run].weights), atol=1e-5
        )
        for thin, history in zip(found["runs"][run]["thin"], others[run], strict=True):
            steps = floats(thin["steps"], -1).astype(int)
            assert (steps[0], steps[-1], len(steps)) == (0, 120, 100)
            np.testing.assert_allclose(floats(thin["at"], -1, 2), plane.coordinates(history.weights[steps]), atol=1e-5)
            distances = plane.distances(history.weights[steps])
            np.testing.assert_allclose(thin["away"], [distances.min(), distances.max()])
    assert found["key"] != asked({"kind": "pca", "grid": 0}, histories=tuple(shown))["key"]


def test_thin_paths_stay_small_however_many_there_are():
    experiment, (adam, momentum) = trained()
    many = [[adam] * 7] * 16
    wide = check(experiment.model_dump() | {"task": "two_spirals", "runs": [{"optimizer": "adam"}] * 16, "seeds": 8})
    found = plane_view(wide, [momentum] * 16, choice_of({"grid": 0}, 16), many)
    thin = [one for run in found["runs"] for one in run["thin"]]
    assert len(thin) == 16 * 7
    assert sum(len(one["steps"]) + len(one["at"]) for one in thin) < 70_000


def test_of_paths_that_the_page_has_only_the_names_are_sent():
    first = asked({"kind": "pca"})
    _, (adam, momentum) = trained()
    other = (adam, momentum._replace(weights=momentum.weights * 1.5))
    known = [run["key"] for run in first["runs"]]
    choice = {"kind": "pca", "stands": True, "key": first["key"], "grid_key": first["grid_key"], "known": known}
    moved = asked(choice, histories=other)
    assert moved["runs"][0] == {"key": known[0]}
    assert moved["runs"][1] == asked(choice | {"known": []}, histories=other)["runs"][1]
    assert len(orjson.dumps(moved)) < 0.7 * len(orjson.dumps(asked(choice | {"known": 7}, histories=other)))


def test_routes_show_the_seed_that_is_asked_for():
    experiment = ASKED | {"seed": 90, "seeds": 3}
    trained_now(check(experiment))
    found = posted("learned", {"experiment": experiment, "step": 7, "seed": 92, "places": 4})
    alone = posted("learned", {"experiment": experiment | {"seed": 92, "seeds": 1}, "step": 7, "places": 4})
    first = posted("learned", {"experiment": experiment, "step": 7, "places": 4})
    assert found["runs"] == alone["runs"] != first["runs"]
    assert [len(run["thin"]) for run in posted("plane", {"experiment": experiment, "seed": 91})["runs"]] == [2, 2]


def test_of_pictures_and_points_that_the_page_has_only_the_names_are_sent():
    experiment, (adam, momentum) = trained()
    first = learned_view(experiment, (adam, momentum), 17, places=9)
    known = frozenset([first["points_key"], *(run["key"] for run in first["runs"])])
    other = momentum._replace(weights=momentum.weights * 1.5)
    moved = learned_view(experiment, (adam, other), 17, places=9, known=known)
    assert moved["points"] is None
    assert moved["runs"][0] == {"key": first["runs"][0]["key"]}
    assert moved["runs"][1] == learned_view(experiment, (adam, other), 17, places=9)["runs"][1]
    # At another step, or with other places, all pictures are others.
    for step, places in ((18, 9), (17, 8)):
        assert all("step" in run for run in learned_view(experiment, (adam, momentum), step, places, known)["runs"])
