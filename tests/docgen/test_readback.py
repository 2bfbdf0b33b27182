# SPDX-License-Identifier: EUPL-1.2
"""What a returned file changes, whatever program has saved it."""

from __future__ import annotations

import copy

import pytest

from docgen.comparison import compare
from docgen.engine.ooxml import make, w
from docgen.engine.package import Package
from tests.docgen.editing import control, line_of, run
from tests.docgen.rendering import make as render
from tests.docgen.rendering import read


@pytest.fixture
def sent(rich_content):
    return render(rich_content).data


def _changes(sent, package, now=None):
    return compare(read(sent), read(package.save()), now)


def test_an_untouched_file_changes_nothing(sent):
    assert _changes(sent, Package.read(sent)) == []


def test_tags_may_be_lost(sent):
    package = Package.read(sent)
    for name in ("tag", "lock", "id"):
        for element in list(package.xml(package.document).iter(w(name))):
            element.getparent().remove(element)
    assert _changes(sent, package) == []


def test_a_changed_text_is_told_by_its_stable_id(sent):
    package = Package.read(sent)
    next(control(package, "decision.text#p2").iter(w("t"))).text = "Medel & mer anvisas."
    (change,) = _changes(sent, package)
    assert (change.kind, change.key, change.item) == ("changed", "decision.text", "p2")
    assert (change.before, change.after) == ("Medel anvisas.", "Medel & mer anvisas.")
    assert change.applicable
    assert not change.conflict


def test_tracked_changes_are_shown_as_if_taken_but_not_ticked(sent):
    """Nobody has accepted them yet (issue 7)."""
    package = Package.read(sent)
    content = control(package, "decision.text#p2").find(w("sdtContent"))
    deleted = make("del", make("r", make("delText")))
    deleted[0][0].text = "Medel anvisas."
    content.replace(content[0], deleted)
    content.append(make("ins", run("Medel avsätts.")))
    (change,) = _changes(sent, package)
    assert (change.after, change.applicable, change.ticked) == ("Medel avsätts.", True, False)


def test_running_text_with_new_dress_and_paragraphs(sent):
    package = Package.read(sent)
    content = control(package, "section.body#a2").find(w("sdtContent"))
    bold = run("Fetstil.")
    bold.insert(0, make("rPr", make("b")))
    content.append(make("p", bold))
    # Written below the field, where LibreOffice leaves all paragraphs but the first.
    content.getparent().addnext(make("p", run("Under fältet.")))
    (change,) = _changes(sent, package)
    assert change.key == "section.body"
    assert change.where == "Bakgrund"
    assert change.after.endswith("<p><b>Fetstil.</b></p><p>Under fältet.</p>")


def test_text_below_a_heading_that_had_none(sent):
    package = Package.read(sent)
    heading = next(control(package, "section.heading#a3").iterancestors(w("p")))
    heading.addnext(make("p", run("Nu finns det text.")))
    (change,) = _changes(sent, package)
    assert (change.key, change.item, change.after) == (
        "section.body",
        "a3",
        "<p>Nu finns det text.</p>",
    )
    assert change.applicable


def test_a_new_line_below_a_decision_is_a_new_point(sent):
    package = Package.read(sent)
    point = line_of(package, "decision.text#p2")
    line = make("p", run("En punkt till."))
    line.insert(0, copy.deepcopy(point.find(w("pPr"))))  # Enter keeps the paragraph's style
    point.addnext(line)
    (change,) = _changes(sent, package)
    assert (change.kind, change.key, change.anchor) == ("added", "decision.text", "p2")
    assert (change.group, change.ticked) == ("d1", True)


def test_removed_and_emptied_fields(sent):
    package = Package.read(sent)
    point = next(control(package, "decision.text#p5").iterancestors(w("p")))
    point.getparent().remove(point)
    emptied = control(package, "attachment.text#b2")
    emptied.find(w("sdtPr")).append(make("showingPlcHdr"))
    next(emptied.iter(w("t"))).text = "Klicka här för att ange text."
    found = {(x.kind, x.key, x.item) for x in _changes(sent, package)}
    assert found == {("removed", "decision.text", "p5"), ("removed", "attachment.text", "b2")}


def test_text_elsewhere_is_told_but_not_taken_over(sent):
    package = Package.read(sent)
    title = next(control(package, "title").iterancestors(w("p")))
    title.addprevious(make("p", run("Lapp överst.")))
    (change,) = _changes(sent, package)
    assert change.kind == "unplaced"
    assert not change.applicable


def test_what_has_moved_on_meanwhile_is_a_conflict(sent, rich_content):
    import dataclasses

    package = Package.read(sent)
    next(control(package, "title").iter(w("t"))).text = "Ny rubrik"
    now = read(render(dataclasses.replace(rich_content, title="Annan rubrik")).data)
    (change,) = _changes(sent, package, now)
    assert change.conflict
    assert change.now == "Annan rubrik"
