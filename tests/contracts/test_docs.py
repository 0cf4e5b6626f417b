"""The documentation names what is there, and the commands in it work."""

import json
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from fall_line import command_line
from fall_line.experiments import training_link
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.link import from_query
from fall_line.experiments.mending import check
from fall_line.experiments.published import PUBLISHED
from fall_line.experiments.published_trainings import PUBLISHED_TRAININGS
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.experiments.training_look import TrainingLook
from fall_line.exports import FORMATS
from fall_line.settings import Settings, variable
from landscapes import SURFACES
from networks import TASKS
from optimizers import OPTIMIZERS

ROOT = Path(__file__).parents[2]
CATALOGUE = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    ROOT / name
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/architecture.md",
        "docs/catalogue.md",
        "docs/library.md",
        "docs/plugins.md",
    )
]


def catalogue_check(*arguments):
    words = [sys.executable, "scripts/catalogue", *arguments]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def first_cells(section):
    table = CATALOGUE.partition(f"<!-- {section}: begin -->")[2].partition(f"<!-- {section}: end -->")[0]
    return [line.split("|")[1].strip().strip("`") for line in table.strip().splitlines()[2:]]


def exports_in(text):
    """The arguments of every `python app.py export` in the text's code blocks."""
    return [shlex.split(line)[2:] for line in re.findall(r"(?m)^python app\.py export .*$", text)]


def test_the_tables_are_up_to_date():
    ran = catalogue_check("--check")
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    ("section", "registry"),
    [
        ("surfaces", SURFACES),
        ("optimizers", OPTIMIZERS),
        ("tasks", TASKS),
        ("experiments", PUBLISHED),
        ("trainings", PUBLISHED_TRAININGS),
    ],
)
def test_everything_registered_has_its_row(section, registry):
    assert first_cells(section) == list(registry)


def test_every_row_has_as_many_cells_as_its_header():
    lines = [line for line in CATALOGUE.splitlines() if line.startswith("|")]
    counts = [(line.count("|"), line.startswith("| Key") or line.startswith("| Name")) for line in lines]
    header = 0
    for count, starts_table in counts:
        header = count if starts_table else header
        assert count == header


@pytest.mark.parametrize("arguments", exports_in(README), ids=lambda words: " ".join(words)[:40])
def test_the_readme_s_exports_work(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    # One of them reads a file that another one writes.
    command_line.main(["export", "gallery/saddle", "saddle.json"], None)
    assert command_line.main(arguments, None) == 0, capsys.readouterr().err


def test_the_readme_shows_the_command_line():
    assert len(exports_in(README)) >= 3


def test_the_readme_s_query_strings_have_no_problem():
    queries = re.findall(r"(?m)^(?:http://127\.0\.0\.1:8050/)?\?(\S.*)$", README)
    assert len(queries) >= 2
    assert [from_query(query)[1] for query in queries] == [[]] * len(queries)


def test_the_readme_names_every_format():
    assert [key for key in FORMATS if f"`.{key}`" not in README] == []


def test_the_readme_tells_every_setting_and_its_default():
    rows = {row[0]: row[2] for row in re.findall(r"(?m)^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", README)}
    assert list(rows) != []
    assert set(rows) == {variable(one.name) for one in fields(Settings)}
    assert {name: text for name, text in rows.items() if text.isdigit()} == {
        variable(one.name): str(one.default) for one in fields(Settings) if isinstance(one.default, int)
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    pictures_to_come = {"docs/explore.png"}
    assert [link for link in links if not (page.parent / link).exists() and link not in pictures_to_come] == []


def test_the_readme_s_file_is_an_experiment():
    data = json.loads(re.search(r"(?s)```json\n(.*?)```", README)[1])
    experiment = check(data)
    assert [one.optimizer.key for one in experiment.runs] == [one["optimizer"] for one in data["runs"]]


def test_the_readme_names_every_field_of_the_link():
    fields = {"runs": "run", "parameters": "surface"}
    names = {fields.get(name, name) for name in Experiment.model_fields}
    assert [name for name in names if f"\n| `{name}` |" not in README] == []


def test_the_readme_names_every_field_of_a_training_s_link_and_its_link_has_no_problem():
    section = README.partition("A link of the Train page, `/train?")[2].partition("\n## ")[0]
    assert training_link.from_query(section.partition("`")[0])[1] == []
    told = re.findall(r"`([a-z0-9_]+)`", " ".join(line.split("|")[1] for line in section.splitlines() if "|" in line))
    assert set(told) - {"experiment", "run"} == (
        set(TrainingExperiment.model_fields) | {one.name for one in fields(TrainingLook)}
    ) - {"runs"}


def test_the_readme_counts_right():
    assert f"All {len(SURFACES)} surfaces and {len(OPTIMIZERS)} optimizers" in README
