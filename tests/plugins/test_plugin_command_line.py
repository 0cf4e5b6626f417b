"""The program with a folder of plugins: they are there as if they came with it, and what can't be used is told."""

import csv
import os
import subprocess
import sys

import numpy as np
import pytest

from fall_line import command_line
from fall_line.experiments.link import from_query
from fall_line.experiments.mending import ExperimentError, check
from fall_line.experiments.reading import read_any
from fall_line.experiments.training_experiment import check as check_training
from fall_line.plugins import ADDED, REFUSED
from fall_line.training.train import train
from fall_line.trajectories.run import run
from tests.plugins.conftest import PRINTED, ROOT, copy_of

FILES = {
    **{f"{key}.py": text for key, text in PRINTED.items()},
    "my_quadratic.py": copy_of("landscapes/rotated_quadratic.py", "my_quadratic"),
    "my_adam.py": copy_of("optimizers/adam.py", "my_adam"),
    "my_moons.py": copy_of("networks/moons.py", "my_moons"),
    "twice.py": PRINTED["leaning_bowl"].replace("leaning_bowl = ", "twice = "),
    "taken.py": copy_of("optimizers/momentum.py", "adam"),
    "taken_task.py": copy_of("networks/moons.py", "circles"),
    "one_class.py": PRINTED["three_clouds"].replace("[labels].T", "[labels % 2].T"),
    "broken.py": "\n\n1 / 0\n",
    "_shared.py": "1 / 0\n",
    ".#lock.py": "1 / 0\n",
    "notes.txt": "1 / 0\n",
}
PLACES = {"twice.py": "twice = ", "taken.py": "momentum = ", "taken_task.py": "moons = ", "one_class.py": "def data"}
LINE = {name: 1 + FILES[name][: FILES[name].index(text)].count("\n") for name, text in PLACES.items()}
TOLD = [
    "Plugin broken.py, line 3: ZeroDivisionError: division by zero.",
    f"Plugin one_class.py, line {LINE['one_class.py']}: no point is of the class ‘upper’; there must be points of "
    "each, to tell them apart.",
    f"Plugin taken.py, line {LINE['taken.py']}: the key ‘adam’ is already taken.",
    f"Plugin taken_task.py, line {LINE['taken_task.py']}: the key ‘circles’ is already taken.",
    f"Plugin twice.py, line {LINE['twice.py']}: the key ‘leaning_bowl’ is already taken.",
]
QUERY = "surface={surface},condition_number=7.5,angle=31&start=-3,1.5&steps=80&run={optimizer},learning_rate=0.3"


