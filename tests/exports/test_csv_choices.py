"""Tables as a reader chooses them: with label and hyperparameters, with a decimal comma, with statistics, in pieces."""

import csv
import math

import numpy as np
import pytest

from fall_line.drawing.choices import Choices
from fall_line.experiments.mending import check
from fall_line.experiments.published_responses import find as response_find
from fall_line.exports import FORMATS
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import fans, run
from fall_line.trajectories.seed_statistics import seed_statistics

RUNS = [
    {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.02}, "label": "plain; 0.02, slow"},
    {
        "optimizer": "momentum",
        "hypers": {"learning_rate": 0.01, "gamma": 0.5},
        "schedules": {"learning_rate": {"kind": "cosine"}},
    },
]
PLAIN = check({"surface": "himmelblau", "steps": 20, "runs": RUNS})
NOISY = PLAIN.model_copy(update={"noise": "additive", "sigma": 3.0, "seeds": 7, "tolerance": 5.0})


def rows_of(experiment, path, delimiter=",", **choices):
    FORMATS["csv"].export(experiment, path, Choices(**choices))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_label_and_hyperparameters_are_columns(tmp_path):
    rows = rows_of(PLAIN, tmp_path / "a.csv", hyperparameters=True)
    told = {row["run"]: {name: row[name] for name in ("label", "learning_rate", "gamma", "schedule")} for row in rows}
    assert told["1"] == {"label": "plain; 0.02, slow", "learning_rate": "0.02", "gamma": "", "schedule": ""}
    assert told["2"]["label"] == "Momentum"
    assert (float(told["2"]["learning_rate"]), float(told["2"]["gamma"])) == (0.01, 0.5)
    assert told["2"]["schedule"] == "learning_rate cosine (f₁ 0)"
    plain = rows_of(PLAIN, tmp_path / "b.csv")
    assert [{name: row[name] for name in plain[0]} for row in rows] == plain


def test_a_table_of_answers_has_them_too(tmp_path):
    experiment = response_find("response/adam/rectangles").experiment
    rows = rows_of(experiment, tmp_path / "a.csv", hyperparameters=True)
    for number, one in enumerate(experiment.runs, start=1):
        mine = [row for row in rows if row["run"] == str(number)]
        assert len(mine) == len(experiment.values)
        for row in (mine[0], mine[-1]):
            assert {key: float(row[key]) for key in one.hypers} == one.hypers
            assert row["label"] == one.name


def test_with_a_decimal_comma_the_numbers_are_the_same(tmp_path):
    rows = rows_of(PLAIN, tmp_path / "a.csv", delimiter=";", decimal_comma=True, hyperparameters=True)
    plain = rows_of(PLAIN, tmp_path / "b.csv", hyperparameters=True)
    # No other column is touched; a label keeps its own points and semicolons.
    numbers = ("x", "y", "loss", "gradient_x", "gradient_y", "learning_rate", "gamma")
    assert [{**row, **{name: row[name].replace(",", ".") for name in numbers}} for row in rows] == plain
    assert "," in rows[0]["x"] + rows[5]["x"]
    losses = [float(row["loss"].replace(",", ".")) for row in rows if row["run"] == "2"]
    assert losses == run(PLAIN)[1].losses.tolist()


def test_what_is_not_finite_keeps_its_name_beside_a_decimal_comma(tmp_path):
    wild = {"optimizer": "gradient_descent", "hypers": {"learning_rate": 1}}
    rows = rows_of(
        check({"surface": "rosenbrock", "steps": 30, "runs": [wild]}), tmp_path / "a.csv", ";", decimal_comma=True
    )
    assert {row["x"] for row in rows[-3:]} == {"nan"}


def test_all_seeds_of_a_fan_that_no_plot_could_hold_are_in_the_table(tmp_path):
    """Three runs of 10,000 steps with 32 seeds: a plot draws six of them."""
    long = check(
        {
            "surface": "simple_quad",
            "steps": 10_000,
            "noise": "additive",
            "seeds": 32,
            "seed": 4,
            "runs": [{"optimizer": "gradient_descent"}, {"optimizer": "momentum"}, {"optimizer": "rmsprop"}],
        }
    )
    FORMATS["csv"].export(long, tmp_path / "a.csv")
    seeds, medians, count = set(), set(), 0
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        next(file)
        for line in file:
            cells = line.rstrip().split(",")
            seeds.add((cells[0], cells[8]))
            if cells[9] == "1":
                medians.add((cells[0], cells[8]))
            count += 1
    assert count == 3 * 32 * 10_001
    assert seeds == {(str(one), str(seed)) for one in (1, 2, 3) for seed in range(4, 36)}
    assert medians == {(str(number), str(4 + fan.middle)) for number, fan in enumerate(fans(long), start=1)}


def test_statistics_are_a_row_a_step(tmp_path):
    rows = rows_of(NOISY, tmp_path / "a.csv", statistics=True)
    assert [(row["run"], row["step"]) for row in rows] == [(run_, str(k)) for run_ in "12" for k in range(21)]
    assert {row["seeds"] for row in rows} == {"7"}
    minima = minima_of(NOISY.landscape)
    told = [seed_statistics(NOISY, fan, minima) for fan in fans(NOISY)]
    for column, name in (("lower_quartile", "lower"), ("median", "median"), ("upper_quartile", "upper")):
        expected = np.concatenate([getattr(one.losses, name) for one in told]).tolist()
        assert [float(row[column]) for row in rows] == expected
    shares = np.concatenate([one.share for one in told]).tolist()
    assert [float(row["within_tolerance"]) for row in rows] == shares
    assert any(0 < share < 1 for share in shares)


def test_without_a_minimum_the_share_is_empty_and_without_seeds_all_quartiles_are_one(tmp_path):
    saddle = check({"surface": "saddle", "start": [1, 0.1], "steps": 3, "runs": [{"optimizer": "gradient_descent"}]})
    rows = rows_of(saddle, tmp_path / "a.csv", statistics=True)
    assert {row["within_tolerance"] for row in rows} == {""}
    losses = run(saddle)[0].losses.tolist()
    for name in ("lower_quartile", "median", "upper_quartile"):
        assert [float(row[name]) for row in rows] == losses


@pytest.mark.parametrize("experiment", [PLAIN, NOISY, response_find("response/adam/rectangles").experiment])
@pytest.mark.parametrize("decimal_comma", [False, True])
def test_a_table_begins_as_it_goes_on(experiment, decimal_comma, tmp_path):
    choices = Choices(decimal_comma=decimal_comma, hyperparameters=True)
    FORMATS["csv"].export(experiment, tmp_path / "a.csv", choices)
    whole = (tmp_path / "a.csv").read_bytes()
    begun = FORMATS["csv"].begin(experiment, choices)
    assert begun.rows == whole.count(b"\n") - 1
    assert whole.startswith(begun.text.encode())
    assert (begun.size, begun.exact) == (len(whole), True)


def test_the_size_of_a_long_table_is_estimated(tmp_path):
    long = NOISY.model_copy(update={"steps": 3000})
    FORMATS["csv"].export(long, tmp_path / "a.csv")
    begun = FORMATS["csv"].begin(long, Choices())
    assert not begun.exact
    assert math.isclose(begun.size, (tmp_path / "a.csv").stat().st_size, rel_tol=0.1)
