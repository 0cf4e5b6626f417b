"""The script makes the same experiment again: the same choices, and bit for bit the same end points."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.link import from_query
from fall_line.experiments.mending import check
from fall_line.experiments.published import PUBLISHED, find
from fall_line.exports import FORMATS
from fall_line.trajectories.run import run

ROOT = Path(__file__).parents[2]
HOSTILE = [
    'wild, "quoted"\nlabel',
    "it's \\ a \"mix\" of 'both' \\n",
    "'; import os; os.abort() #",
    '"""',
    "\x1b[31mred \u202e\u2028 \x7f",
    "漢字🙂γ é \\N{BULLET} %s {x}",
    "\\",
    "🙂" * 60,
]
EXPERIMENTS = {
    "article": find("cross-method/hills_and_canyon").experiment,
    "one step": check({"surface": "saddle", "steps": 1, "start": [0.1, -0.3], "runs": [{"optimizer": "adam"}]}),
    "overflow": check(
        {
            "surface": "rosenbrock",
            "steps": 30,
            "runs": [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 1}}, {"optimizer": "adagrad"}],
        }
    ),
    "labels": check(
        {"surface": "wobbly", "steps": 3, "runs": [{"optimizer": "momentum", "label": label} for label in HOSTILE]}
    ),
    "parameters": check(
        {
            "surface": "rotated_quadratic",
            "parameters": {"condition_number": 25.3, "angle": 12},
            "start": [1 / 3, -5.5],
            "steps": 40,
            "runs": [{"optimizer": "adamax_p", "hidden": True}, {"optimizer": "gradient_descent", "style": 9}],
            "view": [-7, 7, -7, 7],
            "levels": "automatic",
            "loss_axis": "linear",
            "tolerance": 1e-5,
            "link_learning_rates": True,
            "step": 12,
        }
    ),
}
LINE = re.compile(r"(.+) ends at x (\S+), y (\S+), loss (\S+)")


@pytest.fixture(params=EXPERIMENTS)
def experiment(request) -> Experiment:
    return EXPERIMENTS[request.param]


def written(experiment, folder):
    path = folder / "script.py"
    FORMATS["py"].export(experiment, path)
    return path, path.read_text(encoding="utf-8")


def data(text):
    """What the script says of the experiment, read without running it."""
    value = next(node.value for node in ast.parse(text).body if isinstance(node, ast.Assign))
    return ast.literal_eval(value)


RUN_EACH = """
import runpy, sys
for path in sys.argv[1:]:
    runpy.run_path(path, run_name="__main__")
    print("--", flush=True)
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, str]:
    """What each experiment's script prints when one process in another folder runs them one after the other."""
    folder, paths = tmp_path_factory.mktemp("scripts"), []
    for index, experiment in enumerate(EXPERIMENTS.values()):
        (folder / str(index)).mkdir()
        paths.append(str(written(experiment, folder / str(index))[0]))
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-c", RUN_EACH, *paths]
    ran = subprocess.run(words, cwd=folder, env=environment, capture_output=True, timeout=120, check=False)
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    return dict(zip(EXPERIMENTS, ran.stdout.decode().split("--\n")[:-1], strict=True))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_it_prints_the_same_end_points_from_another_folder(name, printed):
    experiment = EXPERIMENTS[name]
    lines = [LINE.fullmatch(line).groups() for line in printed[name].split("\n")[:-1]]
    assert [ast.literal_eval(name) for name, *_ in lines] == [one.name for one in experiment.runs]
    printed = np.array([[float(number) for number in numbers] for _, *numbers in lines])
    expected = np.array([[*path.points[-1], path.losses[-1]] for path in run(experiment)])
    assert np.array_equal(printed, expected, equal_nan=True)
    known = ~np.isnan(expected)
    assert np.array_equal(np.signbit(printed[known]), np.signbit(expected[known]))


def test_the_overflow_is_one():
    assert not np.isfinite(run(EXPERIMENTS["overflow"])[0].points[-1]).any()


@pytest.mark.parametrize("name", [*EXPERIMENTS, *PUBLISHED])
def test_the_data_are_the_whole_experiment(name, tmp_path):
    experiment = EXPERIMENTS[name] if name in EXPERIMENTS else find(name).experiment
    assert check(data(written(experiment, tmp_path)[1])) == experiment


def test_the_comment_s_link_is_the_experiment(experiment, tmp_path):
    _, text = written(experiment, tmp_path)
    query = re.search(r"(?m)^#     http://\S+/\?(\S+)$", text)[1]
    assert from_query(query) == (experiment, [])


@pytest.mark.parametrize("width", ["88", "120"])
def test_it_is_formatted(experiment, width, tmp_path):
    path, _ = written(experiment, tmp_path)
    words = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", "--line-length", width, str(path)]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")


def test_every_hyperparameter_is_said_but_no_default_of_the_rest(tmp_path):
    told = data(written(EXPERIMENTS["one step"], tmp_path)[1])
    assert list(told) == ["surface", "start", "steps", "runs"]
    assert list(told["runs"][0]) == ["optimizer", "hypers"]
    assert list(told["runs"][0]["hypers"]) == ["learning_rate", "beta1", "beta2", "epsilon"]


def test_labels_are_seen_as_they_are_and_steer_nothing(tmp_path):
    _, text = written(EXPERIMENTS["labels"], tmp_path)
    assert "漢字🙂γ é" in text
    assert r"\x1b[31mred \u202e" in text
    assert all(sign.isprintable() or sign == "\n" for sign in text)


def test_a_failure_half_way_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "script.py"
    path.write_text("old")

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        FORMATS["py"].export(EXPERIMENTS["article"], path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
