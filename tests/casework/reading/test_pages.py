# SPDX-License-Identifier: EUPL-1.2
"""The pages of files are drawn in a child with limits (issue 9)."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from casework.reading.jail import Broken, Jail
from casework.reading.pages import COUNT_ONLY, MOST_PIXELS, READERS, WIDTH
from tests import documents
from tests.casework.test_gate import HOSTILE


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail("casework.reading.pages", seconds=10) as kept:
        yield kept


def drawn(jail: Jail, suffix: str, data: bytes, number: int) -> tuple[int, bytes]:
    told, picture = jail.ask({"suffix": suffix, "number": number}, data)
    return int(told["pages"]), picture


def scan(pages: int, kind: str = "TIFF", size: tuple[int, int] = (1240, 1754)) -> bytes:
    """As a scanner makes it: each page of its own shade."""
    first, *rest = [Image.new("L", size, 255 - 20 * number) for number in range(pages)]
    kept = io.BytesIO()
    first.save(kept, kind, **({"save_all": True, "append_images": rest} if rest else {}))
    return kept.getvalue()


@pytest.mark.parametrize(
    ("suffix", "data", "pages"),
    [
        (".pdf", documents.pdf("Gatubelysning", "Sida två"), 2),
        (".tif", scan(3), 3),
        (".tiff", scan(1), 1),
        (".png", scan(1, "PNG"), 1),
        (".jpg", scan(1, "JPEG"), 1),
    ],
)
def test_9_every_page_is_drawn(jail: Jail, suffix: str, data: bytes, pages: int) -> None:
    assert drawn(jail, suffix, data, COUNT_ONLY) == (pages, b"")
    seen = set()
    for number in range(1, pages + 1):
        count, picture = drawn(jail, suffix, data, number)
        assert count == pages
        with Image.open(io.BytesIO(picture)) as page:
            assert (page.format, page.width) == ("WEBP", WIDTH)
        seen.add(picture)
    assert len(seen) == pages
    assert drawn(jail, suffix, data, pages + 1) == (0, b"")


def test_9_a_page_that_is_very_high_is_drawn_narrower(jail: Jail) -> None:
    _count, picture = drawn(jail, ".png", scan(1, "PNG", (400, 40_000)), 1)
    with Image.open(io.BytesIO(picture)) as page:
        assert page.width * page.height <= MOST_PIXELS * 1.01


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".pdf", b"%PDF-1.7 x\n%%EOF"),
        (".pdf", documents.pdf("x")[:200]),
        (".tif", b"II*\x00nonsense"),
        (".png", scan(1, "PNG", (9000, 9000))),
        (".docx", documents.docx("Text")),
        (".svg", b"<svg/>"),
    ],
)
def test_9_what_cannot_be_drawn_is_said_to_be(jail: Jail, suffix: str, data: bytes) -> None:
    assert drawn(jail, suffix, data, 1) == (0, b"")


def test_9_no_hostile_file_ends_more_than_its_child(jail: Jail) -> None:
    """The gate refuses them; should one have passed, all that comes out is pixels or nothing."""
    for suffix, make in HOSTILE.values():
        if suffix not in READERS:
            continue
        try:
            _count, picture = drawn(jail, suffix, make(), 1)
        except Broken:
            picture = b""
        assert picture[:4] in {b"", b"RIFF"}
    assert drawn(jail, ".pdf", documents.pdf("x"), COUNT_ONLY) == (1, b"")
