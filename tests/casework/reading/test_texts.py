# SPDX-License-Identifier: EUPL-1.2
"""The text of files is read in a child with limits (issue 9)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.reading.jail import Broken, Jail
from casework.reading.texts import DATA_BYTES
from tests import documents

SECONDS = 1.0
"""What an ordinary file may take, the child being awake."""


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail("casework.reading.texts", seconds=15) as kept:
        yield kept


def read(jail: Jail, suffix: str, data: bytes) -> tuple[str, str]:
    told, text = jail.ask({"suffix": suffix}, data)
    return str(told.get("state", "unreadable")), text.decode()


@pytest.mark.parametrize(
    ("suffix", "data", "words"),
    [
        (".docx", documents.docx("Gatubelysning på Storgatan"), ["Gatubelysning på Storgatan",
                                                                  "Tabellcell", "Sidhuvud"]),
        (".odt", documents.odt("Gatubelysning på Storgatan"), ["Rubrik\nGatubelysning", "slut"]),
        (".pdf", documents.pdf("Gatubelysning på Storgatan", "Sida två"), ["Gatubelysning på",
                                                                          "Sida två"]),
        (".txt", "Gatubelysning på Storgatan".encode("cp1252"), ["Gatubelysning på Storgatan"]),
        (".txt", "Gatubelysning på".encode("utf-16"), ["Gatubelysning på"]),
        (".eml", documents.eml("Gatubelysning på Storgatan"), ["Ett brev", "Gatubelysning på"]),
    ],
)  # fmt: skip
def test_9_the_text_is_read(jail: Jail, suffix: str, data: bytes, words: list[str]) -> None:
    read(jail, suffix, data)
    start = time.monotonic()
    state, text = read(jail, suffix, data)
    assert time.monotonic() - start < SECONDS
    assert state == "read"
    for word in words:
        assert word in text


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".pdf", b"%PDF-1.7 x\n%%EOF"),
        (".pdf", documents.pdf("x")[:200]),
        (".docx", b"PK\x03\x04 nonsense"),
        (".docx", documents.zipped(("word/document.xml", "<w:document>"))),
        (".docx", documents.zipped(("other.xml", "<a/>"))),
        (".odt", documents.zipped(("content.xml",
            '<!DOCTYPE a [<!ENTITY x "y">]><text:p xmlns:text="t">&x;</text:p>'))),
        (".exe", b"MZ"),
    ],
)  # fmt: skip
def test_9_what_cannot_be_read_is_said_to_be(jail: Jail, suffix: str, data: bytes) -> None:
    assert read(jail, suffix, data) == ("unreadable", "")


def test_9_a_scanned_page_holds_no_text(jail: Jail) -> None:
    assert read(jail, ".pdf", documents.pdf("")) == ("empty", "")


def test_9_a_file_that_wants_too_much_ends_its_child_and_no_other(jail: Jail) -> None:
    bomb = documents.zipped(("word/document.xml", f"<w:p><w:t>{'a' * 200_000_000}</w:t></w:p>"))
    state, text = read(jail, ".docx", bomb)
    assert state in {"read", "unreadable"}
    assert len(text) <= 600_000
    assert read(jail, ".txt", b"Hej") == ("read", "Hej")


def test_9_a_big_file_is_read_in_little_memory(jail: Jail) -> None:
    """The address space is limited, so a peak can be no larger; the figure tells how near it is."""
    data = documents.pdf(*(f"Sida {number} " + "ord " * 100 for number in range(300)))
    state, _text = read(jail, ".pdf", data)
    assert state == "read"
    child = jail._child
    assert child is not None
    status = Path(f"/proc/{child.pid}/status").read_text()
    peak = next(x for x in status.splitlines() if x.startswith("VmHWM"))
    assert int(peak.split()[1]) * 1024 < DATA_BYTES


def test_9_a_child_that_dies_is_followed_by_another() -> None:
    with Jail("casework.reading.texts", seconds=5) as jail:
        assert jail.ask({"suffix": ".txt"}, b"Hej")[1] == b"Hej"
        assert jail._child is not None
        jail._child.kill()
        with pytest.raises(Broken):
            jail.ask({"suffix": ".txt"}, b"Hej")
        assert jail.ask({"suffix": ".txt"}, b"Hej")[1] == b"Hej"
