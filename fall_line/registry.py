"""Finds what a package offers: one public object a module, so that adding a thing is adding a file."""

import importlib
import pkgutil
from types import ModuleType
from typing import Protocol, TypeVar


class Keyed(Protocol):
    """Anything that can be found by name."""

    @property
    def key(self) -> str: ...


Kind = TypeVar("Kind", bound=Keyed)


def discover(package: ModuleType | str, kind: type[Kind]) -> dict[str, Kind]:
    """Return `{object.key: object}` for the one public `kind` of every module in `package`.

    Modules are visited in alphabetical order. The module that defines `kind` is passed over, and so are
    modules whose name starts with an underscore.

    Raises:
        TypeError: a module defines no public object of that kind, or several.
        ValueError: two modules use the same key.
    """
    found: dict[str, Kind] = {}
    if isinstance(package, str):
        package = importlib.import_module(package)
    for info in pkgutil.iter_modules(package.__path__, prefix=f"{package.__name__}."):
        if info.name == kind.__module__ or info.name.rpartition(".")[2].startswith("_"):
            continue
        thing = only_public(importlib.import_module(info.name), kind)
        if thing.key in found:
            raise ValueError(f"{info.name} uses the key {thing.key!r}, which another module of {package.__name__} has")
        found[thing.key] = thing
    return found


def only_public(module: ModuleType, *kinds: type[Kind]) -> Kind:
    """Return the one object of these `kinds` in `module` whose name doesn't start with an underscore.

    Raises:
        TypeError: there is none, or there are several.
    """
    things = [value for name, value in vars(module).items() if isinstance(value, kinds) and not name.startswith("_")]
    if len(things) != 1:
        *others, last = (kind.__name__ for kind in kinds)
        wanted = f"{', '.join(others)} or {last}" if others else last
        raise TypeError(f"{module.__name__} must define one public {wanted}, not {len(things)}")
    return things[0]
