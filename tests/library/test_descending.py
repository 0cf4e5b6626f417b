"""Descents of one's own functions and rules are those of the catalogue, of Optax and of plain arithmetic."""

import json

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

import fall_line as fl
from fall_line.experiments.link import to_query
from fall_line.experiments.mending import check
from fall_line.experiments.published import find
from landscapes import SURFACES
from optimizers import OPTIMIZERS
from tests.trajectories.compilations import compilations

START = (1.5, -2.0)


def himmelblau(x, y):
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def of_a_vector(point):
    return himmelblau(point[0], point[1])


def bowl(x, y):
    return (x**2 + 7 * y**2) / 2


def init(point):
    return jnp.zeros_like(point)


def heavy_ball(problem, point, velocity, *, eta, gamma=0.9):
    velocity = gamma * velocity + eta * problem.gradient(point)
    return point - velocity, velocity


def plain(problem, point, state):
    return point - 0.125 * problem.gradient(point), state


def optax_path(transformation, function, start, steps):
    """What Optax's own loop makes, step by step."""
    point, path = jnp.asarray(start, float), []
    state = transformation.init(point)
    for _ in range(steps + 1):
        path.append(point)
        updates, state = transformation.update(jax.grad(lambda at: function(*at))(point), state, point)
        point = optax.apply_updates(point, updates)
    return np.array(path)


