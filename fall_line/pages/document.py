"""The HTML that a page begins with: a shell that stands until Dash has built the page, and what is loaded, in order.

The shell has the header, and frames where the page's parts will be; the Explore page's has a picture of its experiment.
What the page's own code needs to ask for the first numbers, before Dash has even begun, is in the element `opening`.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from string import Template
from typing import Any, ClassVar, NamedTuple

from dash import Dash
from flask import request

from fall_line.components.header import PAGES
from fall_line.experiments.embedding import Embedding, read_embedding
from fall_line.folders import ASSETS
from fall_line.pages.json_answer import code_version

OWN = "built/fall-line.js"
STYLE = "built/fall-line.css"
FIRST = "built/first.js"
UNUSED = ("/dash_table/", "/deps/polyfill@")  # tables, which no page has, and what browsers of today can do themselves

SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
ADDRESS = re.compile(r'<script src="([^"]+)"')


class Beginning(NamedTuple):
    """What a page begins with.

    Attributes:
        shell: HTML that stands until the page does.
        opening: what the page's own code asks for first, as data.
        graphs: whether it has graphs, for which Dash loads one more file.
    """

    shell: str = ""
    opening: dict[str, Any] | None = None
    graphs: bool = False


def shell(kind: str, current: str, main: str, runs: int) -> str:
    """Return the frames of a page: the header, on which the page called `current` stands, and `main` under it.

    Its table will have a row for each of the `runs`.
    """
    names = "".join(
        f'<span class="page-link"{" aria-current=page" if name == current else ""}>{name}</span>' for name in PAGES
    )
    return (
        f'<div id="shell" class="{kind} shell" style="--rows: {runs}" aria-hidden="true"><div class="header">'
        f'<div class="brand"><span class="logo"></span>Fall Line</div><div class="pages">{names}</div></div>'
        f'<div class="{kind}-main">{main}</div><div class="embedded-foot"></div></div>'
    )


class Page(Dash):
    """Dash with HTML of our own around it.

    `beginnings` has for the path of a page what it begins with, made from the query of its address.
    """

    beginnings: ClassVar[dict[str, Callable[[str], Beginning]]] = {}

    def interpolate_index(self, **pieces: Any) -> str:  # type: ignore[override]
        """Return the HTML of the page that is asked for."""
        query = request.query_string.decode("utf-8", "replace")
        begin = self.beginnings.get(request.path)
        beginning = begin(query) if begin else Beginning()
        scripts = [one for one in SCRIPT.findall(pieces["scripts"]) if not any(unused in one for unused in UNUSED)]
        addresses = [address[1] for one in scripts if (address := ADDRESS.search(one))]
        return DOCUMENT.substitute(
            pieces,
            prefix=self.config.requests_pathname_prefix,
            own=self.own(OWN),
            style=self.own(STYLE),
            first=(ASSETS / FIRST).read_text(encoding="utf-8"),
            embedding=attributes(read_embedding(query)[0]),
            programs=code_version(),
            shell=beginning.shell,
            opening=data("opening", beginning.opening),
            preloads="\n".join(
                f'<link rel="preload" as="script" href="{escape(one)}">'
                for one in [*addresses, *(_graph(addresses) if beginning.graphs else ())]
            ),
            scripts="\n".join(scripts),
        )

    def own(self, file: str) -> str:
        """Return the address of a file among the assets; another file has another address."""
        return f"{self.get_asset_url(file)}?v={fingerprint(file)}"


def _graph(addresses: list[str]) -> list[str]:
    """Return the address of what Dash draws graphs with: it stands beside its other components."""
    components = next(one for one in addresses if "/dcc/" in one)
    return [f"{components.rpartition('/')[0]}/async-graph.js"]


@lru_cache
def fingerprint(file: str) -> str:
    """Return what tells this content of a file among the assets from any other."""
    return hashlib.sha256((ASSETS / file).read_bytes()).hexdigest()[:12]


def first_script_hash() -> str:
    """Return what the content policy calls the script in the head."""
    digest = hashlib.sha256((ASSETS / FIRST).read_bytes()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def plotly() -> str:
    """Return the name of Plotly's script among the assets."""
    (file,) = (ASSETS / "vendor").glob("plotly-*.min.js")
    return f"vendor/{file.name}"


def data(name: str, value: Any) -> str:
    """Return the element `name` that holds `value` as JSON."""
    text = json.dumps(value, separators=(",", ":")).replace("<", r"\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'


def attributes(embedding: Embedding | None) -> str:
    """Return what tells style sheet and code of the page that it is embedded, as attributes of its root."""
    if embedding is None:
        return ""
    theme = f' data-theme="{embedding.theme}"' if embedding.theme else ""
    return f' data-embedding="{escape(embedding.query)}" data-hide="{" ".join(embedding.hidden)}"{theme}'


ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%230b63b0' "
    "stroke-linecap='round'%3E%3Cpath d='M2 6c5 0 6 12 11 12 4 0 4-6 9-6' stroke-width='2.6'/%3E%3Ccircle cx='20' "
    "cy='12' r='2.6' fill='%230b63b0'/%3E%3C/svg%3E"
)

# Scripts are named in the head already, so that all are asked for while the shell is painted.
DOCUMENT = Template(f"""<!DOCTYPE html>
<html lang="en"$embedding>
<head>
$metas
$opening
<title>$title</title>
<link rel="icon" href="{ICON}">
<script>$first</script>
<link rel="stylesheet" href="$style">
<script type="module" async id="fall-line" src="$own" data-programs="$programs"></script>
$preloads
<link rel="preload" as="fetch" href="${{prefix}}_dash-layout" crossorigin>
<link rel="preload" as="fetch" href="${{prefix}}_dash-dependencies" crossorigin>
</head>
<body>
$shell
$app_entry
<noscript>Fall Line runs in the browser and needs JavaScript.</noscript>
<footer>
$config
$scripts
$renderer
</footer>
</body>
</html>
""")
