"""Files that are there as a whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def draft_for(path: Path) -> Iterator[Path]:
    """Give the path of a draft, in the same folder, that takes the name `path` once it is complete.

    It is removed if anything goes wrong.

    Raises:
        OSError: it can't be written, or something that is no file bears the name.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    draft = path.with_name(f".{secrets.token_hex(8)}.part{path.suffix}")
    try:
        draft.touch(exist_ok=False)  # what is in the way is told before the work, not after it
        yield draft
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Give a UTF-8 text file, line ends as written, that takes the name `path` once it is complete.

    Raises:
        OSError: it can't be written, or something that is no file bears the name.
    """
    with draft_for(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        yield file
