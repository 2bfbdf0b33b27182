# SPDX-License-Identifier: EUPL-1.2
"""Sixty hostile files and the genuine ones beside them (issue 7: H7, M6)."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from casework.register.gate import inspect
from casework.register.packages import UnsafePackage
from casework.register.uploads import check_upload

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
)
BODY = '<w:document xmlns:w="x"><w:body><w:p>{}</w:p></w:body></w:document>'


def zipped(**parts: str | bytes) -> bytes:
    return zipped_list([(name.replace("__", "/"), data) for name, data in parts.items()])


def zipped_list(parts: list[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def docx(
    *extra: tuple[str, str | bytes], body: str = "", types: str = "", document: bytes = b""
) -> bytes:
    return zipped_list(
        [
            ("[Content_Types].xml", TYPES.format(types)),
            ("word/document.xml", document or BODY.format(body)),
            *extra,
        ]
    )


def rels(kind: str, target: str, mode: str = "External", where: str = "document") -> bytes:
    return docx(
        (
            f"word/_rels/{where}.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{REL}/{kind}" Target="{target}"'
            f"{f' TargetMode={chr(34)}{mode}{chr(34)}' if mode else ''}/></Relationships>",
        )
    )


def odt(*extra: tuple[str, str | bytes], content: str = "<a/>", kind: str = "text") -> bytes:
    return zipped_list(
        [
            ("mimetype", f"application/vnd.oasis.opendocument.{kind}"),
            ("content.xml", content),
            *extra,
        ]
    )


def pdf(body: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    return b"%PDF-1.7\n1 0 obj <<" + body + b">> endobj\n" + end


def in_object_stream(body: bytes) -> bytes:
    packed = zlib.compress(body)
    return b"%PDF-1.7\n1 0 obj <</Type /ObjStm>> stream\n" + packed + b"endstream\n%%EOF"


def png_header(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + head
        + struct.pack(">I", zlib.crc32(head))
        + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    )  # fmt: skip


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, kind)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64
DTD = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


def encoded(name: str) -> bytes:
    return f'<?xml version="1.0" encoding="{name}"?>{DTD}'.encode(name)


LAUGHS = "<!DOCTYPE a [" + "".join(
    f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9)
) + ']><a>&e9;</a>'  # fmt: skip
VBA = '<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
MACRO = (
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
)

HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "bomb": (".docx", lambda: docx(("word/bomb.xml", "<a>" + " " * 30_000_000 + "</a>"))),
    "bomb of many": (
        ".docx",
        lambda: docx(*((f"word/m{n}.bin", b"\0" * 511_000) for n in range(420))),
    ),
    "1,500 parts": (".docx", lambda: docx(*((f"word/x{n}.xml", "<a/>") for n in range(1_500)))),
    "a list of links that is too long": (
        ".docx",
        lambda: docx(("word/_rels/document.xml.rels", "<a/>" + " " * 2_000_000)),
    ),
    "types that are too long": (".docx", lambda: docx(types=" " * 2_000_000)),
    "climbing name": (".docx", lambda: docx(("../../etc/passwd", "x"))),
    "absolute name": (".docx", lambda: docx(("/etc/passwd", "x"))),
    "drive name": (".docx", lambda: docx(("c:/x", "x"))),
    "backslash": (".docx", lambda: docx(("word\\x.xml", "x"))),
    "endless name": (".docx", lambda: docx(("word/" + "x" * 500, "x"))),
    "the same part twice": (".docx", lambda: docx(("WORD/DOCUMENT.XML", "<a/>"))),
    "macros": (".docx", lambda: docx(("word/vbaProject.bin", "x"))),
    "macros by type": (".docx", lambda: docx(types=MACRO)),
    "macros under another name": (".docx", lambda: docx(("word/x.bin", "x"), types=VBA)),
    "macros as a plain part": (".docx", lambda: docx(("word/theme.dat", OLE))),
    "active control": (".docx", lambda: docx(("word/activeX/activeX1.xml", "<a/>"))),
    "excel 4 macros": (".xlsx", lambda: docx(("xl/macrosheets/sheet1.xml", "<a/>"))),
    "outside template": (".docx", lambda: rels("attachedTemplate", "https://a.example/x.dotm")),
    "outside template in settings": (
        ".docx",
        lambda: rels("attachedTemplate", "https://a.example/x.dotm", where="settings"),
    ),
    "outside template, mode in small letters": (
        ".docx",
        lambda: rels("attachedTemplate", "https://a.example/x.dotm", "external"),
    ),
    "outside picture": (".docx", lambda: rels("image", "https://a.example/x.png")),
    "outside picture on a share": (".docx", lambda: rels("image", "file://server/x.png")),
    "linked object": (".docx", lambda: rels("oleObject", "https://a.example/x")),
    "embedded object": (".docx", lambda: rels("oleObject", "embeddings/x.bin", "")),
    "imported html": (".docx", lambda: rels("aFChunk", "x.html", "")),
    "outside workbook": (".xlsx", lambda: rels("externalLinkPath", "https://a.example/x.xlsx")),
    "script link": (".docx", lambda: rels("hyperlink", "javascript:alert(1)")),
    "script link with a tab": (".docx", lambda: rels("hyperlink", "java&#9;script:alert(1)")),
    "data link": (".docx", lambda: rels("hyperlink", "data:text/html,x")),
    "dde": (".docx", lambda: docx(body="<w:instrText>DDEAUTO c:\\\\x</w:instrText>")),
    "dde cut into runs": (
        ".docx",
        lambda: docx(body="<w:instrText>D</w:instrText><w:instrText>DE cmd</w:instrText>"),
    ),
    "dde as a simple field": (".docx", lambda: docx(body='<w:fldSimple w:instr="DDE cmd"/>')),
    "dde in a workbook": (
        ".xlsx",
        lambda: docx(("xl/externalLinks/externalLink1.xml", "<a><ddeLink/></a>")),
    ),
    "dtd": (".docx", lambda: docx(("word/x.xml", DTD))),
    "dtd behind a long comment": (
        ".docx",
        lambda: docx(("word/x.xml", f"<!--{'x' * 6_000}-->{DTD}")),
    ),
    "dtd in two bytes a letter": (
        ".docx",
        lambda: docx(
            ("word/x.xml", f'<?xml version="1.0" encoding="utf-16"?>{DTD}'.encode("utf-16"))
        ),
    ),
    "dtd in ebcdic": (
        ".docx",
        lambda: docx(
            ("word/x.xml", f'<?xml version="1.0" encoding="cp037"?>{DTD}'.encode("cp037"))
        ),
    ),
    "billion laughs": (".docx", lambda: docx(document=LAUGHS.encode())),
    "no document": (".docx", lambda: zipped(a="x")),
    "jar as docx": (".docx", lambda: zipped(**{"META-INF__MANIFEST.MF": "Main-Class: x"})),
    "program as docx": (".docx", lambda: docx(("word/x.exe", "MZ"))),
    "cut short": (".docx", lambda: docx()[:200]),
    "not a zip": (".docx", lambda: b"PK\x03\x04" + b"x" * 400),
    "basic": (".odt", lambda: odt(("Basic/Standard/Module1.xml", "<a/>"))),
    "scripts": (".odt", lambda: odt(("Scripts/python/x.py", "x"))),
    "listener": (".odt", lambda: odt(content='<script:event-listener xmlns:script="x"/>')),
    "odt with an outside picture": (
        ".odt",
        lambda: odt(content='<draw:image xlink:href="https://a.example/x.png"/>'),
    ),
    "odt with a dtd": (".odt", lambda: odt(content=DTD)),
    "encrypted odt": (
        ".odt",
        lambda: odt(("META-INF/manifest.xml", "<a><manifest:encryption-data/></a>")),
    ),
    "any zip as odt": (".odt", lambda: zipped(a="x")),
    "sheet as text": (".odt", lambda: odt(kind="spreadsheet")),
    "pdf with script": (".pdf", lambda: pdf(b"/OpenAction <</S /JavaScript /JS (x)>>")),
    "pdf with script in codes": (".pdf", lambda: pdf(b"/S /J#61vaScript")),
    "pdf with hidden script": (".pdf", lambda: in_object_stream(b"<</S /JavaScript>>")),
    "pdf that starts a program": (".pdf", lambda: pdf(b"/S /Launch /F (cmd.exe)")),
    "pdf cut short": (".pdf", lambda: pdf(end=b"")),
    "huge picture": (".png", lambda: png_header(60_000, 60_000)),
    "impossible picture": (".png", lambda: png_header(2**31 - 1, 2**31 - 1)),
    "html as picture": (".tif", lambda: b"<html><script>alert(1)</script>"),
    "program as picture": (".tiff", lambda: b"MZ" + b"\0" * 100),
    "another picture": (".tif", lambda: picture("PNG")),
    "program as text": (".txt", lambda: b"MZ\x90" + b"\0" * 100),
    "html as text": (".txt", lambda: b"\n <!DOCTYPE html><script>alert(1)</script>"),
    "archive as mail": (".eml", lambda: docx()),
    "html as mail": (".eml", lambda: b"<html>"),
}

GENUINE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "word": (".docx", lambda: docx(body="<w:r><w:t>DDEAUTO i text är ingen fara</w:t></w:r>")),
    "word with fields": (".docx", lambda: docx(body="<w:instrText>PAGE</w:instrText>")),
    "word with a link": (".docx", lambda: rels("hyperlink", "https://a.example/")),
    "word with its own template": (".docx", lambda: rels("settings", "settings.xml", "")),
    "workbook": (".xlsx", lambda: docx(("xl/workbook.xml", "<a/>"))),
    "text document": (
        ".odt",
        lambda: odt(
            content='<a><office:scripts/><draw:image xlink:href="Pictures/1.png"/></a>'
        ).replace(b"", b""),
    ),
    "spreadsheet": (".ods", lambda: odt(kind="spreadsheet")),
    "pdf": (".pdf", lambda: pdf(b"/Type /Catalog /Names (JS)")),
    "png": (".png", lambda: picture("PNG")),
    "jpeg": (".jpg", lambda: picture("JPEG")),
    "tiff": (".tif", lambda: picture("TIFF")),
    "text": (".txt", lambda: "Hej åäö\n".encode()),
    "text in latin-1": (".txt", lambda: "Hej åäö\n".encode("latin-1")),
    "text in two bytes a letter": (".txt", lambda: "Hej åäö\n".encode("utf-16")),
    "mail": (".eml", lambda: b"From: a@a.example\r\nSubject: x\r\n\r\nHej"),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_h7_m6_a_hostile_file_is_refused_quickly_and_in_words(name: str) -> None:
    suffix, make = HOSTILE[name]
    data = make()
    begun = time.monotonic()
    with pytest.raises(UnsafePackage) as caught:
        inspect(data, suffix)
    assert time.monotonic() - begun < 2
    assert str(caught.value).startswith("Fil")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("name", GENUINE)
def test_a_genuine_file_passes(name: str) -> None:
    suffix, make = GENUINE[name]
    inspect(make(), suffix)


def test_there_are_sixty() -> None:
    assert len(HOSTILE) >= 60


#: Passes the directory, and costs what looking costs.
HEAVY = BODY.format("".join(f"<w:r><w:t>{n * n}</w:t></w:r>" for n in range(700_000))).encode()


def test_h7_the_web_process_looks_into_no_file() -> None:
    """What is found comes back from the child with the file's name."""
    assert check_upload(SimpleUploadedFile("brev.docx", docx(document=HEAVY))).endswith("document")
    with pytest.raises(ValidationError) as caught:
        check_upload(SimpleUploadedFile("brev.docx", rels("attachedTemplate", "https://a.example")))
    assert caught.value.message_dict["files"][0].startswith("brev.docx: Filen är kopplad till")
    answer = python("import casework.register.gate, sys; print('django' in sys.modules)")
    assert answer == "False", "the child needs no Django"


def test_h7_the_child_stays_below_150_megabytes() -> None:
    told = python(
        "from casework.register import gate; gate.main();"
        "print([line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line][0])",
        docx(document=HEAVY),
    )
    fault, _, kilobytes = told.partition("}")
    assert fault == '{"fault": ""'
    assert int(kilobytes) // 1024 < 150


def python(script: str, data: bytes = b"") -> str:
    command = [sys.executable, "-c", script, ".docx"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout.decode().strip()
