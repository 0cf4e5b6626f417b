"""What is said of a training, when it stops early, what a table holds, and what it is said to cost."""

import numpy as np
import pytest

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.training_experiment import check, mend
from fall_line.experiments.training_link import from_query, to_query
from fall_line.training.cost import check_cost, duration, estimated_seconds
from fall_line.training.ending import Kind, best_step, ending, first_not_finite
from fall_line.training.table import COLUMNS, rows
from fall_line.training.train import each_part, lesson_of, train
from fall_line.validation import InputError
from tests.training import plain

FITTED = {"task": "noisy_curve", "layers": [16, 16], "steps": 400, "validation": 0.5}


def made(optimizer="adam", hypers=None, **given):
    return check({**FITTED, **given, "runs": [{"optimizer": optimizer, "hypers": hypers or {}}]})


def trained(experiment):
    return train(experiment, experiment.runs[0], 0)


def test_a_training_that_explodes_is_told_with_its_step():
    experiment = made("gradient_descent", {"learning_rate": 10.0}, activation="relu", validation=0.25)
    history = trained(experiment)
    step = first_not_finite(history)
    assert np.isfinite(history.loss[:step]).all()
    assert np.isfinite(history.weights[:step]).all()
    assert not (np.isfinite(history.loss[step]) and np.isfinite(history.weights[step]).all())
    found = ending(experiment, history)
    assert (found.kind, found.step, found.short) == (Kind.NOT_FINITE, step, f"not finite from step {step}")
    told = list(rows(experiment, [history]))
    assert len(told) == 401
    assert np.isnan(told[-1][COLUMNS.index("loss")])


