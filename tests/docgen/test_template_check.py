# SPDX-License-Identifier: EUPL-1.2
"""check_template finds each planted fault, and none in the shipped template."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from lxml import etree

from docgen.engine.check import annotate, check_template
from docgen.engine.controls import key_of
from docgen.engine.ooxml import WP, Element, make, r, w
from docgen.engine.package import Package
from docgen.layout import FIELDS
from docgen.services.generation import SHIPPED
from tests.docgen.rendering import TEMPLATE


def _control(package: Package, key: str) -> Element:
    part = package.document
    return next(x for x in package.xml(part).iter(w("sdt")) if key_of(x) == key)


def _rename(package: Package) -> None:
    found = _control(package, "decision.text").find(w("sdtPr"))
    for name in ("alias", "tag"):
        found.find(w(name)).set(w("val"), "decison.text")


def _drop_signatures(package: Package) -> None:
    control = _control(package, "signatories")
    control.getparent().remove(control)


def _same_id(package: Package) -> None:
    for key in ("title", "kind_line"):
        _control(package, key).find(f"{w('sdtPr')}/{w('id')}").set(w("val"), "77")


def _code(package: Package) -> None:
    paragraph = make("p", *[make("r", make("t")) for _ in range(3)])
    for element, text in zip(paragraph.iter(w("t")), ("{{ ti", "tel ", "}}"), strict=True):
        element.text = text
    package.xml(package.document)[0].insert(0, paragraph)


def _code_in_store(package: Package) -> None:
    package.xml("customXml/item1.xml")[0].text = "{% include x %}"


def _no_alt(package: Package) -> None:
    for picture in package.xml("word/header1.xml").iter(f"{{{WP}}}docPr"):
        del picture.attrib["descr"]


def _no_title(package: Package) -> None:
    package.xml("docProps/core.xml").find("{*}title").text = " "


def _endless(package: Package) -> None:
    runs = package.xml("word/header1.xml")
    end = [x for x in runs.iter(w("fldChar")) if x.get(w("fldCharType")) == "end"][-1]
    end.getparent().remove(end)


def _inline_body(package: Package) -> None:
    content = _control(package, "section.body").find(w("sdtContent"))
    for child in list(content):
        content.remove(child)
    content.append(make("r"))


def _no_bullets(package: Package) -> None:
    styles = package.xml("word/styles.xml")
    for style in styles.iter(w("style")):
        if style.find(w("name")).get(w("val")) == "List Bullet":
            styles.remove(style)


def _misplaced(package: Package) -> None:
    found = _control(package, "officer.name").find(w("sdtPr"))
    for name in ("alias", "tag"):
        found.find(w(name)).set(w("val"), "decision.text")


def _broken_binding(package: Package) -> None:
    package.xml("customXml/item1.xml").clear()


def _other_tag(package: Package) -> None:
    _control(package, "title").find(f"{w('sdtPr')}/{w('tag')}").set(w("val"), "rubrik")


def _nameless(package: Package) -> None:
    found = _control(package, "title").find(w("sdtPr"))
    for name in ("alias", "tag"):
        found.remove(found.find(w(name)))


def _tracked(package: Package) -> None:
    package.xml(package.document).find(f".//{w('p')}").append(make("ins", make("r")))


def _outside(package: Package) -> None:
    part = "word/settings.xml"
    element = etree.SubElement(package.xml(part), w("attachedTemplate"))
    kind = r("attachedTemplate").strip("{").replace("}", "/")
    element.set(r("id"), package.relate(part, kind, "file:///C:/n.dotm", external=True))


PLANTED: list[tuple[str, Callable[[Package], None]]] = [
    ("unknown-key", _rename),
    ("unknown-key", _misplaced),
    ("missing-key", _drop_signatures),
    ("duplicate-id", _same_id),
    ("template-code", _code),
    ("template-code", _code_in_store),
    ("missing-alt-text", _no_alt),
    ("missing-title", _no_title),
    ("field-without-end", _endless),
    ("wrong-place", _inline_body),
    ("missing-style", _no_bullets),
    ("broken-binding", _broken_binding),
    ("tag-differs", _other_tag),
    ("missing-key", _nameless),
    ("tracked-changes", _tracked),
    ("unusable", _outside),
]


def test_the_shipped_template_has_no_faults():
    assert check_template(TEMPLATE, FIELDS) == []


@pytest.mark.parametrize(
    ("code", "plant"), PLANTED, ids=[f"{code}{plant.__name__}" for code, plant in PLANTED]
)
def test_each_planted_fault_is_found(code, plant):
    package = Package.read(TEMPLATE)
    plant(package)
    found = [x.code for x in check_template(package.save(), FIELDS) if not x.warning]
    assert code in found


def test_a_misspelling_gets_a_suggestion():
    package = Package.read(TEMPLATE)
    _rename(package)
    sentences = [str(x) for x in check_template(package.save(), FIELDS)]
    assert any("Menas ”decision.text”?" in x for x in sentences)


def test_a_file_that_word_has_saved_anew_is_still_a_template(tmp_path):
    document = Document(io.BytesIO(TEMPLATE))
    document.add_paragraph("Fast text som staden har lagt till.")
    out = io.BytesIO()
    document.save(out)
    assert [x for x in check_template(out.getvalue(), FIELDS) if not x.warning] == []


def test_the_annotated_copy_has_a_comment_at_each_fault():
    package = Package.read(TEMPLATE)
    _rename(package)
    _no_alt(package)
    data = package.save()
    faults = check_template(data, FIELDS)
    comments = list(Document(io.BytesIO(annotate(data, FIELDS))).comments)
    assert sorted(x.text for x in comments) == sorted(map(str, faults))


def test_the_command(tmp_path):
    out = io.StringIO()
    call_command("check_template", str(SHIPPED), stdout=out)
    assert "Inga fel" in out.getvalue()
    package = Package.read(TEMPLATE)
    _same_id(package)
    bad, copy = tmp_path / "bad.docx", tmp_path / "copy.docx"
    bad.write_bytes(package.save())
    with pytest.raises(CommandError, match="1 fel"):
        call_command("check_template", str(bad), "--annotated", str(copy), stdout=out)
    assert "Två innehållskontroller har samma nummer" in out.getvalue()
    assert copy.exists()
