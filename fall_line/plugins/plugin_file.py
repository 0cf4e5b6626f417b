"""Runs one plugin file and finds what it holds; whatever goes wrong is told with its line."""

import ast
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import jax

from fall_line import hyperparameter
from fall_line.registry import only_public
from fall_line.validation import one_line
from landscapes import Surface
from networks import Task
from optimizers import Optimizer

# A file may make arrays when it is run; they must be what they are later.
jax.config.update("jax_enable_x64", True)

PACKAGE = "fall_line_plugins"  # so called that a file may say `from ._shared import …`
LONGEST = 300  # characters of a sentence
TRACED = (
    "; x and y, points and hyperparameters are traced, so use jax.numpy for their functions and jnp.where for choices"
)


class PluginError(Exception):
    """Why a plugin can't be used: the file's name, the line, counted from 1, or None, and a sentence."""

    def __init__(self, file: str, line: int | None, sentence: str) -> None:
        super().__init__(file, line, sentence)
        self.file, self.line, self.sentence = file, line, sentence

    @property
    def place(self) -> str:
        return self.file if self.line is None else f"{self.file}, line {self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class Found(NamedTuple):
    """What a file holds, and the line on which it begins."""

    thing: Surface | Optimizer | Task
    line: int


def read(path: Path) -> Found:
    """Run the file at `path` and return the one public surface, optimizer or task in it.

    Raises:
        PluginError: it can't be run, or holds none or several.
    """
    with blamed(path, 1):
        source = path.read_bytes()
        module = _run(path, compile(source, str(path), "exec", dont_inherit=True))
        try:
            thing: Any = only_public(module, Surface, Optimizer, Task)
        except TypeError as error:
            raise PluginError(path.name, 1, f"{error}.".removeprefix(f"{module.__name__} ")) from None
        return Found(thing, _line_of(source, next(name for name, value in vars(module).items() if value is thing)))


def _run(path: Path, code: Any) -> ModuleType:
    # Files from before this was a package say `from hyperparameter import Hyper`.
    sys.modules.setdefault("hyperparameter", hyperparameter)
    package = sys.modules.setdefault(PACKAGE, ModuleType(PACKAGE))
    package.__path__ = [str(path.parent)]
    module = ModuleType(f"{PACKAGE}.{path.stem.replace('.', '_')}")
    module.__file__, module.__package__ = str(path), PACKAGE
    # Dataclasses and the like look their module up.
    sys.modules[module.__name__] = module
    try:
        exec(code, vars(module))
    except BaseException:
        del sys.modules[module.__name__]
        raise
    return module


def _line_of(source: bytes, name: str) -> int:
    """Return the line on which `name` is first given its value."""
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return node.lineno
    return 1


@contextmanager
def blamed(path: Path, line: int) -> Iterator[None]:
    """Turn what is raised inside into a `PluginError` with the innermost line of `path`, or `line` if there is none.

    Raises:
        PluginError: something was raised.
    """
    try:
        yield
    except (PluginError, KeyboardInterrupt):
        raise
    except SyntaxError as error:
        raise _error(path, error.lineno if error.filename == str(path) else line, error, error.msg) from None
    except SystemExit as error:
        raise _error(path, _innermost(error, path) or line, error, "it must not end the program") from None
    except BaseException as error:
        text = str(error).strip().partition("\n")[0].rstrip(".")
        hint = TRACED if isinstance(error, jax.errors.JAXTypeError) else ""
        raise _error(path, _innermost(error, path) or line, error, text + hint) from None


def _error(path: Path, line: int | None, error: BaseException, text: str) -> PluginError:
    sentence = one_line(f"{type(error).__name__}: {text}" if text else type(error).__name__)
    return PluginError(path.name, line, f"{sentence[:LONGEST]}…" if len(sentence) > LONGEST else f"{sentence}.")


def _innermost(error: BaseException, path: Path) -> int | None:
    lines = [at for frame, at in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == str(path)]
    return lines[-1] if lines else None


def line_of_function(function: Callable, path: Path, otherwise: int) -> int:
    """Return the line in `path` on which `function` begins, or `otherwise` if it stands elsewhere."""
    code = getattr(function, "__code__", None)
    return code.co_firstlineno if code is not None and code.co_filename == str(path) else otherwise
