# SPDX-License-Identifier: EUPL-1.2
"""Number, date, sender and title in every place where a file says them (issue 7)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from docgen.content import ReportContent
from docgen.engine.controls import key_of
from docgen.engine.ooxml import make, w
from docgen.engine.package import Package
from tests.docgen.editing import (
    body_of,
    changes,
    control,
    header,
    run,
    set_text,
    tamper_dnr,
    told,
)
from tests.docgen.rendering import make as render

CARRIERS = ("first", "default", "store", "core", "property")


@pytest.fixture(scope="module")
def sent(rich_content: ReportContent) -> bytes:
    return render(rich_content).data


@pytest.fixture(scope="module")
def resaved(sent: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file as LibreOffice saves it; it keeps all five carriers."""
    folder: Path = tmp_path_factory.mktemp("resaved")
    source = folder / "x.docx"
    source.write_bytes(sent)
    subprocess.run(
        [shutil.which("soffice") or "soffice", f"-env:UserInstallation={folder.as_uri()}/profile",
         "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"),
         str(source)],
        capture_output=True, timeout=90, check=True,
    )  # fmt: skip
    return (folder / "out" / "x.docx").read_bytes()


@pytest.mark.service("libreoffice")
def test_a_saved_file_gives_no_remarks_of_its_own(sent, resaved):
    assert told(sent, Package.read(resaved)) == []


def _found(sent: bytes, data: bytes, carrier: str) -> None:
    package = Package.read(data)
    assert changes(sent, package) == []
    tamper_dnr(package, carrier, "KS 2026/99")
    set_text(control(package, "decision.text#p1"), "Ändrad.")
    number, point = changes(sent, package)
    assert (number.kind, number.key, number.after) == ("carried", "dnr", "KS 2026/99")
    assert number.before == "KS 2026/12, KS 2026/15"
    assert not number.applicable
    # It may belong to another case: nothing is ticked beforehand.
    assert (point.key, point.applicable, point.ticked) == ("decision.text", True, False)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_another_number_is_found_in_every_carrier(sent, carrier):
    _found(sent, sent, carrier)


@pytest.mark.service("libreoffice")
@pytest.mark.parametrize("carrier", CARRIERS)
def test_another_number_is_found_after_libreoffice(sent, resaved, carrier):
    _found(sent, resaved, carrier)


@pytest.mark.parametrize(
    ("key", "value", "applicable"),
    [("date", "2026-12-24", True), ("department", "Enheten", True), ("title", "Ny", False)],
)
def test_date_department_and_title_are_compared_in_the_headers(sent, key, value, applicable):
    package = Package.read(sent)
    for kind in ("first", "default"):
        for found in header(package, kind).iter(w("sdt")):
            if key_of(found) == key:
                set_text(found, value)
    (change,) = changes(sent, package)
    assert (change.kind, change.key, change.after) == ("carried", key, value)
    assert change.applicable is applicable


def test_a_title_changed_everywhere_is_one_change(sent):
    """In Word the bound places follow the one that was typed in."""
    package = Package.read(sent)
    for root in (body_of(package), header(package, "default")):
        for found in root.iter(w("sdt")):
            if key_of(found) == "title":
                set_text(found, "Ny rubrik")
    next(
        x for x in package.xml("customXml/item1.xml") if x.tag.endswith("}title")
    ).text = "Ny rubrik"
    (change,) = changes(sent, package)
    assert (change.kind, change.key, change.ticked) == ("changed", "title", True)


def test_words_written_in_a_header_are_told(sent):
    package = Package.read(sent)
    header(package, "first").append(make("p", make("ins", run("UTKAST"))))
    assert [(x[0], x[3]) for x in told(sent, package)] == [("inserted", "UTKAST")]
    (change,) = changes(sent, package)
    assert (change.kind, change.applicable) == ("carried", False)
    assert "UTKAST" in change.after
