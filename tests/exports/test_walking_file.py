"""What a page in a file of its own walks by itself: the engine's paths and words, by the file's own programs."""

import base64
import json

import numpy as np
import pytest

from fall_line.experiments.experiment import MAX_STEPS
from fall_line.experiments.mending import check
from fall_line.experiments.published import OPENING, find
from fall_line.explanations.answer import answer
from fall_line.exports._standalone.walking import STEPS, walking
from fall_line.trajectories.run import fans
from fall_line.translation.untranslatable import UntranslatableError
from landscapes import SURFACES
from tests.node import node

# The exported file has the paths of one start; all runs are walked anew from another one, as the page does it.
WALK = """({ createWalker, writable }, { script, data, answer, exported, experiment }) =>
  import("./client/drawing/paths.ts").then(({ unpack }) => {
    new Function(script)();
    const walker = createWalker(data, exported), paths = writable(unpack(answer), experiment.steps);
    const reports = answer.reports.map(({ name }, run) => walker.into(paths, experiment, run, name));
    const texts = (array) => Array.from(array, String);
    return {
      reports, points: texts(paths.points), kept: paths.kept, stopped: paths.stopped,
      fan: paths.fan && texts(paths.fan.points),
      band: paths.band && [texts(paths.band.lower), texts(paths.band.upper)],
    };
  })"""

METHODS = ("gradient_descent", "momentum", "nesterov", "adam", "rmsprop", "lbfgs", "newton", "adafactor")


def floats(texts):
    return np.array([float(text.replace("Infinity", "inf")) for text in texts])


def packed(text):
    return np.frombuffer(base64.b64decode(text), "<f4")


def walked(exported, moved):
    """Return what the file of `exported` makes of `moved`, and what the engine does."""
    made = walking(exported)
    data = {
        "script": made.script,
        "data": made.data,
        "answer": answer(exported),
        "exported": exported.model_dump(mode="json"),
        "experiment": moved.model_dump(mode="json"),
    }
    return node("standalone/walking.ts", WALK, json.loads(json.dumps(data))), answer(moved)


def words(report):
    """What is told but for losses and lengths; of a loss that is only rounding, where it is least means nothing."""
    told = {name: value for name, value in report.items() if name not in ("final_loss", "best_loss", "path_length")}
    if told["seeds"]:
        told["seeds"] = told["seeds"]["count"], told["seeds"]["reached"]
    return told | ({"best_step": None} if abs(number(report["best_loss"])) < 1e-12 else {})


def numbers(report):
    quartiles = [report["seeds"][name] for name in ("lower", "upper")] if report["seeds"] else []
    return [number(text) for text in (report["final_loss"], report["best_loss"], report["path_length"], *quartiles)]


def number(text):
    return float(text.replace("−", "-").replace("∞", "inf"))


def compare(exported, moved):
    """Points to 1e-6 of the diagonal, which is what float32 keeps; words as they are, numbers of the table to 1e-4."""
    found, expected = walked(exported, moved)
    diagonal = moved.landscape.diagonal
    np.testing.assert_allclose(floats(found["points"]), packed(expected["points"]), rtol=1e-5, atol=1e-6 * diagonal)
    for one, other in zip(found["reports"], expected["reports"], strict=True):
        assert words(one) == words(other)
        np.testing.assert_allclose(numbers(one), numbers(other), rtol=1e-4, atol=1e-12)
    assert found["kept"] == [one["kept_step"] for one in expected["reports"]]
    assert found["stopped"] == [end < moved.steps for end in expected["ends"]]
    if expected["fan"] is not None:
        np.testing.assert_allclose(floats(found["fan"]), packed(expected["fan"]["points"]), atol=1e-6 * diagonal)
        for texts, name in zip(found["band"], ("lower", "upper"), strict=True):
            np.testing.assert_allclose(floats(texts), packed(expected["band"][name]), rtol=1e-4, atol=1e-6)


