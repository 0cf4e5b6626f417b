"""A scene survives its file bit for bit, and the file holds nothing that could run."""

import zipfile
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fall_line.drawing.choices import Choices
from fall_line.drawing.response import ResponseScene
from fall_line.drawing.scene_file import load, save
from tests.drawing.scenes import made

STRANGE = [(0.1 + 0.2, -0.0), (5e-324, 1e300), (np.inf, 0), (-np.inf, np.nan)]


def same(one, other):
    for field in fields(one):
        here, there = getattr(one, field.name), getattr(other, field.name)
        if isinstance(here, np.ndarray):
            assert (here.dtype, here.shape, here.tobytes()) == (there.dtype, there.shape, there.tobytes())
        else:
            assert (type(here), here) == (type(there), there)


def answers(**choices):
    signal = np.array([1.0, -0.0, np.nan, 5e-324])
    updates = np.array([signal / 3, [np.inf, 0, -np.inf, 1]])
    return ResponseScene(
        choices=Choices(**choices),
        title="‘Mine’",
        formula="g(k) = 1",
        signal=signal,
        updates=updates,
        ends=np.array([1, -1]),
        epochs=(0.1 + 0.2, 3.0),
        names=("a", "b"),
        values=("η 1", ""),
        styles=(0, 15),
    )


@pytest.mark.parametrize(
    "scene",
    [
        answers(),
        answers(theme="dark", first_step=1, last_step=3),
        made(),
        made([(0, 0)]),
        made(STRANGE, STRANGE[:2], [(np.nan, np.nan)], theme="dark", last_step=3, hold=0.1, logarithmic=True),
    ],
)
def test_what_is_saved_is_loaded(scene, tmp_path):
    save(scene, tmp_path / "a.npz")
    loaded = load(tmp_path / "a.npz")
    assert type(loaded) is type(scene)
    same(scene, loaded)


@settings(max_examples=25)
@given(name=st.text(st.characters(), max_size=60), duration=st.floats(0.1, 120))
def test_names_and_numbers_are_kept_whatever_they_are(name, duration, tmp_path_factory):
    scene = made([(0, 0), (1, 1)], duration=duration)
    object.__setattr__(scene, "names", (name,))
    path = tmp_path_factory.mktemp("scene") / "a.npz"
    save(scene, path)
    same(scene, load(path))


def test_nothing_is_pickled(tmp_path):
    save(made(STRANGE), tmp_path / "a.npz")
    with zipfile.ZipFile(tmp_path / "a.npz") as file:
        heads = [file.read(name)[:200] for name in file.namelist()]
    assert heads
    assert not any(b"'O'" in head or b"|O" in head for head in heads)


def test_a_pickled_object_is_not_loaded(tmp_path):
    path = tmp_path / "a.npz"
    np.savez(path, words=np.array({"a": 1}, dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        load(path)