@pytest.mark.parametrize("function", [himmelblau, of_a_vector])
def test_an_own_function_is_the_surface_that_it_computes(function):
    own = fl.descend(function, start=START, runs=["adam", "newton"])
    listed = fl.descend("himmelblau", start=START, runs=["adam", "newton"])
    np.testing.assert_allclose(own.points, listed.points, rtol=0, atol=1e-12)
    np.testing.assert_allclose(own.losses, listed.losses, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(own.gradients, listed.gradients, rtol=0, atol=1e-10)
    found = np.array(sorted(own.minima))
    np.testing.assert_allclose(found, np.array(sorted(SURFACES["himmelblau"].minima)), rtol=0, atol=1e-6)
    assert own.outcomes[1] == listed.outcomes[1]


@pytest.mark.parametrize(
    "transformation",
    [optax.sgd(0.05, momentum=0.9), optax.adamw(0.05), optax.chain(optax.clip(1.0), optax.rmsprop(0.02))],
    ids=["sgd", "adamw", "clipped rmsprop"],
)
def test_an_optax_transformation_walks_as_in_optax_s_own_loop(transformation):
    runs = fl.descend(bowl, start=(3, 1), steps=40, runs=[transformation])
    np.testing.assert_allclose(runs.points[0], optax_path(transformation, bowl, (3, 1), 40), rtol=0, atol=1e-13)


def test_optax_s_line_search_is_given_the_loss():
    runs = fl.descend(bowl, start=(3, 1), steps=12, runs=[optax.lbfgs()])
    assert runs.losses[0, -1] < 1e-10
    assert runs.experiment.runs[0].optimizer.needs_loss


def test_the_factor_on_optax_s_updates_is_its_learning_rate():
    half, whole = (
        fl.descend(bowl, start=(3, 1), steps=40, runs=[one])
        for one in (fl.run(optax.sgd(0.1), learning_rate=0.5), optax.sgd(0.05))
    )
    np.testing.assert_allclose(half.points, whole.points, rtol=0, atol=1e-14)


def test_an_own_rule_is_the_method_that_it_computes_bit_for_bit():
    own = fl.descend("wobbly", runs=[fl.run((init, heavy_ball), eta=0.01)])
    listed = fl.descend("wobbly", runs=[fl.run("momentum", learning_rate=0.01, gamma=0.9)])
    assert own.points.tobytes() == listed.points.tobytes()


def test_a_rule_without_hyperparameters_and_its_closed_form():
    runs = fl.descend(bowl, start=(3, 1), steps=30, runs=[(lambda _: (), plain)])
    k = np.arange(31)
    expected = np.stack([3 * 0.875**k, 0.125**k], axis=1)
    np.testing.assert_allclose(runs.points[0], expected, rtol=1e-13, atol=1e-15)


def test_values_of_an_own_rule_are_data_of_one_program():
    pair = (init, heavy_ball)
    fl.descend(bowl, start=(3, 1), runs=[fl.run(pair, eta=0.01)]).losses  # noqa: B018, computes
    with compilations() as compiled:
        runs = fl.descend(bowl, start=(3, 1), runs=[fl.run(pair, eta=0.02, gamma=0.5), fl.run(pair, eta=0.3)])
        assert np.isfinite(runs.losses).all()
    assert compiled == []
    assert len({run.optimizer for run in runs.experiment.runs}) == 1
    assert [run.hypers for run in runs.experiment.runs] == [{"eta": 0.02, "gamma": 0.5}, {"eta": 0.3, "gamma": 0.9}]


def test_any_value_finds_room_in_a_range():
    pair = (init, heavy_ball)
    for eta in (1e-9, 0.01, 1e6, -3.0, 0.0):
        assert fl.run(pair, eta=eta).hypers["eta"] == eta


def test_a_start_anywhere_lies_in_the_view():
    for start in ((-7.5, 0.2), (250.0, -3.0), np.array([1.0, 2.0]), jnp.array([0.5, 0.5])):
        runs = fl.descend(bowl, start=start, steps=3, runs=["adam"])
        assert runs.points[0, 0].tolist() == [float(one) for one in start]


def test_a_view_says_where_to_look():
    runs = fl.descend(lambda x, y: (x - 500) ** 2 + y**2, view=(490, 510, -5, 5), runs=[optax.sgd(0.1)])
    assert runs.experiment.surface.domain == (490, 510, -5, 5)
    assert runs.minima[0][:2] == pytest.approx((500, 0), abs=1e-9)


def test_a_function_that_is_finite_in_its_view_alone_is_drawn():
    def narrow(x, y):
        return jnp.where(abs(x - 500.3) < 0.2, (x - 500.3) ** 2 + y**2, jnp.nan)

    runs = fl.descend(narrow, view=(500.1, 500.5, -1, 1), start=(500.2, 0.5), runs=[optax.sgd(0.1)])
    assert np.isfinite(runs.losses).all()
    assert runs.losses[0, -1] < 1e-9


def test_the_same_two_functions_are_the_same_rule():
    runs = [fl.run((init, heavy_ball), eta=0.02) for _ in range(3)]
    assert len({run.optimizer for run in runs}) == 1


def test_all_names_of_an_experiment_are_read(tmp_path):
    experiment = find("gallery/saddle").experiment
    file = tmp_path / "saddle.json"
    file.write_text(experiment.model_dump_json())
    link = f"http://127.0.0.1:8050/?{to_query(experiment)}"
    for one in (experiment, "gallery/saddle", link, str(file), file, json.loads(file.read_text())):
        assert fl.descend(one).experiment == experiment
    changed = fl.descend("gallery/saddle", steps=9, runs=["adam"], noise="additive", seeds=3)
    assert changed.experiment == check(
        {"surface": "saddle", "steps": 9, "runs": [{"optimizer": "adam"}], "noise": "additive", "seeds": 3}
    )


def test_a_formula_and_its_parameters():
    runs = fl.descend("formula:a*x^2 + y^2", parameters={"a": 3}, start=(1, 1), steps=2, runs=["gradient_descent"])
    assert runs.losses[0, 0] == 4.0


def only_a_point(problem, point, state):  # noqa: ARG001
    return point


def one_number(problem, point, state):  # noqa: ARG001
    return point.sum(), state


def another_state(problem, point, state):  # noqa: ARG001
    return point, ()


def three(x, y, z):
    return x + y + z


def doubled(point):
    return 2 * point


def of_numpy(x, y):
    return np.sin(float(x)) + y


def nowhere(x, y):
    return jnp.log(-1 - x**2 - y**2)


PAIR = (init, heavy_ball)
REFUSED_RUNS = {
    "adm": ("adm", {}, "Optimizer is ‘adm’; it must be one of adam, "),
    "too small": ("adam", {"learning_rate": -1}, "Learning rate η is -1; it must be a number from 0.0001 to 10."),
    "unknown": ("adam", {"eta": 1}, "A name in the hypers of Adam is ‘eta’; it must be one of learning_rate, "),
    "label": ("adam", {"label": "x" * 99}, "Label is ‘xxxxxxxxxxxxxxxxxxxx…’; it must be at most 60 characters"),
    "missing": (PAIR, {}, "Heavy ball needs a value for eta; say for example eta=0.1."),
    "none such": (PAIR, {"eta": 1, "nu": 2}, "Heavy ball has no hyperparameter ‘nu’; it has eta, gamma."),
    "text": (PAIR, {"eta": "a"}, "Heavy ball's eta is ‘a’; it must be a finite number."),
    "optax": (optax.sgd(0.1), {"eta": 1}, "Optax transformation has no hyperparameter ‘eta’; it has learning_rate."),
    "no state": ((init, only_a_point), {}, "Only a point can't make a step (TypeError: step must return two things, "),
    "no point": (
        (init, one_number),
        {},
        "One number can't make a step (TypeError: the next point has the shape (), the ",
    ),
    "state": ((init, another_state), {}, "Another state changes the structure, the shapes or the types of its state"),
    "a number": (
        3,
        {},
        "3 is no method; a method is a key such as 'adam', an Optax transformation, or a pair of funct",
    ),
}
REFUSED_DESCENTS = {
    "no surface": (3, {"runs": ["adam"]}, "3 is no surface: a JAX function of x and y, or of one vector."),
    "no runs": (bowl, {}, "Say which methods descend, e.g. runs=['adam']; there are "),
    "one run": (bowl, {"runs": "adam"}, "Runs is ‘adam’; it must be a list, also of a single run."),
    "one method": (bowl, {"runs": optax.sgd(0.1)}, "Runs is GradientTransformationExtraArgs"),
    "too many": (bowl, {"runs": ["adam"] * 17}, "There are 17 runs; there must be 1 to 16."),
    "steps": (bowl, {"runs": ["adam"], "steps": 0}, "Steps is 0; it must be a whole number from 1 to 10000."),
    "start": (bowl, {"runs": ["adam"], "start": (1,)}, "Start is (1,); it must be 2 numbers."),
    "view": (bowl, {"runs": ["adam"], "view": "all"}, "View is ‘all’; it must be 4 numbers."),
    "letters": ("wobbly", {"runs": ["adam"], "start": "ab"}, "Start is ‘ab’; it must be 2 numbers."),
    "blank view": (
        nowhere,
        {"runs": ["adam"], "view": (0, 1, 0, 1)},
        "The function is nowhere finite, or beyond 1e+100 ",
    ),
    "field": ("wobbly", {"runs": ["adam"], "frob": 1}, "There is no field ‘frob’; the fields are surface, "),
    "name": ("nosuch", {"runs": ["adam"]}, "There is no experiment ‘nosuch’; the names are "),
    "three": (three, {"runs": ["adam"]}, "The function takes 3 numbers; it must take x and y, or one vector of two."),
    "two": (doubled, {"runs": ["adam"]}, "The function makes an array of shape (2,); it must make one number."),
    "numpy": (of_numpy, {"runs": ["adam"]}, "The function can't be used (ConcretizationTypeError: "),
    "nowhere": (nowhere, {"runs": ["adam"]}, "The function is nowhere finite, or beyond 1e+100 everywhere, for x and "),
}


@pytest.mark.parametrize("case", REFUSED_RUNS)
def test_a_run_that_can_t_be_used_is_told_in_a_sentence(case):
    method, given, sentence = REFUSED_RUNS[case]
    with pytest.raises(fl.InputError) as refused:
        fl.run(method, **given)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("case", REFUSED_DESCENTS)
def test_a_descent_that_can_t_be_used_is_told_in_a_sentence(case):
    surface, given, sentence = REFUSED_DESCENTS[case]
    with pytest.raises(fl.InputError) as refused:
        fl.descend(surface, **given)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).isprintable()


def test_what_is_made_in_python_is_not_in_the_catalogue():
    before = (list(SURFACES), list(OPTIMIZERS))
    fl.descend(bowl, runs=[optax.sgd(0.1)])
    assert (list(SURFACES), list(OPTIMIZERS)) == before
