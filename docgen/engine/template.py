# SPDX-License-Identifier: EUPL-1.2
"""Builds the shipped template. A city edits the file in Word; this module is how it began.

``python -m docgen.engine.template FILE`` writes it. A test keeps the shipped file and this module
in step.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from docgen.engine import crest
from docgen.engine.binding import STORE_NAMESPACE
from docgen.engine.ooxml import DS, PIC, PKG_CT, PKG_REL, WP, A, R, W, parse_xml
from docgen.engine.package import Package
from docgen.engine.properties import write_properties
from docgen.engine.template_parts import (
    BOUND,
    FLUSH,
    STORE_ID,
    Builder,
    border,
    cell,
    field,
    paragraph,
    row,
    run,
    table,
)
from docgen.engine.template_styles import ACCENT, LANGUAGE, numbering_xml, styles_xml
from docgen.engine.template_theme import fonts_xml, theme_xml
from docgen.engine.values import Meta

TEMPLATE_VERSION = "2"
PAGE_WIDTH, PAGE_HEIGHT, SIDE = 11906, 16838, 1701
COLUMN = PAGE_WIDTH - 2 * SIDE
# The column with number and date in the header; the recipients below stand in line with it.
RIGHT = 3000
# Between two signatures side by side.
GAP = 284
LINE = "7A8589"
_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _document() -> str:
    b = Builder(100)
    half = COLUMN - RIGHT
    people = table(
        [half, COLUMN - half],
        row(
            cell(half, paragraph("Etikett", run("Handläggare")))
            + cell(COLUMN - half, paragraph("Etikett", run("Till"))),
            header=True,
        )
        + row(
            cell(
                half,
                b.block(
                    "officers",
                    paragraph("Uppgiftsnamn", b.text("officer.name", "handläggarens namn"))
                    + paragraph(
                        "Uppgift", run("Telefon: ") + b.text("officer.phone", "telefonnummer")
                    )
                    + paragraph("Uppgift", b.text("officer.email", "e-postadress")),
                )
                + "<w:p/>",
            )
            + cell(
                COLUMN - half,
                b.block(
                    "recipients",
                    paragraph("Uppgiftsnamn", b.text("recipient.name", "nämnd eller styrelse"))
                    + paragraph(
                        "Uppgift", run("Sammanträde ") + b.text("recipient.meeting", "datum")
                    ),
                )
                + "<w:p/>",
            )
        ),
        caption="Handläggare och mottagare",
        margins=FLUSH,
    ).replace("<w:p/>", "")
    decisions = b.block(
        "decisions",
        paragraph("Beslutsled", b.text("decision.lead", "vem som beslutar"))
        + b.block(
            "decision.points",
            paragraph(
                "Beslutspunkt",
                b.text("decision.text", "beslutspunkt"),
                '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
            ),
        ),
    )
    signatures = table(
        [COLUMN - GAP, GAP],
        row(
            b.control(
                "signatories",
                cell(
                    COLUMN - GAP,
                    paragraph("Signature", b.text("signatory.name", "namn"))
                    + paragraph("Underskriftstitel", b.text("signatory.title", "titel")),
                    border("top", LINE),
                )
                # A cell between two signatures, so that each has a line of its own.
                + cell(GAP, paragraph("Underskriftstitel", "")),
            )
        ),
        caption="Underskrifter",
        margins=FLUSH,
    )
    widths = [COLUMN * 5 // 10, COLUMN * 3 // 10]
    widths.append(COLUMN - sum(widths))
    heads = ("Remissinstans", "Svar", "Datum")
    consultees = b.block(
        "consultation.table",
        table(
            widths,
            row(
                "".join(
                    cell(x, paragraph("Tabellhuvud", run(y)))
                    for x, y in zip(widths, heads, strict=True)
                ),
                header=True,
            )
            + b.control(
                "consultees",
                row(
                    "".join(
                        cell(x, paragraph("Tabelltext", b.text(y, z)))
                        for x, (y, z) in zip(
                            widths,
                            (
                                ("consultee.name", "remissinstans"),
                                ("consultee.status", "svar"),
                                ("consultee.date", "datum"),
                            ),
                            strict=True,
                        )
                    )
                ),
            ),
            style="Tabell",
            caption="Remissinstanser och deras svar",
        ),
    )
    sections = b.block(
        "sections",
        paragraph("Heading1", b.text("section.heading", "rubrik"))
        + b.rich("section.body", "löpande text")
        + b.block(
            "section.consultation",
            b.rich(
                "consultation.text",
                "om remissen eller varför ingen har hållits",
                "Tabellinledning",
            )
            + consultees,
        ),
    )
    links = b.block(
        "links",
        paragraph("Heading1", b.text("links.heading", "rubrik för anknytande ärenden"))
        + b.block(
            "links.items",
            paragraph("ListBullet", b.text("link.text", "diarienummer och ärende")),
        ),
    )
    dissents = b.block(
        "dissents",
        paragraph("Heading1", b.text("dissents.heading", "rubrik för reservationer"))
        + paragraph("BodyText", b.text("dissents.note", "när och var"))
        + b.block(
            "dissents.items",
            paragraph("Heading2", b.text("dissent.lead", "vem som reserverar sig"))
            + b.block(
                "dissent.points",
                paragraph(
                    "Beslutspunkt",
                    b.text("dissent.point", "eget förslag"),
                    '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
                ),
            )
            + b.rich("dissent.body", "skäl"),
        ),
    )
    attachments = b.block(
        "attachments",
        paragraph("Heading1", b.text("attachments.heading", "rubrik för bilagor"))
        + b.block(
            "attachments.items",
            paragraph(
                "ListNumber",
                b.text("attachment.text", "bilaga"),
                '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
            ),
        ),
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:headerReference w:type="first" r:id="rId4"/>'
        '<w:footerReference w:type="default" r:id="rId5"/>'
        '<w:footerReference w:type="first" r:id="rId5"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="1701" w:right="{SIDE}" w:bottom="1247" w:left="{SIDE}" w:header="680" '
        'w:footer="510" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return (
        f"<w:document {_NAMESPACES}><w:body>{people}"
        + paragraph("Title", b.text("title", "ärendets rubrik"))
        + paragraph("Subtitle", b.text("kind_line", "vad det är fråga om"))
        + paragraph("Heading1", b.text("decision.heading", "rubrik för beslutsförslaget"))
        + decisions
        + paragraph("Underskriftsrum", "")
        + signatures
        + sections
        + links
        + dissents
        + attachments
        + f"{section}</w:body></w:document>"
    )


def _first_header() -> str:
    b = Builder(300)
    emu_w, emu_h = 414_000, 500_250
    picture = (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent '
        f'cx="{emu_w}" cy="{emu_h}"/><wp:docPr id="1" name="Vapen" descr="{crest.ALT_TEXT}"/>'
        f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" '
        f'name="vapen.png" descr="{crest.ALT_TEXT}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu_w}" cy="{emu_h}"/></a:xfrm><a:prstGeom '
        'prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    widths = [850, COLUMN - 850 - RIGHT, RIGHT]
    rows = row(
        cell(widths[0], paragraph("Header", picture))
        + cell(
            widths[1],
            paragraph("Huvudavsandare", b.text("administration", "förvaltning"))
            + paragraph("Huvudstart", b.text("department", "avdelning")),
        )
        + cell(
            widths[2],
            paragraph("Huvudtyp", b.text("document_type", "dokumenttyp"))
            + paragraph("Header", run("Dnr: ") + b.text("dnr", "diarienummer"))
            + paragraph(
                "Header",
                run("Sida ") + field("PAGE", "1") + run(" (") + field("NUMPAGES", "1") + run(")"),
            )
            + paragraph("Header", b.text("date", "datum")),
        )
    )
    space = '<w:spacing w:after="300"/>'
    return (
        f"<w:hdr {_NAMESPACES}>"
        + table(widths, rows, caption="Avsändare och dokumentuppgifter", margins=FLUSH)
        + paragraph("Header", "", space)
        + "</w:hdr>"
    )


def _header() -> str:
    b = Builder(400)
    # The right column stands in line with the first page's. Lines are borders of cells: around a
    # paragraph they are content that nobody has tagged, which PDF/UA does not accept.
    widths = [COLUMN - RIGHT, RIGHT]
    under = border("bottom", ACCENT)
    rows = row(
        cell(widths[0], paragraph("Header", b.text("title", "ärendets rubrik")), under)
        + cell(
            widths[1],
            paragraph("Header", run("Dnr: ") + b.text("dnr", "diarienummer"))
            + paragraph(
                "Header",
                run("Sida ") + field("PAGE", "2") + run(" (") + field("NUMPAGES", "2") + run(")"),
                '<w:spacing w:after="60"/>',
            ),
            under,
        )
    )
    return (
        f"<w:hdr {_NAMESPACES}>"
        + table(widths, rows, caption="Ärende och sidnummer", margins=FLUSH)
        + paragraph("Header", "", '<w:spacing w:after="60"/>')
        + "</w:hdr>"
    )


def _settings() -> str:
    return (
        f'<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="454"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/>'
        '<w:listSeparator w:val=";"/></w:settings>'
    )


def _relations(*lines: tuple[str, str]) -> bytes:
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(lines, start=1)
    )
    return f'<Relationships xmlns="{PKG_REL}">{body}</Relationships>'.encode()


def make_template() -> bytes:
    """The shipped template's bytes."""
    package = Package(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{PKG_CT}"><Default Extension="rels" ContentType='
                '"application/vnd.openxmlformats-package.relationships+xml"/><Default '
                'Extension="xml" ContentType="application/xml"/><Default Extension="png" '
                'ContentType="image/png"/></Types>'
            ).encode(),
            "_rels/.rels": _relations((f"{R}/officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": _relations(
                (f"{R}/styles", "styles.xml"),
                (f"{R}/numbering", "numbering.xml"),
                (f"{R}/header", "header2.xml"),
                (f"{R}/header", "header1.xml"),
                (f"{R}/footer", "footer1.xml"),
                (f"{R}/settings", "settings.xml"),
                (f"{R}/customXml", "../customXml/item1.xml"),
                (f"{R}/theme", "theme/theme1.xml"),
                (f"{R}/fontTable", "fontTable.xml"),
            ),
            "word/_rels/header1.xml.rels": _relations((f"{R}/image", "media/crest.png")),
            "word/media/crest.png": crest.FILE.read_bytes(),
            "customXml/_rels/item1.xml.rels": _relations((f"{R}/customXmlProps", "itemProps1.xml")),
        }
    )
    store = "".join(f"<i:{key}/>" for key in BOUND)
    for name, text, kind in (
        ("word/document.xml", _document(), f"{_WORD}.document.main+xml"),
        ("word/styles.xml", styles_xml(), f"{_WORD}.styles+xml"),
        ("word/numbering.xml", numbering_xml(), f"{_WORD}.numbering+xml"),
        ("word/settings.xml", _settings(), f"{_WORD}.settings+xml"),
        ("word/fontTable.xml", fonts_xml(), f"{_WORD}.fontTable+xml"),
        (
            "word/theme/theme1.xml",
            theme_xml(),
            "application/vnd.openxmlformats-officedocument.theme+xml",
        ),
        ("word/header1.xml", _first_header(), f"{_WORD}.header+xml"),
        ("word/header2.xml", _header(), f"{_WORD}.header+xml"),
        (
            "word/footer1.xml",
            f"<w:ftr {_NAMESPACES}>{paragraph('Footer', '')}</w:ftr>",
            f"{_WORD}.footer+xml",
        ),
        ("customXml/item1.xml", f'<i:report xmlns:i="{STORE_NAMESPACE}">{store}</i:report>', None),
        (
            "customXml/itemProps1.xml",
            f'<ds:datastoreItem ds:itemID="{STORE_ID}" xmlns:ds="{DS}"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{STORE_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>',
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        ),
    ):
        package.put(name, parse_xml(text.encode()), kind)
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    write_properties(
        package,
        Meta(
            "Mall för tjänsteutlåtande",
            "Initiativ",
            moment,
            moment,
            category="Mall",
            provenance={"InitiativTemplate": TEMPLATE_VERSION},
        ),
        1,
    )
    return package.save()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(make_template())