def moved_a_little(experiment):
    """Return another start inside the domain and other values of the first number of each run."""
    x_low, x_high, y_low, y_high = experiment.surface.domain
    x, y = experiment.start
    told = experiment.model_dump(mode="json")
    told["start"] = [x + 0.1 * ((x_low + x_high) / 2 - x) + 0.01, y + 0.1 * ((y_low + y_high) / 2 - y)]
    for run in told["runs"]:
        run["hypers"]["learning_rate"] *= 0.8
    return check(told)


def on(surface, steps=60, methods=METHODS, **more):
    return check({"surface": surface, "steps": steps, "runs": [{"optimizer": key} for key in methods], **more})


# Not where runs are chaotic or stand at the last bit: there the table's numbers hang on rounding.
@pytest.mark.parametrize(
    "surface", ["hills_and_canyon", "saddle", pytest.param("giant_plateau", marks=pytest.mark.thorough)]
)
def test_paths_table_and_outcomes_are_the_engine_s(surface):
    exported = on(surface)
    compare(exported, moved_a_little(exported))


@pytest.mark.parametrize(
    "more",
    [
        {"noise": "additive", "sigma": 0.2, "seed": 3},
        {"noise": "multiplicative", "sigma": 0.4, "seeds": 5},
        {"noise": "minibatch", "sigma": 0.1, "batch": 3, "seeds": 4},
        {"noise": "additive", "sigma": 0.2, "seeds": 4, "return_best": True},
        {"return_best": True},
    ],
)
def test_noise_and_going_back_to_the_best_point(more):
    exported = on("hills_and_canyon", 40, ("gradient_descent", "momentum", "adam"), **more)
    compare(exported, moved_a_little(exported))


def test_schedules():
    runs = [
        {"optimizer": "momentum", "schedules": {"learning_rate": {"kind": "cosine"}}},
        {"optimizer": "adam", "schedules": {"learning_rate": {"kind": "exponential"}}},
    ]
    exported = check({"surface": "hills_and_canyon", "steps": 40, "runs": runs})
    compare(exported, moved_a_little(exported))


CALM = ("gradient_descent", "momentum", "adam")
NOISY = {"noise": "additive", "sigma": 0.2, "seeds": 4}


@pytest.mark.parametrize(
    ("surface", "exported", "turned"),
    [
        ("hills_and_canyon", {}, {"steps": 90}),
        ("hills_and_canyon", {}, {"steps": 7}),
        ("hills_and_canyon", NOISY, {"sigma": 0.05, "steps": 30}),
        ("hills_and_canyon", NOISY | {"noise": "multiplicative"}, {"sigma": 0.6}),
        ("hills_and_canyon", {"noise": "minibatch", "sigma": 0.1}, {"steps": 20}),
        ("rotated_quadratic", {}, {"parameters": {"condition_number": 40.0, "angle": -75.0}}),
    ],
)
def test_what_all_runs_share(surface, exported, turned):
    before = on(surface, 40, CALM, **exported)
    compare(before, check(before.model_dump(mode="json") | turned))


def test_numbers_of_schedules():
    runs = [
        {"optimizer": "momentum", "schedules": {"learning_rate": {"kind": "step"}, "momentum": {"kind": "one_cycle"}}},
        {"optimizer": "adam", "schedules": {"learning_rate": {"kind": "cosine"}}},
    ]
    exported = check({"surface": "hills_and_canyon", "steps": 40, "runs": runs})
    told = exported.model_dump(mode="json")
    told["runs"][0]["schedules"]["learning_rate"] |= {"drop": 0.7, "every": 11}
    told["runs"][0]["schedules"]["momentum"] |= {"peak": 0.6}
    told["runs"][1]["schedules"]["learning_rate"] |= {"final": 0.4}
    compare(exported, check(told))
    keys = [[hyper["key"] for hyper in one] for one in walking(exported).data["scheduled"]]
    momentum = ["momentum.start", "momentum.peak", "momentum.final"]
    assert keys == [["learning_rate.drop", "learning_rate.every", *momentum], ["learning_rate.final"]]


def test_schedules_follow_the_steps():
    kinds = ("cosine", "exponential", "one_cycle")
    runs = [{"optimizer": "momentum", "schedules": {"learning_rate": {"kind": kind}}} for kind in kinds]
    exported = check({"surface": "hills_and_canyon", "steps": 40, "runs": runs})
    compare(exported, check(exported.model_dump(mode="json") | {"steps": 65}))


