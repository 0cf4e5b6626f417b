"""The table holds every number of every path, bit for bit."""

import math

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.experiments.published import find
from fall_line.exports import FORMATS
from fall_line.trajectories.run import fans, run
from fall_line.trajectories.sensitivity import parting_step

HEADER = "run,optimizer,step,x,y,loss,gradient_x,gradient_y,chaotic_from_step"
OVERFLOWING = {
    "surface": "rosenbrock",
    "steps": 30,
    "runs": [
        {"optimizer": "gradient_descent", "hypers": {"learning_rate": 1}, "label": 'wild, "quoted"\nlabel'},
        {"optimizer": "adam_kingma", "hidden": True},
    ],
}


@pytest.fixture(params=["cross-method/hills_and_canyon", "gallery/condition-number", "overflowing"])
def experiment(request):
    return check(OVERFLOWING) if request.param == "overflowing" else find(request.param).experiment


def written(experiment, path):
    """The file's bytes as text and its rows as lists of text."""
    FORMATS["csv"].export(experiment, path)
    text = path.read_bytes().decode()
    return text, [line.split(",") for line in text.split("\n")[1:-1]]


def test_header_and_line_ends(experiment, tmp_path):
    text, rows = written(experiment, tmp_path / "a.csv")
    assert text.startswith(f"{HEADER}\n")
    assert text.endswith("\n")
    assert "\r" not in text
    assert {len(row) for row in rows} == {9}


def test_one_row_a_step_in_the_order_of_the_experiment(experiment, tmp_path):
    _, rows = written(experiment, tmp_path / "a.csv")
    expected = [
        [str(number), one.optimizer.key, str(step)]
        for number, one in enumerate(experiment.runs, start=1)
        for step in range(experiment.steps + 1)
    ]
    assert [row[:3] for row in rows] == expected


def test_numbers_read_back_as_the_same_float64(experiment, tmp_path):
    _, rows = written(experiment, tmp_path / "a.csv")
    read = np.array([[float(text) for text in row[3:8]] for row in rows])
    paths = run(experiment)
    expected = np.vstack([np.column_stack([one.points, one.losses, one.gradients]) for one in paths])
    assert np.array_equal(read, expected, equal_nan=True)
    known = ~np.isnan(expected)
    assert np.array_equal(np.signbit(read[known]), np.signbit(expected[known]))


def test_not_finite_numbers_are_named(tmp_path):
    _, rows = written(check(OVERFLOWING), tmp_path / "a.csv")
    names = {text for row in rows for text in row[3:8] if not math.isfinite(float(text))}
    assert names
    assert names <= {"nan", "inf", "-inf"}


def test_of_a_chaotic_run_every_row_says_from_which_step(tmp_path):
    """Each path is asked with its own noise, and what isn't chaotic has an empty cell."""
    runs = [{"optimizer": "momentum"}, {"optimizer": "gradient_descent", "hypers": {"learning_rate": 1e-4}}]
    noisy = check({"surface": "rastrigin", "steps": 80, "runs": runs, "noise": "additive", "sigma": 1.0, "seeds": 3})
    for one in (noisy.model_copy(update={"noise": "none"}), noisy):
        _, rows = written(one, tmp_path / "a.csv")
        expected = [
            parting_step(one, run, seed, path)
            for run, fan in zip(one.runs, fans(one), strict=True)
            for seed, path in zip(one.all_seeds, fan.paths, strict=True)
            for _ in path.points
        ]
        assert [row[-1] for row in rows] == ["" if step is None else str(step) for step in expected]
        assert {None} < set(expected)


def test_numbers_have_seventeen_digits(tmp_path):
    _, rows = written(check({"surface": "saddle", "start": [0.1, 0.2], "steps": 1}), tmp_path / "a.csv")
    assert rows[0][3:5] == ["0.10000000000000001", "0.20000000000000001"]


def test_replaces_the_file_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    written(find("gallery/saddle").experiment, path)
    assert path.read_text().startswith(HEADER)
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_half_way_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("old")

    def broken(_):
        yield ["1", "adam", "0", "0", "0", "0", "0", "0"]
        raise RuntimeError("half way")

    monkeypatch.setattr("fall_line.exports.csv._rows", broken)
    with pytest.raises(RuntimeError, match="half way"):
        FORMATS["csv"].export(find("gallery/saddle").experiment, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
