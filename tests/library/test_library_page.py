"""docs/library.md tells the truth: its code runs as it is printed, and it names what is there."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import fall_line as fl
from fall_line.drawing.choices import Choices
from fall_line.library import showing
from fall_line.library.runs import Runs
from fall_line.library.trainings import Trainings

PAGE = (Path(__file__).parents[2] / "docs" / "library.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?s)```python\n(.*?)```", PAGE)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the whole page prints, run from top to bottom in one place, and the names that it leaves."""
    names, out = {}, io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.chdir(tmp_path_factory.mktemp("page"))
        # Dash makes one app a process, and these tests are not the only ones in theirs.
        patch.setattr(showing, "address", lambda: "http://127.0.0.1:1/")
        patch.setattr(showing, "_offer", print)
        for block in BLOCKS:
            exec(compile(block, "library.md", "exec"), names)
        names["files"] = [one.name for one in Path().iterdir()]
    return names, out.getvalue()


def test_the_page_runs(told):
    names, printed = told
    assert names["runs"].points.shape == (3, 201, 2)
    assert "Reached the minimum at (0, 0)" in printed
    assert names["trainings"].losses.shape == (3, 301)
    assert sorted(names["files"]) == ["race.png", "spirals.csv", "sweep.csv"]


def test_what_it_says_is_printed_is_printed(told):
    (promised,) = re.findall(r"print\(refused\)  # (.*)", PAGE)
    assert promised in told[1].splitlines()


def test_every_attribute_and_every_name_is_told():
    public = [name for name in dir(Runs) if not name.startswith("_")]
    assert [name for name in public if f"runs.{name}" not in PAGE and f".{name}(" not in PAGE] == []
    public = [name for name in dir(Trainings) if not name.startswith("_")]
    assert [name for name in public if f"trainings.{name}" not in PAGE and f".{name}(" not in PAGE] == []
    unsaid = ("Runs", "Trainings", "__version__")
    assert [name for name in fl.__all__ if f"fl.{name}" not in PAGE and name not in unsaid] == []
    assert [name for name in Choices.model_fields if f"`{name}`" not in PAGE] == []
