"""The page of answers to a signal: the same experiment, the same numbers, and nothing that is fetched."""

import base64
import hashlib
import json
import re

import numpy as np
import pytest

from fall_line.drawing.choices import Choices
from fall_line.experiments.response_experiment import check
from fall_line.experiments.response_link import from_query
from fall_line.exports import FORMATS
from fall_line.figures.theme import PALETTES
from fall_line.trajectories.response import response

HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def experiment():
    runs = [{"optimizer": "adam", "label": HOSTILE}, {"optimizer": "gradient_descent", "hidden": True, "style": 9}]
    return check({"signal": "chirp", "runs": runs, "chosen": 2, "epochs": [10, 90]})


@pytest.fixture(scope="module")
def text(experiment, tmp_path_factory):
    path = tmp_path_factory.mktemp("html") / "a.html"
    FORMATS["html"].export(experiment, path, Choices(formula=True, title=True, line_width=3))
    return path.read_text(encoding="utf-8")


def inside(text, id):
    (found,) = re.findall(rf'<script type="application/json" id="{id}">(.*?)</script>', text)
    return json.loads(found)


def test_the_experiment_and_its_link_read_back_equal(text, experiment):
    assert check(inside(text, "experiment")) == experiment
    assert from_query(inside(text, "data")["answer"]["query"]) == (experiment, [])


def test_the_answers_are_the_engines_in_float32(text, experiment):
    told = inside(text, "data")
    updates = np.frombuffer(base64.b64decode(told["answer"]["updates"]), "<f4").reshape(2, 300)
    for found, run in zip(updates, experiment.runs, strict=True):
        assert np.array_equal(found, response(run.optimizer, run.hypers, experiment.values).updates.astype("<f4"))
    assert told["line_width"] == 3
    assert set(told["palettes"]) == set(PALETTES)
    assert told["symbols"][1] == [["learning_rate", "η"]]


def test_nothing_is_fetched_and_no_other_script_runs(text):
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    scripts = re.findall(r"(?s)<script>(.*?)</script>", text)
    hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
    assert hashes == set(re.findall(r"'sha256-([^']+)'", policy))
    assert not re.findall(r'(?:src|href)="', text)
    assert HOSTILE not in text


def test_words_are_there_as_chosen(text, experiment, tmp_path):
    assert "g(k) = sin(k²/900): slow at first, then faster and faster" in text
    assert '<div class="formula" hidden>' not in text
    FORMATS["html"].export(experiment, tmp_path / "a.html", Choices(title=False, theme="dark"))
    plain = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<div class="heading" hidden>' in plain
    assert '<div class="formula" hidden></div>' in plain
    assert 'data-mantine-color-scheme="dark"' in plain
