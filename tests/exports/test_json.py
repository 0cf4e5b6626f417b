"""The file is the experiment: read back it is equal, whatever is in it."""

import json

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.experiments.published import PUBLISHED, find
from fall_line.exports import FORMATS
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import fans
from fall_line.trajectories.seed_statistics import seed_statistics

EVERY_FIELD = {
    "surface": "rotated_quadratic",
    "parameters": {"condition_number": 1 / 3 + 20, "angle": -12.5},
    "start": [0.1 + 0.2, -1.0],
    "steps": 7,
    "runs": [
        {
            "optimizer": "adam",
            "hypers": {"learning_rate": 1e-4, "epsilon": 1e-12},
            "label": 'η ‘small’ "\\',
            "hidden": True,
            "style": 9,
            "schedules": {"learning_rate": {"kind": "cosine", "final": 0.25}},
            "tuned": "64:final",
        },
        {"optimizer": "gradient_descent"},
    ],
    "view": [-4, 4, -3.5, 3],
    "levels": "automatic",
    "loss_axis": "linear",
    "tolerance": 1e-12,
    "link_learning_rates": True,
    "step": 3,
    "noise": "multiplicative",
    "sigma": 0.125,
    "batch": 7,
    "seed": 12,
    "seeds": 3,
    "return_best": True,
}


def read_back(experiment, path):
    FORMATS["json"].export(experiment, path)
    return check(json.loads(path.read_bytes()))


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_experiments_read_back_equal(name, tmp_path):
    experiment = find(name).experiment
    assert read_back(experiment, tmp_path / "a.json") == experiment


def test_every_field_reads_back_equal(tmp_path):
    experiment = check(EVERY_FIELD)
    assert EVERY_FIELD.keys() == type(experiment).model_fields.keys()
    assert read_back(experiment, tmp_path / "a.json") == experiment


def test_is_what_a_person_would_write(tmp_path):
    path = tmp_path / "a.json"
    FORMATS["json"].export(check(EVERY_FIELD), path)
    data = json.loads(path.read_text(encoding="utf-8"))
    assert {name: data[name] for name in EVERY_FIELD if name != "runs"} == {
        name: value for name, value in EVERY_FIELD.items() if name != "runs"
    }
    assert data["runs"][0]["hypers"]["beta1"] == 0.9
    assert data["runs"][0]["label"] == 'η ‘small’ "\\'


def test_is_indented_utf8_with_a_final_line_end(tmp_path):
    path = tmp_path / "a.json"
    FORMATS["json"].export(check(EVERY_FIELD), path)
    text = path.read_bytes().decode("utf-8")
    assert text.startswith('{\n  "surface": "rotated_quadratic",\n')
    assert text.endswith("}\n")
    assert "η" in text
    assert "\r" not in text


def test_what_all_seeds_say_stands_in_the_file_and_is_passed_over_when_it_is_read(tmp_path):
    runs = [{"optimizer": "momentum"}, {"optimizer": "gradient_descent", "hypers": {"learning_rate": 10}}]
    wild = {"surface": "himmelblau", "steps": 40, "noise": "additive", "seeds": 7, "tolerance": 1, "runs": runs}
    experiment = check(wild)
    assert read_back(experiment, tmp_path / "a.json") == experiment
    told = json.loads((tmp_path / "a.json").read_bytes(), parse_constant=lambda _: pytest.fail("no JSON"))["statistics"]
    for number, (one, fan) in enumerate(zip(told, fans(experiment), strict=True), start=1):
        statistics = seed_statistics(experiment, fan, minima_of(experiment.landscape))
        assert (one["run"], one["seeds"], one["within_tolerance"]) == (number, 7, statistics.reached)
        names = ("lower_quartile", "median", "upper_quartile")
        np.testing.assert_array_equal([float(one["final_loss"][name]) for name in names], statistics.final)
    assert told[1]["final_loss"]["median"] in ("nan", "inf")
    single = experiment.model_copy(update={"seeds": 1})
    FORMATS["json"].export(single, tmp_path / "b.json")
    assert "statistics" not in json.loads((tmp_path / "b.json").read_bytes())
