# SPDX-License-Identifier: EUPL-1.2
"""Hostile files are refused before anything opens them."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from casework.register.packages import MAX_ENTRIES
from docgen.engine.errors import DocumentError, UnsafeFile
from docgen.engine.guard import inspect_ooxml
from docgen.engine.ooxml import R
from docgen.engine.package import Package
from docgen.readback import read_safely
from tests.docgen.rendering import TEMPLATE, make


def _with(*extra: tuple[str, bytes], drop: str = "") -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(TEMPLATE)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name != drop:
                target.writestr(name, source.read(name))
        for name, data in extra:
            target.writestr(name, data)
    return out.getvalue()


def _rels(kind: str, target: str, mode: str = "External") -> bytes:
    package = Package.read(TEMPLATE)
    package.relate("word/document.xml", kind, target, external=mode == "External")
    return package.save()


def _macro_type() -> bytes:
    types = zipfile.ZipFile(io.BytesIO(TEMPLATE)).read("[Content_Types].xml")
    types = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return _with(("[Content_Types].xml", types), drop="[Content_Types].xml")


HOSTILE = {
    "bomb": lambda: _with(("word/bomb.xml", b"<a>" + b" " * 40_000_000 + b"</a>")),
    "many entries": lambda: _with(*((f"word/x{n}.xml", b"<a/>") for n in range(MAX_ENTRIES))),
    "climbing name": lambda: _with(("../../etc/passwd", b"x")),
    "absolute name": lambda: _with(("/etc/passwd", b"x")),
    "backslash": lambda: _with(("word\\x.xml", b"x")),
    "twice": lambda: _with(("WORD/document.xml", b"<a/>")),
    "macro": lambda: _with(("word/vbaProject.bin", b"x")),
    "macro type": _macro_type,
    "activex": lambda: _with(("word/activeX/activeX1.xml", b"<a/>")),
    "outside picture": lambda: _rels(f"{R}/image", "https://example.org/x.png"),
    "outside template": lambda: _rels(f"{R}/attachedTemplate", "https://example.org/x.dotm"),
    "script link": lambda: _rels(f"{R}/hyperlink", "javascript:alert(1)"),
    "dtd": lambda: _with(
        ("word/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ),
    "dtd in utf-16": lambda: _with(
        ("word/x.xml", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"))
    ),
    "no document": lambda: _with(drop="[Content_Types].xml"),
    "not a zip": lambda: b"%PDF-1.7",
    "empty": lambda: b"",
    "cut short": lambda: TEMPLATE[:4000],
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_refused_quickly_and_in_words(name):
    data = HOSTILE[name]()
    begun = time.monotonic()
    with pytest.raises(UnsafeFile) as caught:
        inspect_ooxml(io.BytesIO(data))
    assert time.monotonic() - begun < 2
    assert str(caught.value).endswith(".")


def test_ordinary_files_pass(rich_content):
    for data in (TEMPLATE, make(rich_content).data, _rels(f"{R}/hyperlink", "https://a.example/")):
        file = io.BytesIO(data)
        inspect_ooxml(file)
        assert file.tell() == 0


def test_reading_happens_in_a_child_with_limits(rich_content, monkeypatch):
    reading = read_safely(make(rich_content).data)
    assert reading.title == rich_content.title
    # Small enough to pass the gate, deep enough to be heavy: the child ends, we do not.
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    name = "word/document.xml"
    with pytest.raises(DocumentError):
        read_safely(_with((name, deep), drop=name))


def test_a_slow_child_is_ended(rich_content, monkeypatch):
    from docgen import readback

    monkeypatch.setattr(readback, "SECONDS", 0.001)
    with pytest.raises(DocumentError, match="lång tid"):
        read_safely(make(rich_content).data)