def program(*words, **variables):
    """What a Python program says in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error::SyntaxWarning", **variables}
    words = [sys.executable, *map(str, words)]
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_the_list_names_plugins_and_tells_what_is_left_out(folder):
    ran = program("app.py", "list", FALL_LINE_PLUGINS=str(folder(FILES)))
    assert (ran.returncode, ran.stderr.splitlines()) == (0, TOLD)
    surfaces, _, rest = ran.stdout.partition("\nOPTIMIZERS\n")
    optimizers, _, rest = rest.partition("\nTASKS\n")
    tasks = rest.partition("\nSCHEDULES\n")[0]
    assert "\n  leaning_bowl                Leaning bowl\n" in surfaces
    assert "\n  my_quadratic " in surfaces
    for key in ("sign_steps", "my_momentum", "my_adam"):
        assert f"\n  {key} " in optimizers
    assert optimizers.count("\n  adam ") == surfaces.count("\n  leaning_bowl ") == 1
    assert "Momentum\n" in optimizers
    assert "  my_moons                    Two moons\n" in tasks
    assert tasks.count("\n  three_clouds ") == tasks.count("  circles ") == 1


def test_a_copy_of_surface_and_optimizer_goes_the_same_way_to_the_last_digit(folder, tmp_path):
    place = folder({name: FILES[name] for name in ("my_quadratic.py", "my_adam.py")})
    file = tmp_path / "a.csv"
    words = ["export", QUERY.format(surface="my_quadratic", optimizer="my_adam"), file]
    ran = program("app.py", *words, "--plugins", place, FALL_LINE_PLUGINS="/nowhere")  # the option comes first
    assert (ran.returncode, ran.stderr) == (0, "")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    experiment, problems = from_query(QUERY.format(surface="rotated_quadratic", optimizer="adam"))
    (path,) = run(experiment)
    assert problems == []
    assert {row["optimizer"] for row in rows} == {"my_adam"}
    told = np.array([[float(row[name]) for name in ("x", "y", "loss", "gradient_x", "gradient_y")] for row in rows])
    np.testing.assert_array_equal(told, np.column_stack([path.points, path.losses, path.gradients]))


def test_a_copy_of_a_task_is_learned_the_same_way_to_the_last_digit_and_its_script_finds_it(folder, tmp_path):
    place = folder({"my_moons.py": FILES["my_moons.py"]})
    file, script = tmp_path / "a.csv", tmp_path / "a.py"
    for written in (file, script):
        ran = program("app.py", "export", "task=my_moons&layers=4&steps=30&run=adam", written, "--plugins", place)
        assert (ran.returncode, ran.stderr) == (0, "")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    experiment = check_training({"task": "moons", "layers": [4], "steps": 30, "runs": [{"optimizer": "adam"}]})
    history = train(experiment, experiment.runs[0], 0)
    for name in ("loss", "validation_loss", "accuracy"):
        np.testing.assert_array_equal([float(row[name]) for row in rows], getattr(history, name))
    ran = program(script, FALL_LINE_PLUGINS=str(place))
    assert f"loss {history.loss[-1]:.17g}, of points kept back {history.validation_loss[-1]:.17g}\n" in ran.stdout


def test_the_server_takes_the_environment_s_folder_and_an_exported_script_finds_it(folder, tmp_path):
    place = str(folder({name: FILES[name] for name in ("leaning_bowl.py", "sign_steps.py", "broken.py")}))
    script, picture = tmp_path / "a.py", tmp_path / "a.svg"
    code = (
        "import app, json, os, sys; client = app.server.test_client();"
        "data = {'surface': 'leaning_bowl', 'steps': 9, 'runs': [{'optimizer': 'sign_steps'}]};"
        "answer = client.post('/explore/paths', json=data); print(answer.status_code, 'problem' in answer.json);"
        "from fall_line.pages.explore.page import layout; from plotly.utils import PlotlyJSONEncoder;"
        "page = json.dumps(layout(), cls=PlotlyJSONEncoder);"
        "print([text in page for text in ('broken.py, line 3', 'Leaning bowl', 'Sign steps', 'A plugin can')]);"
        "from fall_line import command_line; del os.environ['FALL_LINE_PLUGINS'];"  # else they are loaded once more
        "print([command_line.main(['export', sys.argv[1], file], None) for file in sys.argv[2:]])"
    )
    experiment = "surface=leaning_bowl&steps=9&run=sign_steps,learning_rate=0.25"
    ran = program("-c", code, experiment, script, picture, FALL_LINE_PLUGINS=place)
    told = ran.stdout.splitlines()
    assert ([*told[:2], told[-1]], ran.stderr.splitlines()) == (["200 False", f"{[True] * 4}", "[0, 0]"], TOLD[:1])
    assert "<svg" in picture.read_text(encoding="utf-8")
    ran = program(script, FALL_LINE_PLUGINS=place)
    # By 0.25 from (3, 2), nine times against the sign of (2x + 2y, 6y + 2x).
    assert ran.stdout.startswith("'Sign steps' ends at x 0.75, y -0.25, loss "), ran.stderr
    assert place not in script.read_text(encoding="utf-8")


def test_a_server_whose_folder_is_missing_serves_without_it(tmp_path):
    code = "import app; print(app.server.test_client().get('/health').text)"
    ran = program("-c", code, FALL_LINE_PLUGINS=str(tmp_path / "none"))
    assert (ran.stdout, ran.stderr.count("\n")) == ("OK\n", 1)
    assert "it must be a folder that can be read (No such file or directory)." in ran.stderr


@pytest.mark.parametrize("way", ["option", "option first", "environment", "file"])
def test_a_folder_that_is_none_is_refused(way, tmp_path, capsys, monkeypatch):
    place = tmp_path / "mine"
    if way == "file":
        place.write_text("", encoding="utf-8")
    if way == "environment":
        monkeypatch.setenv("FALL_LINE_PLUGINS", str(place))
    option = [] if way == "environment" else ["--plugins", str(place)]
    words = [*option, "list"] if way == "option first" else ["list", *option]
    assert command_line.main(words, None) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("The folder of plugins is ‘")
    assert err.endswith(f"({'Not a directory' if way == 'file' else 'No such file or directory'}).\n")


def test_an_empty_folder_adds_nothing(folder, capsys):
    assert command_line.main(["list", "--plugins", str(folder({}))], None) == 0
    assert capsys.readouterr().err == ""
    assert (ADDED, REFUSED) == ([], [])


def test_elsewhere_a_plugin_is_missed_in_a_sentence():
    query = "surface=leaning_bowl&steps=40&run=sign_steps&run=adam"
    experiment, problems = from_query(query)
    assert [text.partition(" must be")[0] for text in problems] == [
        "Surface is ‘leaning_bowl’; it",
        "Run 1: optimizer is ‘sign_steps’; it",
    ]
    assert (experiment.steps, [one.optimizer.key for one in experiment.runs]) == (40, ["adam"])
    with pytest.raises(ExperimentError, match="‘leaning_bowl’; it must be one of"):
        check({"surface": "leaning_bowl", "runs": [{"optimizer": "adam"}]})
    with pytest.raises(ValueError, match="‘leaning_bowl’; it must be one of"):
        read_any(query)


def test_help_tells_of_plugins(capsys):
    for words in (["--help"], ["list", "--help"], ["export", "--help"], ["serve", "--help"]):
        with pytest.raises(SystemExit):
            command_line.main(words, None)
        told = " ".join(capsys.readouterr().out.split())
        assert "--plugins FOLDER" in told
        assert "docs/plugins.md" in told
