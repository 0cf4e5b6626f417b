"""The page of a training: the same experiment, the same numbers, and nothing that is fetched."""

import base64
import csv
import gzip
import hashlib
import json
import re

import numpy as np
import pytest

from fall_line.drawing.choices import Choices
from fall_line.experiments.published_trainings import PUBLISHED_TRAININGS, find
from fall_line.experiments.training_experiment import check
from fall_line.experiments.training_link import from_query
from fall_line.exports import FORMATS, _trained
from fall_line.exports._standalone.training_views import GRID, MOST_LOOKS, PLACES, plane
from fall_line.figures.theme import PALETTES
from fall_line.training.learned import decision_map
from fall_line.training.paths_on_plane import axes_of, principal, square_of
from fall_line.training.plane_losses import loss_grid
from fall_line.training.train import lesson_of, train
from tests.node import read_grid

HOSTILE = "</script><script>alert(1)</script>"
RUNS = [{"optimizer": "adam", "label": HOSTILE}, {"optimizer": "gradient_descent", "hidden": True, "style": 9}]
CURVES = ("loss", "validation_loss", "accuracy", "validation_accuracy")


def written(experiment, path, **choices):
    FORMATS["html"].export(experiment, path, Choices(**choices))
    return path.read_text(encoding="utf-8")


def inside(text, id):
    (found,) = re.findall(rf'<script type="application/json" id="{id}">(.*?)</script>', text)
    return json.loads(found)


def views(text):
    return json.loads(gzip.decompress(base64.b64decode(inside(text, "data")["views"])))


def floats(text, *shape):
    return np.frombuffer(base64.b64decode(text), "<f4").reshape(shape)


def table(experiment, path):
    """What the CSV says of each run with each seed: (steps + 1, columns)."""
    FORMATS["csv"].export(experiment, path)
    with path.open(newline="") as file:
        lines = list(csv.DictReader(file))
    numbers = [[float(line[name] or "nan") for name in CURVES] for line in lines]
    return np.array(numbers).reshape(len(experiment.runs) * experiment.seeds, experiment.steps + 1, len(CURVES))


@pytest.fixture(scope="module")
def experiment():
    return check({"task": "two_spirals", "layers": (5,), "steps": 60, "seeds": 2, "return_best": True, "runs": RUNS})


@pytest.fixture(scope="module")
def text(experiment, tmp_path_factory):
    return written(experiment, tmp_path_factory.mktemp("html") / "a.html", formula=True, line_width=3)


def test_the_experiment_and_its_link_read_back_equal(text, experiment):
    assert check(inside(text, "experiment")) == experiment
    assert from_query(inside(text, "data")["answer"]["query"]) == (experiment, [])


def test_the_curves_are_the_table_s_in_float32(text, experiment, tmp_path):
    trainings = [one for seeds in inside(text, "data")["answer"]["trainings"] for one in seeds]
    for found, lines in zip(trainings, table(experiment, tmp_path / "a.csv"), strict=True):
        assert np.array_equal(floats(found["columns"], 4, 61), lines.T.astype("<f4"))


def test_a_run_that_stops_being_finite_says_so(tmp_path):
    query = "task=noisy_curve&activation=relu&steps=200&run=momentum,learning_rate=10,gamma=0.99"
    experiment = from_query(query)[0]
    answer = inside(written(experiment, tmp_path / "a.html"), "data")["answer"]
    found = floats(answer["trainings"][0][0]["columns"], 4, 201)[0].astype(float)
    (lines,) = table(experiment, tmp_path / "a.csv")
    greatest = float(np.finfo("<f4").max)  # what is finite stays so
    expected = np.where(np.isfinite(lines[:, 0]), np.minimum(lines[:, 0], greatest), lines[:, 0])
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    assert not np.isfinite(found[-1])
    assert answer["reports"][0]["outcome"].startswith("not finite from step ")


