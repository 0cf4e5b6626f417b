"""Words with an explanation: told under a mouse, at a tap and by the keyboard; see client/shell/hints.ts."""

from typing import Any

from dash import html

from fall_line.components.attributes import data


def hinted(words: str, hint: str, className: str = "hinted", **more: Any) -> html.Button:  # noqa: N803
    """Return `words`, which `hint` explains; `more` are attributes."""
    return html.Button(words, type="button", className=className, **data(hint=hint), **more)


def column_heads(heads: tuple[tuple[str, str], ...]) -> html.Thead:
    """Return the head of a table whose columns are called so, each with its explanation, if there is one."""
    return html.Thead(html.Tr([html.Th(hinted(text, hint) if hint else text, scope="col") for text, hint in heads]))
