"""The body of a JavaScript function while it is written: statements, names, and what has been computed already."""

import re
from collections import ChainMap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scalars = NDArray[Any]  # of objects: each element a name or a number, as JavaScript text

NAME = re.compile(r"\bv\d+\b")
DEFINITION = re.compile(r"\s*const (v\d+) = ")


class Body:
    """Statements in order. What was computed once is not computed again; what nobody reads is left out."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._names = 0
        self._known: ChainMap[str, str] = ChainMap()
        self._depth = 1
        self.files: set[str] = set()  # of functions that are called

    def name(self) -> str:
        """Return a name that is not taken."""
        self._names += 1
        return f"v{self._names - 1}"

    def add(self, statement: str) -> None:
        """Write a statement."""
        self._lines.append("  " * self._depth + statement)

    def let(self, expression: str) -> str:
        """Return the name of a constant that has the value of `expression`."""
        if expression not in self._known:
            name = self.name()
            self.add(f"const {name} = {expression};")
            self._known[expression] = name
        return self._known[expression]

    def recall(self, call: str, results: Sequence[str]) -> tuple[str, ...]:
        """Return names for the `results` that hold after the statement `call`, which is made only once."""
        keys = [f"{call} {result}" for result in results]
        if keys[0] not in self._known:
            self.add(f"{call};")
            for key, result in zip(keys, results, strict=True):
                name = self.name()
                self.add(f"const {name} = {result};")
                self._known[key] = name
        return tuple(self._known[key] for key in keys)

    def once(self, write: Callable[[], list[str]]) -> list[str]:
        """Return the names that `write` returns, of what its statements compute, which are made only once."""
        begin, first = len(self._lines), self._names
        self._known = self._known.new_child()
        names = write()
        own, self._known = self._known.maps[0], self._known.parents
        numbered: dict[str, str] = {}

        def renamed(name: re.Match[str]) -> str:
            return numbered.setdefault(name[0], f"w{len(numbered)}") if int(name[0][1:]) >= first else name[0]

        said = NAME.sub(renamed, "\n".join([*self._lines[begin:], *names]))
        keys = [f"{said} {k}" for k in range(len(names))]
        if all(key in self._known for key in keys):
            del self._lines[begin:]
        else:
            self._known.update(own)
            self._known.update(zip(keys, names, strict=True))
        return [self._known[key] for key in keys]

    def variables(self, values: Sequence[str]) -> list[str]:
        """Return the names of new variables that begin with these `values`."""
        names = [self.name() for _ in values]
        if names:
            self.add("let " + ", ".join(f"{name} = {value}" for name, value in zip(names, values, strict=True)) + ";")
        return names

    def assign(self, names: Sequence[str], values: Sequence[str]) -> None:
        """Give the variables their new values, all at once."""
        kept = [(name, value) for name, value in zip(names, values, strict=True) if name != value]
        taken = {name for name, _ in kept}
        # A value that is itself one of the variables is read before any of them changes.
        read = [self._copied(value) if value in taken else value for _, value in kept]
        for (name, _), value in zip(kept, read, strict=True):
            self.add(f"{name} = {value};")

    def _copied(self, value: str) -> str:
        name = self.name()
        self.add(f"const {name} = {value};")
        return name

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Write what follows into a block after `head`; what it computes is not known after it."""
        self.add(f"{head} {{")
        self._depth += 1
        self._known = self._known.new_child()
        yield
        self._known = self._known.parents
        self._depth -= 1
        self.add("}")

    def text(self) -> str:
        """Return the statements whose results somebody reads."""
        live: set[str] = set()
        kept: list[str] = []
        for line in reversed(self._lines):
            defined = DEFINITION.match(line)
            if defined and defined[1] not in live:
                continue
            live.update(NAME.findall(line))
            kept.append(line)
        return "\n".join(reversed(kept))


def scalars(value: Any) -> Scalars:
    """Return the numbers of an array as JavaScript text, of the same shape."""
    array = np.asarray(value)
    made = np.empty(array.shape, object)
    for place in np.ndindex(array.shape):
        made[place] = number(array[place])
    return made


def number(value: Any) -> str:
    """Return a number or a truth value as JavaScript writes it, every bit of a float64 kept."""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, int | np.integer):
        return str(int(value))
    real = float(value)
    if np.isnan(real):
        return "NaN"
    if np.isinf(real):
        return "Infinity" if real > 0 else "-Infinity"
    return repr(real)
