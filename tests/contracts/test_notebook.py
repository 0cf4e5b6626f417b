"""The example notebook runs from top to bottom in a fresh kernel, and its figures are Plotly figures."""

from pathlib import Path

import nbformat
import plotly.graph_objects as go
import pytest
from nbclient import NotebookClient

PATH = Path(__file__).parents[2] / "docs" / "notebook.ipynb"
FIGURE = "application/vnd.plotly.v1+json"


@pytest.fixture(scope="module")
def notebook():
    return nbformat.read(PATH, as_version=4)


@pytest.fixture(scope="module")
def executed(notebook, tmp_path_factory):
    """The notebook after every cell ran without an error, by the Python of these tests and no reader's settings."""
    home = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        patch.delenv("JUPYTER_PATH", raising=False)
        patch.delenv("PLOTLY_RENDERER", raising=False)
        patch.setenv("TMPDIR", str(home))
        copy = nbformat.from_dict(notebook)
        NotebookClient(
            copy, timeout=200, kernel_name="python3", resources={"metadata": {"path": str(PATH.parent)}}
        ).execute()
    return copy


def cell(notebook, text):
    return next(one for one in notebook.cells if one.cell_type == "code" and text in one.source)


def printed(one):
    return "".join(output.text for output in one.outputs if output.output_type == "stream" and output.name == "stdout")


def figures(one):
    return [go.Figure(output.data[FIGURE]) for output in one.outputs if FIGURE in output.get("data", {})]


def test_it_is_kept_without_outputs(notebook):
    nbformat.validate(notebook)
    codes = [one for one in notebook.cells if one.cell_type == "code"]
    assert [one.outputs for one in codes] == [[]] * len(codes)
    assert {one.execution_count for one in codes} == {None}
    assert PATH.stat().st_size < 20_000


def test_three_lines_make_a_figure(executed):
    one = cell(executed, "import fall_line as fl")
    assert len([line for line in one.source.splitlines() if line]) == 3
    (figure,) = figures(one)
    assert figure.layout.title.text == "Wobbly"
    assert figure.data[0].type == "contour"


def test_the_second_figure_moves(executed):
    (figure,) = figures(cell(executed, "frames="))
    assert len(figure.frames) == 40


def test_what_is_printed_is_what_the_text_promises(executed):
    refused = printed(cell(executed, "except fl.InputError"))
    assert refused == "Steps is 0; it must be a whole number from 1 to 10000.\n"
    assert "Momentum, less memory" in printed(cell(executed, "path_length"))
    slow, *_, circling, wild = printed(cell(executed, "for learning_rate")).splitlines()
    assert slow.endswith("minimum (3, 2)")
    assert "circling" in circling
    assert "not finite" in wild
    signs, adamw = printed(cell(executed, "sign_descent")).split("AdamW: ")
    assert signs.startswith("Own function, 150 steps from (3, 1). Sign descent: Keeps circling around the minimum (0,")
    assert adamw.startswith("Reached the minimum at (0, 0)")
    assert "himmelblau.mp4" in printed(cell(executed, "himmelblau.mp4"))


def test_nothing_is_complained_about(executed):
    outputs = [output for one in executed.cells for output in one.get("outputs", [])]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
