# SPDX-License-Identifier: EUPL-1.2
"""Faults that people make in Word with a template, and changes that are none (issue 7)."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from copy import deepcopy

import pytest
from lxml import etree

from docgen.content import ReportContent
from docgen.engine.check import check_template
from docgen.engine.controls import key_of
from docgen.engine.ooxml import PKG_CT, WP, Element, R, make, r, w
from docgen.engine.package import Package
from docgen.layout import FIELDS
from tests.docgen.rendering import TEMPLATE
from tests.docgen.rendering import make as render

FIRST, FOLLOWING = "word/header1.xml", "word/header2.xml"


def _body(package: Package) -> Element:
    return package.xml(package.document).find(w("body"))


def _control(package: Package, key: str, part: str = "") -> Element:
    root = package.xml(part or package.document)
    return next(x for x in root.iter(w("sdt")) if key_of(x) == key)


def _gone(element: Element) -> None:
    element.getparent().remove(element)


def _properties(package: Package, key: str) -> Element:
    return _control(package, key).find(w("sdtPr"))


def no_page_numbers(package: Package) -> None:
    for part in (FIRST, FOLLOWING):
        for run in list(package.xml(part).iter(w("r"))):
            if run.find(w("fldChar")) is not None or run.find(w("instrText")) is not None:
                _gone(run)


def no_number_of_pages(package: Package) -> None:
    for code in package.xml(FOLLOWING).iter(w("instrText")):
        code.text = " PAGE "


def no_headers(package: Package) -> None:
    for reference in list(package.xml(package.document).iter(w("headerReference"))):
        _gone(reference)
    for reference in list(package.xml(package.document).iter(w("footerReference"))):
        _gone(reference)


def no_different_first_page(package: Package) -> None:
    _gone(next(package.xml(package.document).iter(w("titlePg"))))


def no_title_in_the_body(package: Package) -> None:
    _gone(_control(package, "title"))


def no_number_on_following_pages(package: Package) -> None:
    _gone(_control(package, "dnr", FOLLOWING))


def sections_twice(package: Package) -> None:
    control = _control(package, "sections")
    copy = deepcopy(control)
    for number, element in enumerate(copy.iter(w("id"))):
        element.set(w("val"), str(9000 + number))
    control.addnext(copy)


def decisions_twice(package: Package) -> None:
    control = _control(package, "decisions")
    copy = deepcopy(control)
    for number, element in enumerate(copy.iter(w("id"))):
        element.set(w("val"), str(9000 + number))
    control.addnext(copy)


def a_dropdown_for_a_text(package: Package) -> None:
    found = _properties(package, "decision.text")
    _gone(found.find(w("text")))
    found.append(make("dropDownList", make("listItem", value="x", displayText="x")))


def a_picture_for_a_text(package: Package) -> None:
    _properties(package, "signatory.name").append(make("picture"))


def plain_text_around_a_repeat(package: Package) -> None:
    _properties(package, "decisions").append(make("text"))


def a_text_around_two_paragraphs(package: Package) -> None:
    control = _control(package, "decision.lead")
    paragraph = control.getparent()
    paragraph.addprevious(control)
    content = control.find(w("sdtContent"))
    runs = list(content)
    content.extend([make("p", *runs), make("p", make("r", make("t")))])
    _gone(paragraph)


def _no_style(package: Package, style_id: str) -> None:
    for style in package.xml("word/styles.xml").findall(w("style")):
        if style.get(w("styleId")) == style_id:
            _gone(style)


def no_title_style(package: Package) -> None:
    _no_style(package, "Title")


def no_style_for_points(package: Package) -> None:
    _no_style(package, "Beslutspunkt")


def a_list_that_is_not_there(package: Package) -> None:
    for number in _control(package, "decision.points").iter(w("numId")):
        number.set(w("val"), "77")


def code_in_a_document_variable(package: Package) -> None:
    variables = make("docVars", make("docVar", name="x", val="{{ titel }}"))
    package.xml("word/settings.xml").append(variables)


def an_old_picture_without_words(package: Package) -> None:
    vml = "urn:schemas-microsoft-com:vml"
    shape = etree.Element(f"{{{vml}}}shape", nsmap={"v": vml})
    etree.SubElement(shape, f"{{{vml}}}imagedata")
    _body(package).insert(0, make("p", make("r", make("pict", shape))))


def an_embedded_workbook(package: Package) -> None:
    package.put("word/embeddings/book.xlsx", b"PK", None)
    package.relate(package.document, f"{R}/package", "word/embeddings/book.xlsx")


def text_from_another_file(package: Package) -> None:
    package.put("word/chunk.xml", b"<x/>", None)
    number = package.relate(package.document, f"{R}/aFChunk", "word/chunk.xml")
    chunk = make("altChunk")
    chunk.set(r("id"), number)
    _body(package).insert(0, chunk)


def hidden_text(package: Package) -> None:
    run = make("r", make("rPr", make("vanish")), make("t"))
    _body(package).insert(0, make("p", run))


def a_tracked_move(package: Package) -> None:
    _body(package).insert(0, make("p", make("moveTo", make("r"), id="1", author="x")))


def a_tracked_change_of_looks(package: Package) -> None:
    change = make("pPrChange", make("pPr"), id="1", author="x")
    _body(package).insert(0, make("p", make("pPr", change)))


def a_table_without_header_row(package: Package) -> None:
    for table in package.xml(package.document).iter(w("tbl")):
        for flag in list(table.iter(w("tblHeader"))):
            _gone(flag)


def locked_text(package: Package) -> None:
    found = _properties(package, "section.body")
    found.find(w("id")).addnext(make("lock", val="contentLocked"))


def a_protected_document(package: Package) -> None:
    package.xml("word/settings.xml").append(make("documentProtection", edit="readOnly"))


def a_font_that_few_have(package: Package) -> None:
    for fonts in package.xml("word/styles.xml").iter(w("rFonts")):
        fonts.set(w("ascii"), "Stadens Egen Grotesk")


def no_page_settings(package: Package) -> None:
    _gone(_body(package).find(w("sectPr")))


def a_picture_that_is_gone(package: Package) -> None:
    package.drop("word/media/crest.png")


def a_number_that_is_none(package: Package) -> None:
    _properties(package, "title").find(w("id")).set(w("val"), "abc")


def saved_as_a_template_of_word(package: Package) -> None:
    for override in package.xml("[Content_Types].xml").findall(f"{{{PKG_CT}}}Override"):
        if override.get("PartName") == "/word/document.xml":
            kind = override.get("ContentType").replace("document.main", "template.main")
            override.set("ContentType", kind)


FAULTS: list[tuple[str, Callable[[Package], None]]] = [
    ("no-page-number", no_page_numbers),
    ("no-page-number", no_number_of_pages),
    ("no-header", no_headers),
    ("first-page", no_different_first_page),
    ("missing-key", no_title_in_the_body),
    ("missing-key", no_number_on_following_pages),
    ("twice", sections_twice),
    ("twice", decisions_twice),
    ("wrong-kind", a_dropdown_for_a_text),
    ("wrong-kind", a_picture_for_a_text),
    ("wrong-kind", plain_text_around_a_repeat),
    ("wrong-place", a_text_around_two_paragraphs),
    ("missing-style", no_title_style),
    ("missing-style", no_style_for_points),
    ("missing-numbering", a_list_that_is_not_there),
    ("template-code", code_in_a_document_variable),
    ("missing-alt-text", an_old_picture_without_words),
    ("foreign", an_embedded_workbook),
    ("unusable", text_from_another_file),  # the gate of all files comes first
    ("hidden-text", hidden_text),
    ("tracked-changes", a_tracked_move),
    ("tracked-changes", a_tracked_change_of_looks),
    ("no-header-row", a_table_without_header_row),
    ("locked", locked_text),
    ("protected", a_protected_document),
    ("unknown-font", a_font_that_few_have),
    ("no-section", no_page_settings),
    ("missing-part", a_picture_that_is_gone),
    ("bad-id", a_number_that_is_none),
    ("template-type", saved_as_a_template_of_word),
]


@pytest.mark.parametrize(("code", "plant"), FAULTS, ids=[x.__name__ for _code, x in FAULTS])
def test_each_fault_is_found(code: str, plant: Callable[[Package], None]) -> None:
    package = Package.read(TEMPLATE)
    plant(package)
    found = check_template(package.save(), FIELDS)
    assert code in {x.code for x in found}, [str(x) for x in found]


def test_damaged_data_is_told() -> None:
    """What unpacked wrongly made the check itself fail."""
    for position in range(200, len(TEMPLATE), 1499):
        data = bytearray(TEMPLATE)
        data[position : position + 8] = zlib.compress(b"x")[:8]
        assert all(str(x) for x in check_template(bytes(data), FIELDS))


def test_a_template_saved_by_libreoffice_is_told_so_plainly() -> None:
    package = Package.read(TEMPLATE)
    package.xml("docProps/app.xml").find("{*}Application").text = "LibreOffice/7.4.7.2$Linux"
    (fault,) = check_template(package.save(), FIELDS)
    assert fault.code == "libreoffice"
    assert "redigera den i Word" in str(fault)


def _text(package: Package, words: str) -> None:
    element = make("t")
    element.text = words
    _body(package).insert(0, make("p", make("r", element)))


def a_decorative_picture(package: Package) -> None:
    adec = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    for picture in package.xml(FIRST).iter(f"{{{WP}}}docPr"):
        del picture.attrib["descr"]
        etree.SubElement(picture, f"{{{adec}}}decorative", val="1")


def a_quotation(package: Package) -> None:
    _text(package, "Enligt «Stadens budget» gäller detta, och «citat».")


def an_amount(package: Package) -> None:
    _text(package, "Det kostar ${100} eller <<5.")


def an_own_control(package: Package) -> None:
    text = make("t")
    text.text = "Klicka här"
    control = make(
        "sdt", make("sdtPr", make("id", val="4711")), make("sdtContent", make("r", text))
    )
    _body(package).insert(0, make("p", control))


def language_in_the_style(package: Package) -> None:
    root = package.xml("word/styles.xml")
    _gone(next(root.find(w("docDefaults")).iter(w("lang"))))
    normal = next(x for x in root.iter(w("style")) if x.get(w("styleId")) == "Normal")
    normal.append(make("rPr", make("lang", val="sv-SE")))


def landscape(package: Package) -> None:
    size = next(package.xml(package.document).iter(w("pgSz")))
    size.set(w("orient"), "landscape")


def verdana(package: Package) -> None:
    for fonts in package.xml("word/styles.xml").iter(w("rFonts")):
        fonts.set(w("ascii"), "Verdana")
        fonts.set(w("hAnsi"), "Verdana")


def negative_ids(package: Package) -> None:
    for number, element in enumerate(package.xml(package.document).iter(w("id"))):
        element.set(w("val"), str(-100 - number))


def fixed_text(package: Package) -> None:
    _text(package, "Stadens fasta text, 100 % rätt.")


def a_header_for_even_pages(package: Package) -> None:
    first = next(package.xml(package.document).iter(w("headerReference")))
    copy = deepcopy(first)
    copy.set(w("type"), "even")
    first.addnext(copy)


GOOD = [
    a_decorative_picture,
    a_quotation,
    an_amount,
    an_own_control,
    language_in_the_style,
    landscape,
    verdana,
    negative_ids,
    fixed_text,
    a_header_for_even_pages,
]


@pytest.mark.parametrize("change", GOOD, ids=[x.__name__ for x in GOOD])
def test_a_good_change_is_no_fault_and_the_template_works(
    change: Callable[[Package], None], rich_content: ReportContent
) -> None:
    package = Package.read(TEMPLATE)
    change(package)
    data = package.save()
    assert [str(x) for x in check_template(data, FIELDS)] == []
    assert render(rich_content, data).data
