"""How a link wants its page to be shown inside a page of somebody else: `…&embed=1&hide=rail,header&theme=dark`.

These fields are no part of the experiment. A link that opens in a window of its own is without them.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

from fall_line.validation import quoted

PARTS = ("rail", "loss", "outcomes", "player", "header")
HIDDEN = ("rail", "loss", "header")  # unless the link says otherwise
THEMES = ("light", "dark")
FIELD = re.compile(r"(?:^\??|(?<=&))(embed|hide|theme)(?:=([^&]*))?(?:&|$)")


@dataclass(frozen=True)
class Embedding:
    """What is seen of an embedded page.

    Attributes:
        hidden: those of `PARTS` that are not, in their order.
        theme: one of `THEMES`, or "" for the one that the reader prefers.
    """

    hidden: tuple[str, ...] = HIDDEN
    theme: str = ""

    @property
    def query(self) -> str:
        """The fields of a link that ask for it."""
        return f"embed=1&hide={','.join(self.hidden)}" + (f"&theme={self.theme}" if self.theme else "")


def read_embedding(query: str) -> tuple[Embedding | None, list[str]]:
    """Return the embedding that `query` asks for, or None, and a sentence for each field that can't be used."""
    given = {name: unquote_plus(value).strip() for name, value in FIELD.findall(query)}
    if not given:
        return None, []
    if given.get("embed") != "1":
        return None, [_not_embedded(given)]
    hidden, hiding = _hidden(given)
    theme = given.get("theme", "")
    wrong = [] if theme in ("", *THEMES) else [f"Theme is {quoted(theme)}; it must be light or dark."]
    return Embedding(hidden, "" if wrong else theme), hiding + wrong


def without_embedding(query: str) -> str:
    """Return `query` without the fields of an embedding."""
    return FIELD.sub("", query).removesuffix("&")


def _not_embedded(given: dict[str, str]) -> str:
    if "embed" in given:
        return f"Embed is {quoted(given['embed'])}; it must be 1."
    return f"{next(iter(given)).capitalize()} means something only in a link that has embed=1 too."


def _hidden(given: dict[str, str]) -> tuple[tuple[str, ...], list[str]]:
    named = [name.strip() for name in given.get("hide", ",".join(HIDDEN)).split(",") if name.strip()]
    hidden = tuple(part for part in PARTS if part in named)
    unknown = [name for name in named if name not in PARTS]
    if not unknown:
        return hidden, []
    allowed = f"{', '.join(PARTS[:-1])} and {PARTS[-1]}"
    return hidden or HIDDEN, [
        f"Hide is {quoted(','.join(unknown))}; it must be some of {allowed}, with commas between."
    ]
