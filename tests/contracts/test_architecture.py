"""docs/architecture.md shows the house that stands: its rooms, their order, and the files it names."""

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
ROOMS = re.findall(r"(?m)^\| `((?:fall_line\.|landscapes|networks|optimizers)\w*)` \|", PAGE)


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    module_of(path): path
    for room in ("fall_line", "landscapes", "networks", "optimizers")
    for path in (ROOT / room).rglob("*.py")
}


def rooms_of_the_tree():
    below = {
        f"fall_line.{one.stem}"
        for one in (ROOT / "fall_line").iterdir()
        if (one / "__init__.py").is_file() or (one.suffix == ".py" and one.stem != "__init__")
    }
    return below | {"landscapes", "networks", "optimizers"}


def imports(module):
    """The modules of the house that `module` imports when it runs, those imported inside functions included."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in for_types:
            found |= {name for alias in node.names if (name := f"{node.module}.{alias.name}") in MODULES}
            found |= {node.module} & MODULES.keys()
    return found - {module}


def test_every_room_is_told_and_no_other():
    assert len(set(ROOMS)) == len(ROOMS)
    assert set(ROOMS) == rooms_of_the_tree()


def test_rooms_stand_in_the_order_that_is_checked():
    layers = next(one["layers"] for one in CONTRACTS if one["type"] == "layers")
    assert [room for floor in layers for room in floor.split(" | ")] == ROOMS


def test_no_contract_has_an_exception():
    assert [one["name"] for one in CONTRACTS if "ignore_imports" in one] == []


def test_files_import_each_other_in_no_circle():
    """A package whose `__init__` offers its own modules is no circle; a file that leads back to itself is one."""
    edges = {module: imports(module) for module in MODULES}
    left = {one: {to for to in edges[one] if not one.startswith(f"{to}.")} for one in edges}
    while leaves := [one for one, to in left.items() if not to & left.keys()]:
        for one in leaves:
            del left[one]
    assert left == {}


def test_every_file_and_route_that_it_names_is_there():
    routes = set(re.findall(r"`(?:POST )?/(?:explore|response|export)/(\w+)`", PAGE))
    served = "".join(path.read_text() for path in (ROOT / "fall_line" / "pages").rglob("routes.py"))
    assert [route for route in routes if f'"/{route}"' not in served] == []
    names = {Path(name).name for name in re.findall(r"`([\w/.-]+\.(?:py|ts|toml))`", PAGE)}
    there = {
        path.name
        for folder in ("fall_line", "landscapes", "networks", "optimizers", "client")
        for path in (ROOT / folder).rglob("*.*")
    }
    assert names - there - {"app.py", "pyproject.toml"} == set()


CLIENT = ROOT / "client"
DRAWN = set(re.findall(r"(?m)^    (\w+) --> (\w+)$", PAGE))
IMPORT = re.compile(r'(?:from|import) "(\.[^"]+)"')


def client_room(path):
    parts = path.relative_to(CLIENT).parts
    return parts[0] if len(parts) > 1 else "main"


def client_imports():
    """From which room to which other one the client's modules import."""
    found = set()
    for path in CLIENT.rglob("*.ts"):
        for name in IMPORT.findall(path.read_text(encoding="utf-8")):
            target = (path.parent / name).resolve()
            assert target.is_file(), (path, name)
            found.add((client_room(path), client_room(target)))
    return {(one, other) for one, other in found if one != other}


def below(room):
    """The rooms that arrows lead to from `room`, by whatever detour."""
    reached, waiting = set(), [room]
    while waiting:
        here = waiting.pop()
        more = {to for start, to in DRAWN if start == here} - reached
        reached |= more
        waiting.extend(more)
    return reached


def test_every_room_of_the_client_is_told_and_drawn():
    told = re.findall(
        r"(?m)^\| `(\w+)` \|", PAGE[PAGE.index("## The client") : PAGE.index("## The way of a first visit")]
    )
    assert set(told) == {client_room(path) for path in CLIENT.rglob("*.ts")}
    assert {room for arrow in DRAWN for room in arrow} == set(told)


def test_the_arrows_of_the_client_are_its_imports():
    real = client_imports()
    assert real >= DRAWN
    assert {(one, other) for one, other in real if other not in below(one)} == set()
    assert [room for room in {one for one, _ in DRAWN} if room in below(room)] == []
