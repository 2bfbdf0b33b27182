# SPDX-License-Identifier: EUPL-1.2
"""The file in other programs' eyes: two validators and LibreOffice."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from docgen import pdf
from docgen.comparison import compare
from docgen.content import DecisionPoint, ReportContent
from docgen.engine.check import annotate
from docgen.engine.ooxml import w
from docgen.engine.package import Package
from docgen.layout import FIELDS
from tests.docgen.conftest import ROOT
from tests.docgen.rendering import TEMPLATE, make, read

TOOL = "tools/node/node_modules/.bin/ooxml-validator"


def _validator() -> str:
    return os.environ.get("OOXML_VALIDATOR") or str(ROOT / TOOL)


def _misspelt() -> bytes:
    package = Package.read(TEMPLATE)
    control = next(package.xml(package.document).iter(w("sdt")))
    control.find(f"{w('sdtPr')}/{w('alias')}").set(w("val"), "offisers")
    return package.save()


@pytest.fixture(params=["founding", "rich_content", "template", "annotated"])
def made(request: pytest.FixtureRequest) -> bytes:
    if request.param == "template":
        return TEMPLATE
    if request.param == "annotated":
        return annotate(_misspelt(), FIELDS)
    return make(request.getfixturevalue(request.param)).data


def test_openxml_audit_finds_nothing(made, tmp_path):
    file = tmp_path / "x.docx"
    file.write_bytes(made)
    result = OpenXmlValidator().validate(file)
    assert [str(x) for x in result.errors] == []


@pytest.mark.service("ooxml-validator")
def test_the_open_xml_sdk_finds_nothing(made, tmp_path):
    file = tmp_path / "x.docx"
    file.write_bytes(made)
    done = subprocess.run([_validator(), str(file)], capture_output=True, text=True, timeout=60)
    answer = json.loads(done.stdout)
    assert answer["errors"] == []
    assert answer["ok"]


def _pages(data: bytes, folder: Path) -> list[str]:
    file = folder / "x.pdf"
    file.write_bytes(pdf.to_pdf(data))
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True)
    return done.stdout.removesuffix("\f").split("\f")


@pytest.mark.service("libreoffice")
def test_the_founding_document_as_pages(founding, tmp_path):
    rendering = make(founding)
    pages = _pages(rendering.data, tmp_path)
    total = len(pages)
    assert total == rendering.pages
    for number, page in enumerate(pages, start=1):
        assert f"Sida {number} ({total})" in page
        assert "Dnr: 031-3884/2007" in page
    first = pages[0]
    order = [
        "Stadsledningskontoret",
        "Handläggare",
        "Utvecklingsmodell",
        "Förslag till beslut",
        "Rådets ordförande utser",
        "Stadsdirektören",
        "Sammanfattning",
    ]
    found = [first.rindex(x) if x == "Stadsdirektören" else first.index(x) for x in order]
    assert found == sorted(found)
    numbers = re.findall(r"^ *(\d)\. ", first, re.MULTILINE)
    assert numbers == ["1", "2", "1", "2", "3", "4", "5"]


@pytest.mark.service("libreoffice")
@pytest.mark.slow
@pytest.mark.parametrize("length", [0, 3, 9, 16])
def test_the_number_of_pages_is_worked_out_well(
    founding: ReportContent, length: int, tmp_path: Path
) -> None:
    section = founding.sections[1]
    more = tuple(dataclasses.replace(section, id=f"m{n}") for n in range(length))
    rendering = make(dataclasses.replace(founding, sections=(*founding.sections, *more)))
    assert abs(len(_pages(rendering.data, tmp_path)) - rendering.pages) <= (0 if length < 9 else 1)


@pytest.mark.service("libreoffice")
def test_no_heading_stands_alone_at_the_foot_of_a_page(founding, tmp_path):
    headings = {x.heading for x in founding.sections}
    for filler in range(0, 12, 4):
        group = founding.decisions[1]
        points = (*group.points, *(DecisionPoint(f"f{n}", "Ord.") for n in range(filler)))
        changed = dataclasses.replace(group, points=points)
        content = dataclasses.replace(founding, decisions=(founding.decisions[0], changed))
        for page in _pages(make(content).data, tmp_path):
            last = [line.strip() for line in page.splitlines() if line.strip()][-1]
            assert last not in headings


@pytest.mark.service("libreoffice")
def test_saved_anew_by_libreoffice_it_reads_the_same(rich_content, founding, tmp_path):
    program = shutil.which("soffice")
    assert program
    for name, content in (("a", rich_content), ("b", founding)):
        source = tmp_path / f"{name}.docx"
        source.write_bytes(make(content).data)
        out = tmp_path / "out"
        profile = (tmp_path / "profile").as_uri()
        subprocess.run(
            [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to",
             "docx:MS Word 2007 XML", "--outdir", str(out), str(source)],
            capture_output=True, timeout=90, check=True,
        )  # fmt: skip
        returned = read((out / source.name).read_bytes())
        assert compare(read(source.read_bytes()), returned) == []
