# SPDX-License-Identifier: EUPL-1.2
"""Helpers of the engine's tests: render content, and look into the file."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from docgen.content import ReportContent
from docgen.engine.ooxml import Element, attribute, w
from docgen.engine.package import Package
from docgen.engine.reader import Reading, read_document
from docgen.engine.render import Rendering, render
from docgen.engine.styles import Styles, paragraph_style
from docgen.engine.template import make_template
from docgen.engine.values import Meta
from docgen.layout import READING, SIGNED, report_values
from tests.conftest import VERAPDF

TEMPLATE = make_template()


def make(content: ReportContent, template: bytes = TEMPLATE, revision: str = "7") -> Rendering:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    meta = Meta(
        content.title,
        content.administration,
        moment,
        moment,
        identifier=", ".join(content.dnr),
        category="Tjänsteutlåtande",
        provenance={
            "InitiativReport": "3",
            "InitiativRevision": revision,
            "InitiativDnr": ", ".join(content.dnr),
        },
    )
    return render(template, report_values(content), meta, signed=SIGNED)


def read(data: bytes) -> Reading:
    return read_document(data, READING)


def places(reading: Reading) -> dict[tuple[str, str], str]:
    return {(x.key, x.item): x.html or x.text for x in reading.fields}


def body(package: Package) -> Element:
    return package.xml(package.document)


def styled(package: Package) -> list[tuple[str, str]]:
    """Style name and text of every paragraph of the body."""
    styles = Styles(package)
    return [
        (
            styles.name_of(paragraph_style(p)),
            "".join(x.text or "" for x in p.iter(w("t"))),
        )
        for p in body(package).iter(w("p"))
    ]


def list_numbers(package: Package, style: str) -> list[tuple[str, str]]:
    """numId and text of the points in a style."""
    styles = Styles(package)
    return [
        (
            attribute(p.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")) or "",
            "".join(x.text or "" for x in p.iter(w("t"))),
        )
        for p in body(package).iter(w("p"))
        if styles.name_of(paragraph_style(p)) == style
    ]


def pdf_text(file: Path, *, body_only: bool = False) -> str:
    """The words of a PDF in the order of reading; without the headers of following pages."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(file), "-"]
    pages = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")
    if not body_only:
        return "\n".join(pages)
    cropped = [*command[:-2], "-f", "2", "-x", "0", "-y", "85", "-W", "600", "-H", "720"]
    later = subprocess.run(
        [*cropped, *command[-2:]], capture_output=True, text=True, check=True
    ).stdout
    return pages[0] + later


def verapdf_faults(files: list[Path]) -> list[str]:
    """What veraPDF has to say against the files: both profiles of each, one process for all."""
    done = subprocess.run(
        ["java", "-cp", f"{VERAPDF}/*", "org.verapdf.apps.GreenfieldCliWrapper",
         "--format", "text", "-v", *map(str, files)],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    lines = [line.replace(f"{files[0].parent}/", "") for line in done.stdout.splitlines()]
    passed = {line for line in lines if line.startswith("PASS ")}
    wanted = {f"PASS {file.name} {profile}" for file in files for profile in ("2b", "ua1")}
    return sorted(wanted - passed) + [line for line in lines if line.startswith(("FAIL", "  FAIL"))]