def test_early_stopping_ends_where_the_validation_loss_has_not_fallen_for_so_long():
    free, patient = trained(made(hypers={"learning_rate": 0.05})), made(hypers={"learning_rate": 0.05}, patience=40)
    history = trained(patient)
    last = history.steps[-1]
    least = int(np.argmin(history.validation_loss))
    assert last == least + 40 < 400
    assert (free.validation_loss[least + 1 : last + 1] >= free.validation_loss[least]).all()
    np.testing.assert_array_equal(history.weights, free.weights[: last + 1])
    found = ending(patient, history)
    assert (found.kind, found.step) == (Kind.STOPPED, last)
    assert [part.step for part in each_part(patient, patient.runs[0], 0)][-1] == -(-last // 100) * 100


def test_a_run_goes_back_to_the_weights_with_the_least_validation_loss():
    experiment = made(layers=[64, 64], activation="relu", initialization="he", steps=600, return_best=True)
    history, lesson = trained(experiment), lesson_of(experiment, 0)
    step = best_step(experiment, history)
    params = plain.tree(lesson.network, history.weights[history.kept == step][0])
    loss = plain.objective(params, *lesson.validation, "squared", "relu")
    np.testing.assert_allclose(loss, history.validation_loss.min(), rtol=1e-12)
    found = ending(experiment, history)
    assert (found.kind, found.step) == (Kind.PAST_BEST, step)
    assert found.sentence.endswith(f"its best weights, those of step {step}.")
    assert best_step(made(), trained(made())) is None


def test_what_falls_is_told_apart_from_what_has_settled():
    falling = made(task="smooth_numbers", validation=0.25)
    assert ending(falling, trained(falling)).kind is Kind.FALLING
    settled = made("lbfgs", task="smooth_numbers", layers=[], steps=50, validation=0.0)
    assert ending(settled, trained(settled)).kind is Kind.SETTLED
    rising = made("gradient_descent", {"learning_rate": 3.0}, layers=[], task="smooth_numbers", steps=40)
    assert ending(rising, trained(rising)).kind is Kind.ROSE


def test_a_table_has_a_row_for_each_look_and_nothing_where_there_is_nothing():
    experiment = check({"task": "iris", "steps": 20, "runs": [{"optimizer": "adam"}, {"optimizer": "momentum"}]})
    histories = [train(experiment, run, 0) for run in experiment.runs]
    told = list(rows(experiment, histories))
    assert [row[:3] for row in told[::20]] == [(1, "adam", 0), (1, "adam", 20), (2, "momentum", 19)]
    assert told[21][4:] == tuple(
        float(column[0])
        for column in (
            histories[1].loss,
            histories[1].validation_loss,
            histories[1].accuracy,
            histories[1].validation_accuracy,
        )
    )
    assert told[5][3] == 5.0
    valued = made(steps=3, validation=0.0)
    assert [row[5:] for row in rows(valued, [trained(valued)])] == [(None, None, None)] * 4


def test_many_points_are_looked_at_every_25th_step_and_at_the_end():
    experiment = check({"task": "digits", "layers": [4], "steps": 60, "runs": [{"optimizer": "adam"}]})
    history = trained(experiment)
    assert history.steps[history.looked].tolist() == [0, 25, 50, 60]
    assert np.isnan(history.loss[~history.looked]).all()
    assert np.isfinite(history.loss[history.looked]).all()
    assert [row[2] for row in rows(experiment, [history])] == [0, 25, 50, 60]


def test_what_would_train_for_hours_is_refused_with_an_estimate():
    runs = [{"optimizer": "lbfgs"}] * 16
    endless = check({"task": "digits", "layers": [64] * 4, "steps": 10_000, "batch": "all", "runs": runs})
    with pytest.raises(
        InputError, match=r"16 runs of 10000 steps would train for about [\d.]+ hours; at most 60 minutes"
    ):
        check_cost(endless)
    small = made()
    check_cost(small)
    assert 0.001 < estimated_seconds(small) < 1
    assert (duration(5400), duration(95), duration(0.034)) == ("1.5 hours", "1.6 minutes", "0.034 seconds")


REFUSED = [
    ({"task": "moon"}, "Task is ‘moon’; it must be one of "),
    ({"layers": [16] * 5}, "Layers is [16, 16, 16, 16, 16]; it must be a list of up to 4 widths, such as 16, 16."),
    ({"layers": [0]}, "The width of a layer is 0; it must be a whole number from 1 to 64."),
    ({"batch": 193}, "Batch is 193; it must be a whole number from 1 to 192, the points to train on, or all."),
    ({"validation": 0.9}, "Validation share is 0.9; it must be a number from 0 to 0.5."),
    ({"steps": 20_000}, "Steps is 20000; it must be a whole number from 1 to 10000."),
    ({"activation": "swish"}, "Activation is ‘swish’; it must be one of tanh, relu, sigmoid, gelu."),
    ({"initialization": "one"}, "Initialization is ‘one’; it must be one of glorot, he, zero."),
    ({"l2": -1}, "L2 penalty λ is -1; it must be a number from 0 to 10."),
    ({"batch_schedule": {"kind": "up"}}, "The kind of the batch schedule is ‘up’; it must be one of constant, "),
    ({"validation": 0, "patience": 5}, "Patience is 5; it must be left out where no points are kept back to validate."),
    ({"runs": [{"optimizer": "newton"}]}, "Run 1 (Newton): optimizer is ‘newton’; it must be one that doesn't need "),
]


@pytest.mark.parametrize(("given", "sentence"), REFUSED)
def test_what_cannot_be_used_is_told_and_left_out(given, sentence):
    data = {"task": "moons", "runs": [{"optimizer": "adam"}], **given}
    with pytest.raises(ExperimentError) as refused:
        check(data)
    assert str(refused.value).startswith(sentence)
    mended, problems = mend(data)
    assert len(problems) == 1
    assert mended.runs


def test_a_link_holds_all_of_an_experiment():
    data = {
        "task": "digits",
        "layers": [],
        "activation": "relu",
        "batch": "all",
        "validation": 0.1,
        "steps": 77,
        "l2": 0.001,
        "seed": 3,
        "seeds": 2,
        "return_best": True,
        "patience": 9,
        "batch_schedule": {"kind": "exponential", "final": 0.05},
        "runs": [{"optimizer": "adam", "hypers": {"beta1": 0.5}, "label": "a & b"}, {"optimizer": "lbfgs"}],
    }
    experiment = check(data)
    again, problems = from_query(to_query(experiment))
    assert (again, problems) == (experiment, [])
    assert check(experiment.model_dump()) == experiment
    plain_one = check({"task": "moons", "runs": [{"optimizer": "gradient_descent"}]})
    assert to_query(plain_one) == "task=moons&run=gradient_descent,learning_rate=0.5"
    assert from_query("task=moons&layers=4,4&batch=16")[0].layers == (4, 4)
    assert from_query("steps=x")[1] == ["Steps is ‘x’; it must be a whole number from 1 to 10000."]


def test_a_method_begins_with_a_rate_made_for_weights_unless_it_has_one():
    experiment = check(
        {
            "runs": [
                {"optimizer": "adam"},
                {"optimizer": "adam", "hypers": {"beta1": 0.5}},
                {"optimizer": "adam", "hypers": {"learning_rate": 0.3}},
            ]
        }
    )
    assert [run.hypers["learning_rate"] for run in experiment.runs] == [0.01, 0.01, 0.3]
    assert experiment.runs[1].hypers["beta1"] == 0.5
