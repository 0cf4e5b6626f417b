"""The recipes in CONTRIBUTING.md work as they are printed."""

import re
import subprocess
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from fall_line import trajectories  # noqa: F401, switches float64 on
from fall_line.experiments.published import find
from fall_line.exports import Format
from fall_line.library.training import train
from fall_line.registry import discover
from landscapes import Surface
from networks import Task, own_task
from optimizers import Optimizer, Problem

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"(?s)`([\w/]+\.py)`:\n\n```python\n(.*?)```", TEXT))


@pytest.fixture
def example(tmp_path, monkeypatch):
    """Writes the example of a folder into a package of its own and finds the one thing in it, as the program would."""

    def found(folder, kind):
        path, code = next((path, code) for path, code in EXAMPLES.items() if path.split("/")[-2] == folder)
        package = f"printed_{folder}"
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
        (tmp_path / package / Path(path).name).write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        things = discover(package, kind)
        assert list(things) == [Path(path).stem]
        return things[Path(path).stem]

    return found


def test_there_is_a_recipe_for_each_kind():
    folders = {"landscapes", "optimizers", "networks", "fall_line/pages", "fall_line/exports"}
    assert {path.partition("/reading")[0].removesuffix(Path(path).name).strip("/") for path in EXAMPLES} == folders


@pytest.mark.parametrize("path", EXAMPLES)
def test_no_example_is_already_there(path):
    assert not (ROOT / path).exists()


def test_the_surface_has_a_finite_gradient_and_its_minimum(example):
    surface = example("landscapes", Surface)
    box = surface.domain
    grid = np.meshgrid(np.linspace(box.x_low, box.x_high, 31), np.linspace(box.y_low, box.y_high, 31))
    x, y = (jnp.asarray(axis.ravel()) for axis in grid)
    slopes = jnp.stack(jax.vmap(jax.grad(surface.value, argnums=(0, 1)))(x, y))
    assert bool(jnp.isfinite(slopes).all())
    least = surface.minima[0]
    assert float(surface.value(least.x, least.y)) == pytest.approx(least.loss, abs=1e-12)
    assert float(surface.value(x, y).min()) >= least.loss
    assert float(jnp.hypot(*jax.grad(surface.value, argnums=(0, 1))(least.x, least.y))) < 1e-12


@pytest.mark.parametrize("shape", [(2,), (3, 4)])
def test_the_optimizer_descends(shape, example):
    method = example("optimizers", Optimizer)
    hypers = {hyper.key: jnp.asarray(hyper.default) for hyper in method.hypers}
    problem = Problem(value=lambda point: (point**2).sum(), gradient=lambda point: 2 * point)
    start = jnp.linspace(1.0, 2.0, int(np.prod(shape))).reshape(shape)
    point, _ = method.step(problem, start, method.init(start, **hypers), **hypers)
    assert point.shape == shape
    assert point.dtype == jnp.float64
    assert float(problem.value(point)) < float(problem.value(start))


def test_the_task_is_learned(example):
    task = example("networks", Task)
    own_task(task)  # nothing is wrong with its record, its points and its view
    losses = train(task, runs=["adam"]).losses[0]
    assert losses[100] > 0.9 * losses[0], "as its lesson says"
    assert losses[-1] < 0.5 * losses[0]


def test_the_format_writes(example, tmp_path):
    kind = example("exports", Format)
    path = tmp_path / f"a.{kind.key}"
    kind.export(find("gallery/saddle").experiment, path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Saddle, 125 steps from (")
    assert "Gradient descent: " in text


def test_the_page_is_found_and_laid_out(tmp_path):
    for path, code in EXAMPLES.items():
        if path.startswith("fall_line/pages/"):
            target = tmp_path / Path(path).relative_to("fall_line/pages")
            target.parent.mkdir(exist_ok=True)
            target.write_text(code, encoding="utf-8")
    program = f"""
from fall_line import pages
pages.__path__.append({str(tmp_path)!r})
import app, dash
page = dash.page_registry["reading"]
print(page["path"], type(page["layout"]()).__name__, app.server.test_client().get("/reading").status_code)
"""
    words = [sys.executable, "-c", program]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.stderr, ran.stdout.split()) == ("", ["/reading", "Main", "200"])
