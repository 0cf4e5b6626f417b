"""A signal that a reader drew by hand: its values, and how a link carries them."""

import base64
import binascii
from typing import Any

from fall_line.experiments.signals import EPOCHS
from fall_line.validation import number, refusal

DRAWN = "drawn"  # the key of such a signal
REACH = 2.0
PER_UNIT = 50  # a drawn value is kept in fiftieths, so that a link holds it in one byte


def kept(field: str, value: Any) -> float:
    """Return `value`, a number from −2 to 2 that `field` holds, to the next fiftieth."""
    return round(number(field, value, -REACH, REACH) * PER_UNIT) / PER_UNIT


def packed(drawn: tuple[float, ...]) -> str:
    """Return the values, each in fiftieths, plus 100, as a byte, in base64: 400 characters."""
    return base64.urlsafe_b64encode(bytes(round((value + REACH) * PER_UNIT) for value in drawn)).decode("ascii")


def unpacked(text: str) -> list[float]:
    """Return the values in `text`, as `packed` writes them."""
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise refusal("drawn", text, f"{EPOCHS} numbers, packed as the page's own links have them") from None
    return [(byte - REACH * PER_UNIT) / PER_UNIT for byte in raw]
