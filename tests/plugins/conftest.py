"""Plugin files as a user writes them: those printed in the documentation, copies of built-in ones, and broken ones."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
PRINTED = {
    re.search(r'key="(\w+)"', code)[1]: code for code in re.findall(r"(?s)```python\n(.*?)```", PAGE) if "key=" in code
}


def copy_of(name, key):
    """The file of a built-in surface or optimizer under another key."""
    text = (ROOT / name).read_text(encoding="utf-8")
    old = f'key="{Path(name).stem}"'
    assert old in text
    return text.replace(old, f'key="{key}"')


@pytest.fixture
def folder(tmp_path):
    """Writes `{name: text}` as files of a folder and returns the folder."""

    def written(files):
        place = tmp_path / "mine"
        place.mkdir()
        for name, text in files.items():
            (place / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    return written
