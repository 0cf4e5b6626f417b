"""Serves the page from this process."""

import logging
import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from werkzeug.serving import BaseWSGIServer

# What listens everywhere, and an address that is reserved for documents, to ask by which way the system would go there.
ROUTES = {"0.0.0.0": (socket.AF_INET, "192.0.2.1"), "::": (socket.AF_INET6, "2001:db8::1")}


def serve(host: str, port: int) -> None:
    """Serve the page at http://host:port until Ctrl+C, with a worker beside it that draws animations.

    Raises:
        OSError: nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Taken before the page is built, so that a port in use is told at once.
    with socket.create_server((host, port), family=family) as listener:
        server = page_server(host, port, fd=listener.fileno())
    network = network_address(host, port)
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    print(f"Fall Line is at {address(here, port)} — stop it with Ctrl+C", flush=True)
    if network and here != host:
        print(f"Others in your network find it at {network}", flush=True)
    server.serve_forever()


def address(host: str, port: int) -> str:
    """Return where a browser finds what listens there."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def network_address(host: str, port: int) -> str:
    """Return where other machines find what listens at `host`, or "" if they don't."""
    found = host
    if host in ROUTES:
        family, outside = ROUTES[host]
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((outside, 9))  # nothing is sent; the system says by which of its addresses it would be
            except OSError:
                return ""
            found = probe.getsockname()[0]
    return "" if found in {"localhost", "::1"} or found.startswith("127.") else address(found, port)


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
    app = create_app(network=network_address(host, port), **options)
    return make_server(host, port, app.server, threaded=True, fd=fd)
