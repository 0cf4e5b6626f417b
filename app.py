"""Fall Line: watch optimizers descend a loss surface.

python app.py                     serve the page on this machine
python app.py list                what there is
python app.py export NAME FILE    write an experiment to a file
python app.py --plugins FOLDER    with surfaces and optimizers of your own, with each command
gunicorn app:server               serve it elsewhere; never with --preload, for JAX doesn't survive a fork
"""

import logging
import socket
import sys


def serve(host: str, port: int) -> None:
    """Serve the page at http://host:port until Ctrl+C, with a worker beside it that draws animations.

    Raises:
        OSError: nothing can listen there.
    """
    from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: PLC0415, the other commands serve nothing

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Taken before the page is built, so that a port in use is told at once.
    with socket.create_server((host, port), family=family) as listener:
        from fall_line.jobs.supervisor import keep_worker  # noqa: PLC0415
        from fall_line.pages.site import create_app  # noqa: PLC0415, Dash is slow to import

        keep_worker()
        server = make_server(host, port, create_app().server, threaded=True, fd=listener.fileno())
    # One connection carries a whole drag.
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    address = f"[{host}]" if ":" in host else host
    print(f"Fall Line is at http://{address}:{port} — stop it with Ctrl+C", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    from fall_line import command_line

    sys.exit(command_line.main(sys.argv[1:], serve))
else:
    from fall_line.pages.site import create_app
    from fall_line.plugins import load_chosen
    from fall_line.settings import settings

    load_chosen(settings())
    server = create_app().server
