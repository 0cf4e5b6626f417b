"""A page with everything in it: it works from any place, and forbids the browser to fetch anything."""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from fall_line.experiments.tuned_words import tuned_words
from fall_line.folders import ASSETS

if TYPE_CHECKING:
    from fall_line.experiments.experiment_run import Run

OWN = Path(__file__).parent


def document(
    texts: dict[str, str],
    shown: dict[str, bool],
    data: dict[str, Any],
    styles: Iterable[Path],
    scripts: Iterable[Path],
    programs: str = "",
) -> str:
    """Return the page as HTML.

    `texts` has kind, theme, text size, name and subtitle as plain text, formula and main as HTML. `shown` says whether
    title and formula are. `data` has the experiment and whatever the scripts read, each in an element of its name.
    `programs` is a script that was made for this page, if there is one.
    """
    code = [*(file.read_text(encoding="utf-8") for file in scripts), *filter(None, [programs])]
    return fragment(
        "page",
        **{name: texts[name] for name in ("kind", "theme", "text_size", "formula", "main")},
        **{name: escape(texts[name]) for name in ("name", "subtitle")},
        **{f"{name}_hidden": hidden(not shown[name]) for name in ("title", "formula")},
        **{name: inlined(value) for name, value in data.items()},
        policy=_policy(code),
        styles="\n".join(file.read_text(encoding="utf-8") for file in styles),
        scripts="\n".join(f"<script>{script}</script>" for script in code),
    )


def fragment(piece: str, /, **values: str) -> str:
    """Return the `piece` of HTML, with `values`, which are HTML themselves, in their places."""
    return Template((OWN / f"{piece}.html").read_text(encoding="utf-8")).substitute(values)


def footer(page: str, query: str) -> str:
    """Return the page's end: how to go on from here with the link's `query` of `page`, unless it is empty."""
    return fragment("footer", onward=fragment("onward", page=page, query=escape(query)) if query else "")


def tuned(runs: Iterable["Run"]) -> str:
    """Return how the runs that are shown were tuned, said once, as HTML."""
    words = tuned_words(one for one in runs if not one.hidden)
    return f'<p class="tuned-words">{escape(words)}</p>' if words else ""


def hidden(hidden: bool) -> str:
    """Return what an element says of itself that is hidden, or isn't."""
    return " hidden" if hidden else ""


def inlined(data: Any) -> str:
    """Return `data` as JSON in ASCII without a character that means something in HTML."""
    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def compressed(content: bytes) -> str:
    """Return `content` as gzip in base64: a file isn't compressed on its way."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode("ascii")


def built(name: str) -> Path:
    """Return the script or style sheet of this name that is built from client/standalone."""
    return ASSETS / "built" / name


def _policy(scripts: list[str]) -> str:
    """Return the content policy: nothing is fetched, and no script runs but `scripts`."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:"
