"""Attributes that Dash's typed constructors don't know by name."""

from typing import Any


def aria(**values: Any) -> dict[str, Any]:
    """Return `aria-…` attributes: `**aria(label="Player")`. True and False become words."""
    return {f"aria-{name}": str(value).lower() if isinstance(value, bool) else value for name, value in values.items()}


def data(**values: Any) -> dict[str, Any]:
    """Return `data-…` attributes as text: `**data(run=3)`."""
    return {f"data-{name}": str(value) for name, value in values.items()}


def select_name(name: str) -> dict[str, dict[str, str]]:
    """Return the inner attributes of a `dmc.Select` that a screen reader calls `name`, and of its list."""
    return {"input": {"role": "combobox"} | aria(label=name, expanded=False), "options": aria(label="Choices")}
