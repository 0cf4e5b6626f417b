"""Whose turn it is: one trains at a time, the others wait in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic


class Turns:
    """A queue of those who want to do something that only one may do at a time."""

    def __init__(self) -> None:
        self._queue: deque[object] = deque()
        self._moved = threading.Condition()

    @property
    def waiting(self) -> int:
        """How many wait or have their turn."""
        return len(self._queue)

    @contextmanager
    def turn(self, patience: float, most: int) -> Iterator[bool]:
        """Wait up to `patience` seconds, and only if fewer than `most` are there already; say whether the turn came."""
        ticket = object()
        with self._moved:
            if len(self._queue) >= most:
                came = False
            else:
                self._queue.append(ticket)
                came = self._wait(ticket, monotonic() + patience)
        try:
            yield came
        finally:
            with self._moved:
                if ticket in self._queue:
                    self._queue.remove(ticket)
                    self._moved.notify_all()

    def _wait(self, ticket: object, until: float) -> bool:
        while self._queue[0] is not ticket:
            if not self._moved.wait(until - monotonic()) and self._queue[0] is not ticket:
                self._queue.remove(ticket)
                self._moved.notify_all()
                return False
        return True