def test_what_was_learned_is_told_at_some_steps_from_the_first_to_the_last(text, experiment):
    learned = views(text)["learned"]
    looks = learned["looks"]
    steps = [look["step"] for look in looks]
    assert (steps[0], steps[-1], len(steps)) == (0, 60, MOST_LOOKS)
    history = train(experiment, experiment.runs[0], experiment.seed)
    network = lesson_of(experiment, experiment.seed).network
    for look in (looks[0], looks[5], looks[-1]):
        found = look["runs"][0]
        best = int(np.argmin(history.validation_loss))
        assert found["step"] == (best if look is looks[-1] else look["step"])
        expected = decision_map(network, experiment.task, history.weights[found["step"]], places=PLACES)[0]
        np.testing.assert_allclose(read_grid(found["outputs"][0]), expected, atol=0.6 / 1024)
        np.testing.assert_allclose(found["validation"]["loss"], history.validation_loss[found["step"]], rtol=1e-12)


def test_paths_lie_before_the_plane_of_their_principal_components(text, experiment):
    found = views(text)["plane"]
    histories = [train(experiment, run, experiment.seed) for run in experiment.runs]
    through = principal(histories)
    square = square_of(through, histories)
    assert found["square"] == {"middle": list(square.middle), "half": square.half}
    for path, history in zip(found["runs"], histories, strict=True):
        np.testing.assert_allclose(floats(path["at"], -1, 2), through.coordinates(history.weights), atol=1e-5)
        np.testing.assert_allclose(floats(path["loss"], -1), history.loss, rtol=1e-6)
    losses = loss_grid(lesson_of(experiment, experiment.seed), through, *axes_of(square, GRID))
    unit = found["grid"]["unit"]
    np.testing.assert_allclose(read_grid(found["grid"]) / unit, np.log10(losses), atol=0.6 / 1024 / unit)


def test_there_is_no_plane_where_the_weights_stand_still(experiment):
    history = train(experiment, experiment.runs[0], experiment.seed)
    still = history._replace(weights=np.repeat(history.weights[:1], len(history.weights), axis=0))
    assert plane(experiment, [still, still]) is None


def test_nothing_is_fetched_and_no_other_script_runs(text):
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    scripts = re.findall(r"(?s)<script>(.*?)</script>", text)
    hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
    assert hashes == set(re.findall(r"'sha256-([^']+)'", policy))
    assert not re.findall(r'(?:src|href)="', text)
    assert HOSTILE not in text


def test_words_and_looks_are_there_as_chosen(text, tmp_path):
    assert "2–5–1 neurons, tanh, Glorot weights, all points at each step" in text
    assert '<p class="tagline">2 runs of 60 steps</p>' in text
    assert "Data: After Lang and Witbrock" in text
    data = inside(text, "data")
    assert (data["line_width"], data["classes"], set(data["palettes"])) == (3, True, set(PALETTES))
    assert data["symbols"][1] == [["learning_rate", "η"]]
    xor = find("train/xor/from-zero")
    plain = written(xor.experiment, tmp_path / "a.html", title=False, theme="dark")
    assert xor.lesson in plain
    assert '<div class="heading" hidden>' in plain
    assert 'data-mantine-color-scheme="dark"' in plain


def test_it_is_trained_once_for_this_file_and_others(monkeypatch, tmp_path):
    experiment = check({"task": "moons", "layers": (3,), "steps": 23, "seeds": 2, "runs": [{"optimizer": "adam"}]})
    calls = []
    monkeypatch.setattr(_trained, "train", lambda *given: calls.append(given) or train(*given))
    light = written(experiment, tmp_path / "a.html")
    assert inside(written(experiment, tmp_path / "a.html", theme="dark"), "data") == inside(light, "data")
    FORMATS["csv"].export(experiment, tmp_path / "a.csv")
    assert [seed for _, _, seed in calls] == [0, 1]


@pytest.mark.parametrize("name", PUBLISHED_TRAININGS)
def test_every_named_training_can_be_a_page(name, tmp_path):
    experiment = find(name).experiment.model_copy(update={"steps": 30})
    text = written(experiment, tmp_path / "a.html")
    assert len(inside(text, "data")["answer"]["reports"]) == len(experiment.runs)
    assert views(text)["learned"]["looks"][-1]["step"] == 30
    assert len(views(text)["plane"]["runs"]) == len(experiment.runs)


@pytest.mark.parametrize("name", ["train/spirals/five-methods", "train/spirals/nesterov-gamma"])
def test_usual_files_are_small(name, tmp_path):
    written(find(name).experiment, tmp_path / "a.html", formula=True)
    assert (tmp_path / "a.html").stat().st_size <= 350_000