def test_what_all_runs_share_can_be_turned_where_a_browser_knows_all_that_follows():
    def shared(experiment):
        return {hyper["key"]: hyper["high"] for hyper in walking(experiment).data["shared"]}

    assert shared(on("saddle", 60, CALM)) == {"steps": 1000}
    assert shared(on("saddle", 4000, CALM)) == {"steps": 10_000}
    assert shared(on("saddle", 60, CALM, **NOISY)) == {"steps": 60, "sigma": 100}
    assert shared(on("saddle", 60, CALM, noise="minibatch")) == {"steps": 60}
    parameters = {"parameters.condition_number": 1000, "parameters.angle": 90}
    assert shared(on("rotated_quadratic", 60, CALM)) == {"steps": 1000} | parameters
    # Its minima, which the server searches for, would lie elsewhere.
    assert shared(on("formula:x^2 + a*y^2 + sin(3*x)", 60, CALM)) == {"steps": 1000}
    assert shared(on("rotated_quadratic", 60, CALM, noise="minibatch")) == {"steps": 60}


def test_runs_that_leave_or_cease_to_be_finite():
    runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": rate}} for rate in (1.0, 0.4, 2e-4, 0.001)]
    exported = check({"surface": "rosenbrock", "steps": 60, "runs": runs})
    moved = moved_a_little(exported)
    compare(exported, moved)
    assert {one["kind"] for one in answer(moved)["reports"]} >= {"not_finite", "moving"}


@pytest.mark.parametrize("x", [0.0, 0.5])
def test_places_where_the_slope_vanishes(x):
    exported = on("saddle", 60, ("gradient_descent",))
    compare(exported, check(exported.model_dump(mode="json") | {"start": [x, 0.0]}))


@pytest.mark.thorough
@pytest.mark.parametrize("key", SURFACES)
def test_every_surface(key):
    exported = on(key, 30, ("gradient_descent", "adam"))
    compare(exported, moved_a_little(exported))


def test_only_the_programs_that_are_used_are_in_the_file():
    made = walking(find(OPENING).experiment)
    assert made.script.count("begin(q, h, c, s)") == len({one.optimizer.key for one in find(OPENING).experiment.runs})
    assert len(made.script) < 24_000


def test_a_method_that_cannot_be_translated_has_no_sliders(monkeypatch):
    from fall_line.translation import rule

    plain = rule.rule_module

    def refuse(optimizer):
        if optimizer.key == "adam":
            raise UntranslatableError("The operation lgamma can't be translated.")
        return plain(optimizer)

    monkeypatch.setattr(rule, "rule_module", refuse)
    made = walking(on("saddle", 5, ("adam", "momentum")))
    assert "adam" not in made.script
    assert made.why == (
        "A browser can't compute Adam, so its numbers and the start stay. The operation lgamma can't be translated."
    )
    assert [hypers is None for hypers in made.data["hypers"]] == [True, False]


def test_a_surface_that_cannot_be_translated_and_noise_that_is_too_long_leave_a_file_that_plays(monkeypatch):
    from fall_line.translation import surface

    long = walking(on("saddle", 10_000, ("adam",), noise="additive", seeds=2))
    assert (long.script, long.data) == ("", None)
    assert long.why == "This file only plays: the noise of 10000 steps and 2 seeds is too long for it."

    def refuse(_):
        raise UntranslatableError("The operation lgamma can't be translated.")

    monkeypatch.setattr(surface, "surface_module", refuse)
    made = walking(on("saddle", 5, ("adam",)))
    assert (made.script, made.data) == ("", None)
    assert made.why.endswith("can't compute its surface. The operation lgamma can't be translated.")


def test_a_typed_surface_is_walked_too():
    exported = on("formula:x^2 + a*y^2 + sin(3*x)", 30, ("adam", "momentum"))
    compare(exported, moved_a_little(exported))
    assert len(fans(exported)) == 2


def test_steps_can_be_turned_to_no_more_than_an_experiment_may_have():
    assert STEPS.high == MAX_STEPS
