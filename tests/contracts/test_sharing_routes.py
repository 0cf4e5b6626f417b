"""Where the page is found, who may frame it, and a link as a QR code, which is read back."""

import re
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
from flask.testing import FlaskClient

from app import server
from fall_line.pages.sharing.answers import BORDER, LONGEST

LINK = "http://192.0.2.7:8050/?surface=booth"


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def code(client: FlaskClient, link: Any) -> Any:
    return client.post("/share/code", json={"link": link}).get_json()


def dark(image: str) -> np.ndarray:
    """Which modules of an SVG of horizontal strokes are dark, its border left out."""
    svg = unquote(image.partition(",")[2])
    side = int(re.search(r"viewBox='0 0 (\d+)", svg)[1])  # type: ignore[index]
    strokes = re.search(r"class='qrline' stroke='#000' d='([^']+)'", svg)[1]  # type: ignore[index]
    modules = np.zeros((side, side), dtype=bool)
    x = y = 0.0
    for kind, across, down in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", strokes):
        if kind == "M":
            x, y = float(across), float(down)
        elif kind == "m":
            x, y = x + float(across), y + float(down)
        else:
            modules[int(y), int(x) : int(x + float(across))] = True
            x += float(across)
    assert not modules[:BORDER].any()
    assert not modules[:, :BORDER].any()
    return modules[BORDER:-BORDER, BORDER:-BORDER]


# Of ISO/IEC 18004, as far as a code of version 2 to 6 in one block needs it.
MASKS = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: (i * j) % 2 + (i * j) % 3 == 0,
    lambda i, j: ((i * j) % 2 + (i * j) % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + (i * j) % 3) % 2 == 0,
)
MEDIUM = 0b00


def reserved(side: int) -> np.ndarray:
    """Which modules hold no data: finders with what stands beside them, timing, and the one alignment pattern."""
    found = np.zeros((side, side), dtype=bool)
    found[:9, :9] = found[:9, -8:] = found[-8:, :9] = True
    found[6] = found[:, 6] = True
    found[-9:-4, -9:-4] = True
    return found


def read(modules: np.ndarray) -> str:
    """The text of a QR code, its error correction not used."""
    side = len(modules)
    level, mask = divmod(sum(int(bit) << k for k, bit in enumerate(modules[8, 4::-1])) ^ 0b10101, 8)
    assert level == MEDIUM
    inverted = np.array([[MASKS[mask](i, j) for j in range(side)] for i in range(side)])
    plain, taken = modules ^ inverted, reserved(side)
    bits = []
    for turn, right in enumerate([*range(side - 1, 6, -2), *range(5, 0, -2)]):
        rows = range(side - 1, -1, -1) if turn % 2 == 0 else range(side)
        bits += [plain[i, j] for i in rows for j in (right, right - 1) if not taken[i, j]]
    numbers = [int("".join(str(int(bit)) for bit in bits[k : k + 8]), 2) for k in range(4, len(bits) - 8, 8)]
    assert bits[:4] == [False, True, False, False]  # bytes follow
    return bytes(numbers[1 : numbers[0] + 1]).decode()


def test_a_code_holds_the_link(client: FlaskClient) -> None:
    answer = code(client, LINK)
    modules = dark(answer["image"])
    assert answer["modules"] == len(modules) + 2 * BORDER
    assert read(modules) == LINK


def test_the_longest_link_has_a_code_and_a_longer_one_a_sentence(client: FlaskClient) -> None:
    head = "https://a.example/?"
    assert code(client, head + "x" * (LONGEST - len(head)))["modules"] == 177 + 2 * BORDER
    sentence = code(client, head + "x" * (LONGEST - len(head) + 1))["problem"]
    assert sentence == f"This link has {LONGEST + 1} letters; a QR code holds {LONGEST}. Share the link itself."


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "http://a\nb", 7, None, ["http://a"]])
def test_what_is_no_link_gets_a_sentence(client: FlaskClient, link: Any) -> None:
    assert code(client, link)["problem"].endswith("; it must begin with http:// or https://.")


def test_nobody_else_may_frame_the_page_unless_the_settings_say_so(client: FlaskClient) -> None:
    assert client.post("/share/place").get_json() == {"network": "", "framed_by": []}
    assert client.get("/").headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
