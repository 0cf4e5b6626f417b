"""Serves the page from this process."""

import logging
import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from werkzeug.serving import BaseWSGIServer


def serve(host: str, port: int) -> None:
    """Serve the page at http://host:port until Ctrl+C, with a worker beside it that draws animations.

    Raises:
        OSError: nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Taken before the page is built, so that a port in use is told at once.
    with socket.create_server((host, port), family=family) as listener:
        server = page_server(host, port, fd=listener.fileno())
    address = f"[{host}]" if ":" in host else host
    print(f"Fall Line is at http://{address}:{port} — stop it with Ctrl+C", flush=True)
    server.serve_forever()


def page_server(host: str, port: int, fd: int | None = None, **options: Any) -> "BaseWSGIServer":
    """Return a server of the page, which is yet to be run, with a worker beside it; `options` are `create_app`'s.

    It listens at `fd`, if that is given; port 0 is any that is free.
    """
    from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: PLC0415, the other commands serve nothing

    from fall_line.jobs.supervisor import keep_worker  # noqa: PLC0415
    from fall_line.pages.site import create_app  # noqa: PLC0415, Dash is slow to import

    keep_worker()
    # One connection carries a whole drag.
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    return make_server(host, port, create_app(**options).server, threaded=True, fd=fd)
