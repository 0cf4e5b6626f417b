"""A surface is looked up where an experiment is read, once; below that it travels."""

import ast
from pathlib import Path

import orjson
import pytest

from fall_line.experiments import experiment as reading
from fall_line.pages.explore import answers, tuning
from fall_line.pages.exporting.answers import file, preview
from landscapes import find_surface

ROOT = Path(__file__).parents[2]
TYPED = "formula:a*x^2 + y^4"
EXPERIMENT = {
    "surface": TYPED,
    "parameters": {"a": 2},
    "steps": 20,
    "runs": [{"optimizer": "momentum"}, {"optimizer": "adam"}],
}
CONTOUR = {"surface": TYPED, "parameters": {"a": 2}, "width": 300, "theme": "light", "revision": 1, "view": None}
EXPORT = {"kind": "surface", "experiment": EXPERIMENT}

ANSWERS = {
    "paths": lambda: answers.paths(EXPERIMENT),
    "contour": lambda: answers.contour(CONTOUR | {"levels": "automatic"}),
    "step": lambda: answers.step({"experiment": EXPERIMENT, "run": 0, "step": 3, "explain": True}),
    "tuning": lambda: tuning.tuned({"experiment": EXPERIMENT, "criterion": "final"}),
    "csv": lambda: file(EXPORT | {"format": "csv"})[0],
    "html": lambda: file(EXPORT | {"format": "html"})[0],
    "preview": lambda: preview(EXPORT | {"format": "png"}),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_looks_its_surface_up_once(name, monkeypatch):
    asked = []
    monkeypatch.setattr(reading, "find_surface", lambda key: asked.append(key) or find_surface(key))
    assert len(ANSWERS[name]()) > 100
    assert asked == [TYPED]


def test_only_where_a_key_comes_in_is_a_surface_looked_up():
    """The experiment, a title that is made at start, and the panels that are asked for one surface by its key."""
    entries = {
        "fall_line/experiments/experiment.py",
        "fall_line/experiments/published.py",
        "fall_line/pages/explore/answers.py",
        "fall_line/pages/explore/formula_panel.py",
        "fall_line/pages/explore/programs.py",
    }
    found = set()
    for path in (ROOT / "fall_line").rglob("*.py"):
        nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
        if any(alias.name == "find_surface" for node in nodes for alias in node.names):
            found.add(str(path.relative_to(ROOT)))
    assert found == entries


def test_no_room_asks_what_kind_an_experiment_is():
    """What differs between the two kinds hangs on the experiment or in a table by kind; nothing compares kinds."""
    asking = []
    for path in (ROOT / "fall_line").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            told = ast.unparse(node) if isinstance(node, ast.Compare | ast.Call) else ""
            compares = (
                isinstance(node, ast.Compare) and "kind" in told and ("'response'" in told or "'surface'" in told)
            )
            if compares or told.startswith("hasattr(experiment") or told.endswith(", ResponseExperiment)"):
                asking.append(f"{path.relative_to(ROOT)}: {told}")
    assert asking == []


def test_what_was_sent_is_read_back():
    assert orjson.loads(ANSWERS["paths"]())["summary"].startswith("a*x^2 + y^4, 20 steps")
