# SPDX-License-Identifier: EUPL-1.2
"""Helpers of the engine's tests: render content, and look into the file."""

from __future__ import annotations

from datetime import UTC, datetime

from docgen.content import ReportContent
from docgen.engine.ooxml import Element, attribute, w
from docgen.engine.package import Package
from docgen.engine.reader import Reading, read_document
from docgen.engine.render import Rendering, render
from docgen.engine.styles import Styles, paragraph_style
from docgen.engine.template import make_template
from docgen.engine.values import Meta
from docgen.layout import READING, report_values

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
    return render(template, report_values(content), meta)


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
