"""What Copy link and the Export dialog ask of the place where the page is served, from checked input to plain data."""

from typing import Any

import orjson
import segno

from fall_line.validation import InputError, quoted

NETWORK = "FALL_LINE_NETWORK"  # where the app keeps the address at which other machines find it
FRAMED_BY = "FALL_LINE_FRAMED_BY"  # and who may show it in a frame, as the policy has it
LONGEST = 2331  # bytes of a link: what a QR code holds that can be read with a seventh of it hidden
BORDER = 4  # modules of white around a QR code, as readers want it


def place(network: str, framed_by: str) -> bytes:
    """Return the address at which other machines find this one, "" if it is not known, and who else may frame it."""
    others = [one for one in framed_by.split() if one != "'self'"]
    return orjson.dumps({"network": network, "framed_by": others})


def qr_code(question: Any) -> bytes:
    """Return a link's QR code as the address of an SVG picture, and how many modules it is wide, its border included.

    Raises:
        InputError: it is no link, or too long.
    """
    link = question.get("link") if isinstance(question, dict) else question
    if not isinstance(link, str) or not link.startswith(("http://", "https://")) or not link.isprintable():
        raise InputError(f"The link is {quoted(link)}; it must begin with http:// or https://.")
    size = len(link.encode(errors="replace"))
    if size > LONGEST:
        raise InputError(f"This link has {size} letters; a QR code holds {LONGEST}. Share the link itself.")
    code = segno.make_qr(link.encode(errors="replace"), error="m", encoding=None)
    image = code.svg_data_uri(border=BORDER, dark="#000000", light="#ffffff", omitsize=True)
    return orjson.dumps({"image": image, "modules": code.symbol_size(border=BORDER)[0]})
