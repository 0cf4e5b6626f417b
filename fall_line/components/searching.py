"""How a picker finds what people say: by label, by other names, and, where these don't help, by what it is about."""

from collections.abc import Iterable
from typing import Any

# What a dmc.Select is given besides its options; the functions are in client/runs/searching.ts.
SEARCHED: dict[str, Any] = {
    "searchable": True,
    "filter": {"function": "fallLineFound"},
    "renderOption": {"function": "fallLineOption"},
    "nothingFoundMessage": "Nothing found. Try another word.",
}


def option(
    value: str, label: str, also: Iterable[str] = (), note: str = "", about: Iterable[str] = ()
) -> dict[str, Any]:
    """Return an option of a picker.

    Args:
        value: what is chosen.
        label: what a reader sees.
        also: what else it is called.
        note: a sentence that stands under the label.
        about: what it is about; searched where no label and no other name is found.
    """
    return {"value": value, "label": label, "also": list(dict.fromkeys(also)), "note": note, "about": list(about)}
