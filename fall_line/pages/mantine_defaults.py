"""What Mantine's components are told once for all pages, so that what they write is right for a screen reader too."""

from typing import Any

LANDMARK = "main"  # what opens over the page belongs to it, and is found in it

DEFAULTS: dict[str, dict[str, Any]] = {
    # The list itself scrolls: a scroller around it would be one that no key reaches.
    "Select": {"withScrollArea": False, "comboboxProps": {"portalProps": {"target": LANDMARK}}},
    # A menu holds its items and nothing else.
    "Menu": {"withInitialFocusPlaceholder": False, "portalProps": {"target": LANDMARK}},
    # Its head is no second banner of the page.
    "Modal": {"closeButtonProps": {"aria-label": "Close"}, "attributes": {"header": {"role": "presentation"}}},
}


def mantine_theme() -> dict[str, Any]:
    """Return the theme for Mantine's provider."""
    return {"components": {name: {"defaultProps": props} for name, props in DEFAULTS.items()}}
