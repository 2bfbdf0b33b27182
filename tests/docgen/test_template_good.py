# SPDX-License-Identifier: EUPL-1.2
"""The rest of the 27 changes of a template that are no faults, and the trial (issue 7).

The audit of first light found five of them called faults, and nobody had tried a template out
before documents were made of it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from lxml import etree

from docgen.content import ReportContent
from docgen.engine.check import check_template
from docgen.engine.ooxml import XML_SPACE, R, make, w
from docgen.engine.package import Package
from docgen.layout import FIELDS
from docgen.readback import check_safely
from docgen.services.templates import upload_template
from docgen.trial import check, try_out
from tests.docgen.rendering import TEMPLATE
from tests.docgen.rendering import make as render
from tests.docgen.test_template_faults import (
    FIRST,
    GOOD,
    _body,
    _control,
    _gone,
    _properties,
)


def other_names_of_styles(package: Package) -> None:
    swedish = {"Heading1": "Rubrik1", "BodyText": "Brdtext", "ListBullet": "Punktlista"}
    for name in package.names:
        if name.startswith("word/") and name.endswith(".xml"):
            root = package.xml(name)
            for element in root.iter(etree.Element):
                for attribute in (w("val"), w("styleId")):
                    value = element.get(attribute)
                    if value in swedish and element.tag not in (w("name"), w("alias"), w("tag")):
                        element.set(attribute, swedish[value])


def numbers_of_saving(package: Package) -> None:
    for paragraph in package.xml(package.document).iter(w("p")):
        paragraph.set(w("rsidR"), "00AB12CD")
    package.xml("word/settings.xml").append(make("rsids", make("rsid", val="00AB12CD")))


def prompts(package: Package) -> None:
    for key in ("title", "kind_line"):
        found = _properties(package, key)
        found.append(make("showingPlcHdr"))


def data_of_a_document_library(package: Package) -> None:
    xml = b'<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"/>'
    package.put("customXml/item2.xml", xml)
    package.relate(package.document, f"{R}/customXml", "customXml/item2.xml")


def a_second_logo(package: Package) -> None:
    drawing = next(package.xml(FIRST).iter(w("drawing")))
    copy = etree.fromstring(etree.tostring(drawing))
    for picture in copy.iter("{*}docPr"):
        picture.set("id", "77")
        picture.set("descr", "Förvaltningens märke")
    drawing.getparent().append(copy)


def a_bookmark(package: Package) -> None:
    start, end = make("bookmarkStart", id="9", name="plats"), make("bookmarkEnd", id="9")
    paragraph = next(_body(package).iter(w("p")))
    paragraph.append(start)
    paragraph.append(end)


def marks_of_spelling(package: Package) -> None:
    for paragraph in _body(package).iter(w("p")):
        paragraph.append(make("proofErr", type="spellStart"))
        paragraph.append(make("proofErr", type="spellEnd"))


def a_break_of_the_last_printing(package: Package) -> None:
    run = next(_body(package).iter(w("r")))
    run.insert(0, make("lastRenderedPageBreak"))


def other_margins(package: Package) -> None:
    next(package.xml(package.document).iter(w("pgMar"))).set(w("left"), "2000")


def a_line_in_the_footer(package: Package) -> None:
    run = make("r", make("t"))
    run[0].text = "Besöksadress: Stora torget 1, almstad.example"
    package.xml("word/footer1.xml").append(make("p", run))


def another_colour(package: Package) -> None:
    for style in package.xml("word/styles.xml").findall(w("style")):
        if style.get(w("styleId")) == "Heading1":
            properties = style.find(w("rPr"))
            properties = properties if properties is not None else make("rPr")
            for colour in properties.findall(w("color")):
                properties.remove(colour)
            properties.append(make("color", val="1F497D"))


def an_own_style(package: Package) -> None:
    name, based = make("name", val="Stadens ruta"), make("basedOn", val="Normal")
    style = make("style", name, based, type="paragraph", styleId="Stadensruta", customStyle="1")
    package.xml("word/styles.xml").append(style)


def another_title(package: Package) -> None:
    package.xml("docProps/core.xml").find("{*}title").text = "Mall för tjänsteutlåtande 2027"


def numbers_of_paragraphs(package: Package) -> None:
    name = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
    for number, paragraph in enumerate(_body(package).iter(w("p"))):
        paragraph.set(name, f"{number:08X}")


def spaces_kept(package: Package) -> None:
    for text in _body(package).iter(w("t")):
        text.set(XML_SPACE, "preserve")


def a_link_in_fixed_text(package: Package) -> None:
    target = "https://almstad.example/"
    number = package.relate(package.document, f"{R}/hyperlink", target, external=True)
    run = make("r", make("t"))
    run[0].text = "almstad.example"
    link = make("hyperlink", run)
    link.set(f"{{{R}}}id", number)
    _body(package).insert(0, make("p", link))


def no_optional_fields(package: Package) -> None:
    for key in ("officer.phone", "signatory.title"):
        _gone(_control(package, key))


MORE_GOOD = [
    other_names_of_styles, numbers_of_saving, prompts, data_of_a_document_library, a_second_logo,
    a_bookmark, marks_of_spelling, a_break_of_the_last_printing, other_margins,
    a_line_in_the_footer, another_colour, an_own_style, another_title, numbers_of_paragraphs,
    spaces_kept, a_link_in_fixed_text, no_optional_fields,
]  # fmt: skip


@pytest.mark.parametrize("change", MORE_GOOD, ids=[x.__name__ for x in MORE_GOOD])
def test_another_good_change_is_no_fault_and_the_template_works(
    change: Callable[[Package], None], rich_content: ReportContent
) -> None:
    package = Package.read(TEMPLATE)
    change(package)
    data = package.save()
    assert [str(x) for x in check(data)] == []
    assert render(rich_content, data).data


def test_no_false_alarm_in_27_good_templates_also_when_they_are_tried_out() -> None:
    assert len(GOOD) + len(MORE_GOOD) >= 27
    for change in GOOD:
        package = Package.read(TEMPLATE)
        change(package)
        assert try_out(package.save()) == [], change.__name__


def text_above_its_heading(package: Package) -> None:
    heading, body = _control(package, "section.heading"), _control(package, "section.body")
    while heading.getparent() is not body.getparent():
        heading = heading.getparent()
    body.addnext(heading)


def text_in_a_table(package: Package) -> None:
    body = _control(package, "section.body")
    cell, unsplit = make("tc", make("tcPr")), make("trPr", make("cantSplit"))
    grid = make("tblGrid", make("gridCol", w="5000"))
    body.addprevious(make("tbl", make("tblPr"), grid, make("tr", unsplit, cell)))
    cell.append(body)


def text_that_looks_like_a_heading(package: Package) -> None:
    for paragraph in _control(package, "section.body").iter(w("p")):
        paragraph.find(f"{w('pPr')}/{w('pStyle')}").set(w("val"), "Heading1")


def fixed_words_below_each_text(package: Package) -> None:
    text = make("t")
    text.text = "Fast text."
    _control(package, "section.body").addnext(make("p", make("r", text)))


@pytest.mark.parametrize(
    "change",
    [
        text_above_its_heading,
        text_in_a_table,
        text_that_looks_like_a_heading,
        fixed_words_below_each_text,
    ],
)
def test_a_template_whose_text_does_not_come_back_is_found_by_the_trial(
    change: Callable[[Package], None],
) -> None:
    """Each looks right to a check of the template alone, and made returned files unreadable."""
    package = Package.read(TEMPLATE)
    change(package)
    data = package.save()
    assert [x for x in check_template(data, FIELDS) if not x.warning] == []
    (fault,) = check_safely(data)
    assert fault.code == "trial"
    assert "section.body" in str(fault)


@pytest.mark.django_db
def test_a_template_that_fails_the_trial_is_not_taken_in() -> None:
    package = Package.read(TEMPLATE)
    text_above_its_heading(package)
    with pytest.raises(ValidationError, match="provkördes"):
        upload_template(data=package.save(), name="Stadens", version="9", actor=None)


def test_h7_a_template_is_opened_by_a_child_process_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr("docgen.engine.check.check_package", opened)
    monkeypatch.setattr("docgen.trial.check", opened)
    assert check_safely(TEMPLATE) == []
    assert check_safely(b"no file") != []
