"""Ids of the pieces that pages share, declared once."""

from typing import Any

PROVIDER = "provider"
THEME = "theme"
ABOUT = "about"
ABOUT_DIALOG = "about-dialog"
PLUGINS = "plugin-notice"
PLUGINS_SEEN = "plugin-notice-seen"
PLUGIN_FAULTS = "plugin-faults"
COPIED = "copied"
COPIED_MORE = "copied-more"
OPEN_WHOLE = "open-whole"
PROBLEM = "problem"
CONNECTION = "connection"
EXPORT = "export"
EXPORT_DIALOG = "export-dialog"
EXPORT_BODY = "export-body"
EXPORT_OFFER = "export-offer"


def page_link(name: str) -> str:
    """The link to the page `name` in the header of another."""
    return f"page-{name.lower()}"


def slider(owner: Any, key: Any) -> dict[str, Any]:
    """The slider of `key`, a number of `owner`: `run-0`, `surface` or `experiment`."""
    return {"type": "slider", "owner": owner, "key": key}


def number(owner: Any, key: Any) -> dict[str, Any]:
    """The number field beside the slider of the same owner and key."""
    return {"type": "number", "owner": owner, "key": key}


def field(key: Any) -> dict[str, Any]:
    """A number field of the experiment that has no slider."""
    return {"type": "field", "key": key}


def schedule(name: Any, index: Any) -> dict[str, Any]:
    """The kind of schedule that `learning_rate` or `momentum` of the run at `index` follows."""
    return {"type": "schedule", "schedule": name, "run": index}


def of_run(type_: str, index: Any) -> dict[str, Any]:
    """A piece of the run at `index` in the list: `name`, `hide`, `unfold`, `action`, `method`, `formula`."""
    return {"type": type_, "run": index}


def action(name: Any, index: Any) -> dict[str, Any]:
    """An item of a run's menu: `duplicate`, `up`, `down`, `remove`, `response`."""
    return {"type": "action", "action": name, "run": index}
