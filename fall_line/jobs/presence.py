"""Which workers live: each touches a file of its own in the job folder as long as it does."""

import os
import secrets
import socket
import time
from pathlib import Path

from fall_line.jobs.folder import root
from fall_line.settings import settings

FRESH_SECONDS = 10.0
FORGOTTEN_SECONDS = 3600.0


def new_sign() -> Path:
    """Return the path of a sign of life that no other worker has."""
    return root() / "workers" / f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"


def show(sign: Path) -> None:
    """Say that the worker with this sign lives."""
    sign.parent.mkdir(mode=0o700, exist_ok=True)
    sign.touch()


def somebody_works() -> bool:
    """Return whether a worker lives."""
    return any(age < FRESH_SECONDS for _, age in _signs())


def forget_the_dead() -> None:
    """Remove the signs of workers that ended without doing so."""
    for sign, age in _signs():
        if age > FORGOTTEN_SECONDS:
            sign.unlink(missing_ok=True)


def _signs() -> list[tuple[Path, float]]:
    """Return every sign and its age in seconds."""
    found = []
    folder = settings().folder / "workers"
    for sign in folder.iterdir() if folder.is_dir() else ():
        try:
            found.append((sign, time.time() - sign.stat().st_mtime))
        except FileNotFoundError:  # that worker ended just now
            continue
    return found
