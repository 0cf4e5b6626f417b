"""A drawing's scene, of any kind, as a file, so that another process can draw it."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from fall_line.drawing.choices import Choices
from fall_line.drawing.frames import Drawable
from fall_line.drawing.response import ResponseScene
from fall_line.drawing.scene import Scene
from fall_line.drawing.training import TrainingScene

KINDS: dict[str, type[Drawable]] = {one.kind: one for one in (Scene, ResponseScene, TrainingScene)}


def save(scene: Drawable, path: Path) -> None:
    """Write `scene` with its kind to `path`, an .npz file without pickled objects."""
    values = {field.name: getattr(scene, field.name) for field in fields(scene)}
    arrays: dict[str, Any] = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    words = {name: value for name, value in values.items() if name not in arrays}
    words |= {"choices": scene.choices.model_dump(), "kind": scene.kind}
    np.savez(path, words=np.array(json.dumps(words)), **arrays)


def load(path: Path) -> Drawable:
    """Return the scene that `save` wrote to `path`."""
    with np.load(path, allow_pickle=False) as file:
        words = json.loads(str(file["words"]))
        arrays = {name: file[name] for name in file.files if name != "words"}
    kind = KINDS[words.pop("kind")]
    lists = {name: tuple(value) for name, value in words.items() if isinstance(value, list)}
    choices = Choices.model_construct(**words["choices"])
    return kind(**(words | lists | arrays | {"choices": choices}))
