# SPDX-License-Identifier: EUPL-1.2
"""What looking into hostile files costs, each in a process of its own (issue 7: H7, M6).

No wrong verdict; each within one second and 150 MB. Files of real programs pass.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from casework.register.gate import inspect
from casework.register.uploads import check_upload, shown_name
from tests.casework.test_gate import GENUINE, HEAVY, HOSTILE, OLE, docx, pdf, picture, png_header
from tests.conftest import ROOT

#: Run by a small process: a child for each file, as the web server starts them.
LOOKING = """
import json, os, sys, time
from casework.register import gate
for name in sorted(os.listdir(sys.argv[1])):
    read, write = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if not child:
        sys.stdin = open(os.path.join(sys.argv[1], name))
        sys.stdout = open(write, "w")
        sys.argv = ["gate", "." + name.rpartition(".")[2]]
        gate.main()
        sys.stdout.flush()
        os._exit(0)
    os.close(write)
    told = open(read).read()
    usage = os.wait4(child, 0)[2]
    print(json.dumps([name, json.loads(told)["fault"], time.monotonic() - begun,
                      usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
"""


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_h7_each_hostile_file_is_refused_within_a_second_and_150_megabytes(tmp_path: Path) -> None:
    files = {f"hostile {n}": each for n, each in enumerate(HOSTILE.values())}
    files |= {f"genuine {n}": each for n, each in enumerate(GENUINE.values())}
    files["genuine heavy"] = (".docx", lambda: docx(document=HEAVY))
    for name, (suffix, make) in files.items():
        (tmp_path / f"{name}{suffix}").write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", LOOKING, str(tmp_path)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(files)
    wrong = [name for name, fault, *_ in told if bool(fault) != name.startswith("hostile")]
    assert wrong == []
    # What is refused has a second; a letter of 700,000 runs is read to its end.
    slow = [(n, cpu) for n, _, _, cpu, _ in told if cpu > (1 if n.startswith("hostile") else 3)]
    assert slow == []
    assert [(name, megabytes) for name, *_, megabytes in told if megabytes > 150] == []


def flagged() -> bytes:
    """A zip whose directory says that its part is encrypted."""
    data = bytearray(docx())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


REFUSED_AT_ONCE: dict[str, tuple[str, bytes]] = {
    "empty": ("brev.pdf", b""),
    "one byte": ("brev.docx", b"P"),
    "four bytes": ("brev.docx", b"PK\x03\x04"),
    "empty zip": ("brev.docx", b"PK\x05\x06" + bytes(18)),
    "encrypted by word": ("brev.docx", OLE),
    "encrypted zip": ("brev.docx", flagged()),
    "word 97": ("brev.doc", OLE),
    "macros by name": ("brev.docm", docx()),
    "template with macros": ("brev.dotm", docx()),
    "workbook with macros": ("brev.xlsm", docx()),
    "program": ("brev.exe", b"MZ"),
    "program behind a pdf's name": ("brev.pdf.exe", pdf()),
    "no kind": ("brev", pdf()),
    "kind and a dot": ("brev.pdf.", pdf()),
    "kind and a blank": ("brev.pdf ", pdf()),
    "page of the web": ("brev.html", b"<html>"),
    "page of the web as pdf": ("brev.pdf", b"<html><script>alert(1)</script>%PDF-1.7 %%EOF"),
    "drawing": ("bild.svg", b"<svg onload='alert(1)'/>"),
    "drawing as picture": ("bild.png", b"<svg onload='alert(1)'/>"),
    "moving picture as picture": ("bild.png", b"GIF89a" + bytes(40)),
    "picture as document": ("brev.docx", picture("PNG")),
    "document as picture": ("bild.png", docx()),
    "huge picture": ("bild.png", png_header(60_000, 60_000)),
    "script of a shell": ("brev.txt", b"#!/bin/sh\nrm -rf /\n"),
    "archive": ("brev.zip", docx()),
}


@pytest.mark.parametrize("name", REFUSED_AT_ONCE)
def test_m6_what_is_no_letter_is_refused_by_name(name: str) -> None:
    filename, data = REFUSED_AT_ONCE[name]
    with pytest.raises(ValidationError) as caught:
        check_upload(SimpleUploadedFile(filename, data))
    assert caught.value.message_dict["files"][0].startswith(filename.strip().rstrip("."))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("brev.pdf", "brev.pdf"),
        ("faktura\u202efdp.docx", "fakturafdp.docx"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("../../etc/brev.pdf", "brev.pdf"),
        ("\u2066x\u2069\u200b.pdf", "x.pdf"),
        ("å" * 300 + ".pdf", "å" * 196 + ".pdf"),
        ("\u202e", "fil"),
    ],
)
def test_7_a_files_name_is_kept_in_signs_that_are_seen(name: str, kept: str) -> None:
    """A name with U+202E showed another kind than the file was of."""
    assert shown_name(ContentFile(b"", name)) == kept


@pytest.fixture(scope="module")
def by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One text, saved by LibreOffice in all the kinds that it writes."""
    folder = tmp_path_factory.mktemp("genuine")
    source = folder / "brev.docx"
    document = Document()
    document.add_heading("Brev", 1)
    document.add_paragraph("Hej från DDE och JavaScript i löpande text.")
    document.add_picture(io.BytesIO(picture("PNG")))
    document.add_table(2, 2).cell(0, 0).text = "1"
    document.save(str(source))
    program = shutil.which("soffice")
    assert program
    for kind in ("odt", "pdf", "docx:MS Word 2007 XML"):
        out = folder / kind[:4].strip(":")
        subprocess.run(
            [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
             "--convert-to", kind, "--outdir", str(out), str(source)],
            capture_output=True, timeout=120, check=True,
        )  # fmt: skip
    return [source, *folder.glob("odt/*"), *folder.glob("pdf/*"), *folder.glob("docx/*")]


@pytest.mark.service("libreoffice")
@pytest.mark.slow
def test_files_of_word_libreoffice_and_pdf_pass(by_libreoffice: list[Path]) -> None:
    assert len(by_libreoffice) == 4
    for path in by_libreoffice:
        inspect(path.read_bytes(), path.suffix)


def test_a_workbook_passes() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "=SUM(B1:B2)"
    book.save(out)
    inspect(out.getvalue(), ".xlsx")
