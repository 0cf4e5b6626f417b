"""The files that a page loads, compressed as well as can be: that takes seconds, once for each version of a file.

Until it is done a file travels as Flask-Compress sends it, which is quick and a fifth larger.
"""

import gzip
import hashlib
import os
import re
import threading
import zlib
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from uuid import uuid4

import brotli
from flask import Flask, Response, request

from fall_line.settings import cache_folder

FOLDERS = ("/assets/", "/_dash-component-suites/")
KINDS = ("text/javascript", "application/javascript", "text/css")
LEAST = 500  # bytes
WAYS = {
    "br": (partial(brotli.compress, quality=11), brotli.decompress),
    "gzip": (partial(gzip.compress, mtime=0), gzip.decompress),
}
LINKED = re.compile(r'(?:src|href)="(/[^"]+)"')
PAGE = "/"

_squeezed: dict[str, bytes] = {}
_waiting: SimpleQueue[tuple[str, str, bytes]] = SimpleQueue()
_asked: set[str] = set()


def compress_files(server: Flask) -> None:
    """Let `server` send scripts and style sheets as small as Brotli makes them, or gzip where that isn't known."""
    threading.Thread(target=_work, daemon=True).start()
    server.after_request(_compressed)


def visit(server: Flask) -> None:
    """Load what the page loads, as a browser does, so that it is compressed before the first reader comes."""
    client = server.test_client()
    for address in dict.fromkeys(LINKED.findall(client.get(PAGE).get_data(as_text=True))):
        if address.startswith(FOLDERS):
            client.get(address, headers={"Accept-Encoding": "br"}, buffered=True)


def _compressed(response: Response) -> Response:
    plain = request.method == "GET" and response.status_code == 200 and "Content-Encoding" not in response.headers
    if not plain or not request.path.startswith(FOLDERS) or response.mimetype not in KINDS:
        return response
    encoding = next((one for one in WAYS if request.accept_encodings[one]), None)
    if encoding is None:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    squeezed = _squeeze(body, encoding) if len(body) >= LEAST else None
    if squeezed is not None:
        response.set_data(squeezed)
        response.headers["Content-Encoding"] = encoding
        response.vary.add("Accept-Encoding")
    return response


def _squeeze(body: bytes, encoding: str) -> bytes | None:
    """Return `body` compressed, or None as long as that is yet to be done."""
    name = f"{hashlib.sha256(body).hexdigest()[:40]}.{encoding}"
    if name not in _squeezed and name not in _asked:
        _asked.add(name)
        kept = _read(name, encoding, body)
        if kept is None:
            _waiting.put((name, encoding, body))
        else:
            _squeezed[name] = kept
    return _squeezed.get(name)


def _read(name: str, encoding: str, body: bytes) -> bytes | None:
    """Return what an earlier start has kept of `body`, or None if there is nothing, or nothing that can be used."""
    try:
        kept = _file(name).read_bytes()
        return kept if WAYS[encoding][1](kept) == body else None
    except (OSError, EOFError, zlib.error, brotli.error):
        return None


def _work() -> None:
    while True:
        name, encoding, body = _waiting.get()
        try:
            _squeezed[name] = WAYS[encoding][0](body)
        except MemoryError:
            continue
        _keep(name)


def _keep(name: str) -> None:
    """Keep what was compressed for the next start; without a folder for it it is done again."""
    try:
        _file(name).parent.mkdir(parents=True, exist_ok=True)
        written = _file(f"{name}.{uuid4().hex}")
        written.write_bytes(_squeezed[name])
        os.replace(written, _file(name))
    except OSError:
        pass


def _file(name: str) -> Path:
    return cache_folder() / "compressed" / name
