# SPDX-License-Identifier: EUPL-1.2
"""What happens to files out in the world, and what is told of it (issue 7, Word return)."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable

import pytest

from docgen.comparison import compare
from docgen.content import ReportContent
from docgen.engine.errors import UnreadableDocument
from docgen.engine.ooxml import Element, make, w
from docgen.engine.package import Package
from docgen.readback import read_fully
from docgen.sides import Change
from tests.docgen.editing import (
    body_of,
    changes,
    control,
    copied,
    line_of,
    run,
    set_text,
    told,
    unwrap_all,
)
from tests.docgen.rendering import make as render
from tests.docgen.rendering import read

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


@pytest.fixture(scope="module")
def sent(rich_content: ReportContent) -> bytes:
    return render(rich_content).data


# What is ticked beforehand


def test_removals_are_never_ticked_beforehand(sent):
    package = Package.read(sent)
    for key in ("decision.text#p5", "attachment.text#b1", "officer.email#o1"):
        line = line_of(package, key)
        line.getparent().remove(line)
    found = changes(sent, package)
    assert {x.key for x in found} == {"decision.text", "attachment.text", "officer.email"}
    assert {x.kind for x in found} == {"removed"}
    assert all(x.applicable and not x.ticked for x in found)


def test_text_pasted_last_is_not_ticked_as_an_annex(sent):
    package = Package.read(sent)
    line_of(package, "attachment.text#b2").addnext(make("p", run("Inklistrad text. " * 20)))
    (change,) = changes(sent, package)
    assert (change.kind, change.key, change.ticked) == ("added", "attachment.text", False)


def test_a_first_point_typed_anew_is_not_lost(sent):
    package = Package.read(sent)
    line = line_of(package, "decision.text#p1")
    new = make("p", copy.deepcopy(line.find(w("pPr"))), run("Plattformen införs stegvis."))
    line.getparent().replace(line, new)
    removed, added = changes(sent, package)
    assert (removed.kind, removed.item, removed.ticked) == ("removed", "p1", False)
    assert (added.kind, added.after, added.anchor, added.group) == (
        "added", "Plattformen införs stegvis.", "", "d1",
    )  # fmt: skip
    assert added.ticked


def test_text_beside_a_field_is_told(sent):
    package = Package.read(sent)
    line_of(package, "decision.text#p2").append(run(" Dock först 2028."))
    (change,) = changes(sent, package)
    assert (change.kind, change.after, change.applicable) == (
        "unplaced", "Dock först 2028.", False,
    )  # fmt: skip


# The ladder: alias, tag, binding, heading


def _fully(sent: bytes, package: Package) -> tuple[list[Change], bool]:
    before, data = read(sent), package.save()
    returned, partial = read_fully(data, before, read(data))
    return compare(before, returned, partial=partial), partial


def test_renamed_aliases_are_read_by_their_tags(sent):
    package = Package.read(sent)
    for n, alias in enumerate(body_of(package).iter(w("alias"))):
        alias.set(w("val"), f"Fält {n}")
    assert _fully(sent, package) == ([], False)


def test_lost_names_are_read_by_their_binding(sent):
    package = Package.read(sent)
    title = control(package, "title")
    for name in ("alias", "tag"):
        title.find(f"{w('sdtPr')}/{w(name)}").set(w("val"), "")
    set_text(title, "En annan rubrik")
    (change,), partial = _fully(sent, package)
    assert (change.key, change.after, partial) == ("title", "En annan rubrik", False)


def test_without_controls_texts_are_read_by_their_headings(sent):
    package = Package.read(sent)
    set_text(control(package, "section.body#a4"), "Ny text.")
    set_text(control(package, "decision.text#p1"), "En helt annan punkt.")
    unwrap_all(package)
    found, partial = _fully(sent, package)
    assert partial
    assert not [x for x in found if x.kind in ("removed", "moved")]
    bodies = [x for x in found if x.key == "section.body" and x.applicable]
    assert [(x.item, x.after) for x in bodies] == [("a4", "<p>Ny text.</p>")]
    assert "En helt annan punkt." in [x.after for x in found]


def test_without_controls_and_headings_a_file_is_refused(sent):
    package = Package.read(sent)
    for item in ("a1", "a2", "a5"):
        set_text(control(package, f"section.heading#{item}"), f"Rubrik {item}")
    unwrap_all(package)
    with pytest.raises(UnreadableDocument, match="förlorat för många av sina fält"):
        _fully(sent, package)


def test_one_control_removed_is_no_removal(sent):
    package = Package.read(sent)
    for key in ("decision.text#p1", "decision.text#p2"):
        found = control(package, key)
        found.getparent().replace(found, found.find(w("sdtContent"))[0])
    assert changes(sent, package) == []


def test_strict_open_xml_is_refused_in_words(sent):
    package = Package.read(sent)
    for part in [x for x in package.names if x.endswith((".xml", ".rels"))]:
        data = package.raw(part)
        for old, new in (
            (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
             b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
            (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
             b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
        ):  # fmt: skip
            data = data.replace(old, new)
        package.put(part, data)
    with pytest.raises(UnreadableDocument, match="Strikt Open XML"):
        read(package.save())


# Copies and moves


def test_a_copied_point_is_a_new_point(sent):
    package = Package.read(sent)
    copied(line_of(package, "decision.text#p1"), "En kopia som har ändrats.")
    (change,) = changes(sent, package)
    assert (change.kind, change.after) == ("added", "En kopia som har ändrats.")
    assert (change.anchor, change.group, change.ticked) == ("p1", "d1", True)


def test_a_copied_section_is_told_and_does_not_double_the_first(sent):
    package = Package.read(sent)
    body = control(package, "section.body#a4")
    heading = line_of(package, "section.heading#a4")
    twin = copied(body, "Kopierad text.")
    twin.addprevious(copy.deepcopy(heading))
    (change,) = changes(sent, package)
    assert (change.kind, change.applicable) == ("unplaced", False)
    assert "Kopierad text." in change.after


@pytest.mark.parametrize("inside", [False, True])
def test_a_new_section_is_told_and_gets_into_no_other(sent, inside):
    package = Package.read(sent)
    body = control(package, "section.body#a4")
    lines = [copy.deepcopy(line_of(package, "section.heading#a1")), make("p", run("Nytt."))]
    lines[0].replace(lines[0].find(w("sdt")), run("Ny rubrik"))
    for line in reversed(lines):
        if inside:
            body.find(w("sdtContent")).insert(1, line)
        else:
            body.addnext(line)
    assert [(x.kind, x.after) for x in changes(sent, package)] == [
        ("unplaced", "Ny rubrik"),
        ("unplaced", "Nytt."),
    ]


def test_points_in_another_order_are_told_as_moved(sent):
    package = Package.read(sent)
    line_of(package, "decision.text#p5").addnext(line_of(package, "decision.text#p3"))
    (change,) = changes(sent, package)
    assert (change.kind, change.item) == ("moved", "p3")
    assert (change.anchor, change.group, change.applicable) == ("p5", "d2", True)


def test_a_point_moved_to_another_body_is_told(sent):
    package = Package.read(sent)
    line_of(package, "decision.text#p1").addnext(line_of(package, "decision.text#p4"))
    (change,) = changes(sent, package)
    assert (change.kind, change.item, change.anchor, change.group) == ("moved", "p4", "p1", "d1")
    assert change.where.startswith("Kommunstyrelsen föreslår")


def test_a_moved_section_is_told_and_keeps_its_text(sent):
    package = Package.read(sent)
    first = line_of(package, "section.heading#a1")
    heading, body = line_of(package, "section.heading#a5"), control(package, "section.body#a5")
    first.addprevious(heading)
    first.addprevious(body)
    assert [(x.kind, x.key, x.item, x.anchor) for x in changes(sent, package)] == [
        ("moved", "section.heading", "a5", "")
    ]


def test_what_was_taken_over_is_no_news_the_second_time(sent, rich_content):
    """The same file again: new points, changed texts, removals and moves that stand there."""
    package = Package.read(sent)
    copied(line_of(package, "decision.text#p2"), "Ny punkt.")
    set_text(control(package, "decision.text#p1"), "Ändrad.")
    line_of(package, "decision.text#p5").addnext(line_of(package, "decision.text#p3"))
    line = line_of(package, "attachment.text#b2")
    line.getparent().remove(line)
    assert len(changes(sent, package)) == 4
    first, second = rich_content.decisions
    p3, p4, p5 = second.points
    new = dataclasses.replace(first.points[0], id="new", text="Ny punkt.")
    changed = dataclasses.replace(first.points[0], text="Ändrad.")
    now = dataclasses.replace(
        rich_content,
        decisions=(
            dataclasses.replace(first, points=(changed, first.points[1], new)),
            dataclasses.replace(second, points=(p4, p5, p3)),
        ),
        attachments=rich_content.attachments[:1],
    )
    assert changes(sent, package, render(now).data) == []


# What cannot be taken over


def _drawing(inner: str = "") -> Element:
    drawing = make("drawing")
    drawing.append(make("inline"))
    drawing[0].set("descr", "En karta")
    if inner:
        drawing[0].append(make("txbxContent", make("p", run(inner))))
    return make("r", drawing)


def _dressed(name: str) -> Element:
    element = run("så här")
    element.insert(0, make("rPr", make(name, val="single" if name == "u" else "1")))
    return element


def _deleted() -> Element:
    gone = make("delText")
    gone.text = "struket"
    return make("del", make("r", gone))


def _equation() -> Element:
    equation = run("").makeelement(f"{MATH}oMath")
    run_ = equation.makeelement(f"{MATH}r")
    text = equation.makeelement(f"{MATH}t")
    text.text = "x+1"
    run_.append(text)
    equation.append(run_)
    return equation


THINGS: dict[str, tuple[Callable[[], Element], str]] = {
    "inserted": (lambda: make("ins", run("tillagt")), "tillagt"),
    "deleted": (_deleted, "struket"),
    "picture": (_drawing, "En karta"),
    "textbox": (lambda: _drawing("I en ruta."), "I en ruta."),
    "equation": (_equation, "x+1"),
    "symbol": (lambda: make("r", make("sym", font="Wingdings", char="F0FC")), "Wingdings F0FC"),
    "underlined": (lambda: _dressed("u"), "så här"),
    "struck": (lambda: _dressed("strike"), "så här"),
}


@pytest.mark.parametrize("kind", THINGS)
def test_what_text_cannot_hold_is_told_where_it_stands(sent, kind):
    package = Package.read(sent)
    thing, text = THINGS[kind]
    line_of(package, "decision.text#p2").find(w("sdt")).find(w("sdtContent")).append(thing())
    assert told(sent, package) == [(kind, "decision.text", "p2", text)]
    assert not [x for x in changes(sent, package) if x.ticked]


@pytest.mark.parametrize(
    ("kind", "part", "name"),
    [("comment", "comments", "comment"), ("footnote", "footnotes", "footnote")],
)
def test_comments_and_notes_are_told_with_their_words(sent, kind, part, name):
    package = Package.read(sent)
    note = make(name, make("p", run("Är det här rätt?")), id="3", author="Kim")
    type_ = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{part}"
    package.put(f"word/{part}.xml", make(part, note))
    package.relate(package.document, type_, f"word/{part}.xml")
    content = control(package, "section.body#a4").find(w("sdtContent"))
    content[0].append(make("r", make(f"{name}Reference", id="3")))
    assert told(sent, package) == [(kind, "section.body", "a4", "Kim: Är det här rätt?")]


def test_a_table_in_a_text_is_told_and_not_ticked(sent):
    package = Package.read(sent)
    cells = [make("tc", make("p", run(x))) for x in ("ett", "två")]
    content = control(package, "section.body#a4").find(w("sdtContent"))
    content.append(make("tbl", make("tr", *cells)))
    (change,) = changes(sent, package)
    assert (change.key, change.item, change.ticked) == ("section.body", "a4", False)
    assert told(sent, package) == [("table", "section.body", "a4", "ett två")]
