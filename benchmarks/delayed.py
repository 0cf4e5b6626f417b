"""A server that is far away: Fall Line or the page that returns whole figures, every answer some time later.

    python -m benchmarks.delayed fall-line 60
    python -m benchmarks.delayed whole-figure 60 --steps 1000

The time is added to every answer, to scripts and styles as well, before the first byte.
"""

import argparse
import logging
import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

Answer = Callable[[dict[str, Any], Any], Iterable[bytes]]


def delayed(answer: Answer, delay: float) -> Answer:
    """Return the WSGI application `answer`, `delay` ms later."""

    def later(environment: dict[str, Any], start: Any) -> Iterable[bytes]:
        time.sleep(delay / 1000)
        return answer(environment, start)

    return later


def application(name: str, steps: int) -> Answer:
    """Return Fall Line, or the page that returns whole figures with so many `steps`."""
    if name == "fall-line":
        from app import server  # noqa: PLC0415, only one of them is made

        return server
    from benchmarks.whole_figure_page import create_app  # noqa: PLC0415

    return create_app(steps).server


def main() -> None:
    """Serve as `app.serve` does, at the PORT of the environment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=("fall-line", "whole-figure"))
    parser.add_argument("delay", type=float, help="added to every answer, ms")
    parser.add_argument("--steps", type=int, default=125, help="of the whole figure's runs, 125 unless given")
    given = parser.parse_args()
    answer = delayed(application(given.name, given.steps), given.delay)
    server = make_server("127.0.0.1", int(os.environ["PORT"]), answer, threaded=True)
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server.serve_forever()


if __name__ == "__main__":
    main()
