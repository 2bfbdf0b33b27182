# SPDX-License-Identifier: EUPL-1.2
"""Taking Word files back into a report: once, by name, and never half (issue 7, Word return)."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.organisation.models import User
from casework.register.models import Case
from docgen import content as c
from docgen import services
from docgen.engine.controls import key_of
from docgen.engine.ooxml import DC, REL_CORE, make, w
from docgen.engine.package import Package
from docgen.models import Report, ReturnedDocument
from docgen.services.building import content_of, fill
from docgen.services.reports import newest
from tests.docgen.editing import control, copied, line_of, run, set_text, tamper_dnr

pytestmark = pytest.mark.django_db

P1, P2, P3 = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
G1, G2 = (f"00000000-0000-4000-8000-0000000000a{n}" for n in (1, 2))
LEAD = "Kommunstyrelsen föreslår kommunfullmäktige besluta följande"


@pytest.fixture
def report(case: Case, officer: User) -> Report:
    """A report in which two bodies decide."""
    report = newest(services.create_report(case=case, actor=officer))
    content = content_of(report)
    fill(
        report,
        dataclasses.replace(
            content,
            decisions=(
                c.DecisionGroup(
                    G1,
                    "Kommunfullmäktige",
                    (c.DecisionPoint(P1, "Plattformen införs."), c.DecisionPoint(P2, "Medel ges.")),
                    LEAD,
                ),
                c.DecisionGroup(G2, "Kommunstyrelsen", (c.DecisionPoint(P3, "Läggs till."),)),
            ),
            attachments=(c.Attachment("00000000-0000-4000-8000-0000000000b1", "Kalkyl"),),
        ),
    )
    services.save_draft(report=report, actor=officer)
    return report


def sent(report: Report) -> Package:
    return Package.read(services.render(report))


def hand_in(report: Report, package: Package, officer: User) -> ReturnedDocument:
    upload = SimpleUploadedFile("svar.docx", package.save())
    return services.receive_returned(report=report, file=upload, actor=officer)


def take_over_all(row: ReturnedDocument, officer: User) -> None:
    services.apply_returned(row=row, chosen=range(len(row.changes)), actor=officer)


def decisions(report: Report) -> list[tuple[str, list[str]]]:
    return [(x.lead or x.body, [y.text for y in x.points]) for x in content(report).decisions]


def content(report: Report) -> c.ReportContent:
    return content_of(newest(report))


def test_deleting_a_point_never_changes_who_decides(report, officer):
    """The lead is a row of its own; it stood on the first point (documents.md §4)."""
    package = sent(report)
    line = line_of(package, f"decision.text#{P1}")
    line.getparent().remove(line)
    row = hand_in(report, package, officer)
    assert [(x["kind"], x["ticked"]) for x in row.changes] == [("removed", False)]
    take_over_all(row, officer)
    assert decisions(report) == [(LEAD, ["Medel ges."]), ("Kommunstyrelsen", ["Läggs till."])]


def test_a_lead_changed_together_with_its_first_point_stays(report, officer):
    package = sent(report)
    line = line_of(package, f"decision.text#{P1}")
    line.getparent().remove(line)
    set_text(control(package, f"decision.lead#{G1}"), "Kommunfullmäktige beslutar följande")
    take_over_all(hand_in(report, package, officer), officer)
    assert decisions(report)[0] == ("Kommunfullmäktige beslutar följande", ["Medel ges."])


@pytest.mark.parametrize("joined", ["", " "])
def test_7_lines_that_a_program_joined_are_no_change(report, officer, joined):
    """LibreOffice keeps no line break in a plain field; with other words it is a change."""
    current = newest(report)
    written = content_of(current)
    first, *others = written.decisions
    point = dataclasses.replace(first.points[0], text="Plattformen införs.\nI två steg.")
    group = dataclasses.replace(first, points=(point, *first.points[1:]))
    fill(current, dataclasses.replace(written, decisions=(group, *others)))
    services.save_draft(report=current, actor=officer)
    package = sent(report)
    set_text(control(package, f"decision.text#{P1}"), f"Plattformen införs.{joined}I två steg.")
    assert hand_in(report, package, officer).changes == []
    set_text(control(package, f"decision.text#{P1}"), f"Plattformen införs.{joined}I tre steg.")
    assert [x["kind"] for x in hand_in(report, package, officer).changes] == ["changed"]


def test_the_same_file_twice_changes_nothing_the_second_time(report, officer):
    package = sent(report)
    copied(line_of(package, f"decision.text#{P2}"), "Ny punkt.")
    line = line_of(package, f"decision.text#{P3}")
    new = make("p", copy.deepcopy(line.find(w("pPr"))), run("Också ny."))
    line.addnext(new)
    first = hand_in(report, package, officer)
    # Not taken over yet: it is the same return, not another one.
    assert hand_in(report, package, officer).pk == first.pk
    take_over_all(first, officer)
    after = decisions(report)
    assert after == [
        (LEAD, ["Plattformen införs.", "Medel ges.", "Ny punkt."]),
        ("Kommunstyrelsen", ["Läggs till.", "Också ny."]),
    ]
    again = hand_in(report, package, officer)
    assert again.pk != first.pk
    assert again.changes == []
    assert [x["kind"] for x in again.remarks] == ["again"]
    # And when the officer goes on in the same file, only what is new comes.
    new.addnext(make("p", copy.deepcopy(line.find(w("pPr"))), run("En tredje.")))
    assert [x["after"] for x in hand_in(report, package, officer).changes] == ["En tredje."]


def test_moves_between_bodies_and_within_one_are_taken_over(report, officer):
    package = sent(report)
    line_of(package, f"decision.text#{P1}").addprevious(line_of(package, f"decision.text#{P2}"))
    line_of(package, f"decision.text#{P1}").addnext(line_of(package, f"decision.text#{P3}"))
    row = hand_in(report, package, officer)
    assert {x["kind"] for x in row.changes} == {"moved"}
    take_over_all(row, officer)
    assert decisions(report)[0] == (LEAD, ["Medel ges.", "Plattformen införs.", "Läggs till."])
    ids = [y.id for x in content(report).decisions for y in x.points]
    assert sorted(ids) == [P1, P2, P3]
    assert hand_in(report, package, officer).changes == []


def test_bodies_change_places_with_their_points(report, officer):
    package = sent(report)
    first = line_of(package, f"decision.lead#{G1}")
    for key in (f"decision.lead#{G2}", f"decision.text#{P3}"):
        first.addprevious(line_of(package, key))
    row = hand_in(report, package, officer)
    assert [(x["kind"], x["key"]) for x in row.changes] == [("moved", "decision.lead")]
    take_over_all(row, officer)
    assert [x[1] for x in decisions(report)] == [
        ["Läggs till."],
        ["Plattformen införs.", "Medel ges."],
    ]


def test_the_present_text_is_told_in_a_conflict(report, officer):
    package = sent(report)
    set_text(control(package, "title"), "Filens rubrik")
    mine = newest(report)
    mine.title = "Min rubrik"
    services.save_draft(report=mine, actor=officer)
    (change,) = hand_in(report, package, officer).changes
    assert (change["after"], change["now"]) == ("Filens rubrik", "Min rubrik")
    assert (change["conflict"], change["ticked"]) == (True, False)


def test_what_was_written_since_the_page_was_shown_is_not_written_over(report, officer):
    package = sent(report)
    set_text(control(package, "title"), "Filens rubrik")
    row = hand_in(report, package, officer)
    mine = newest(report)
    mine.title = "Min rubrik"
    services.save_draft(report=mine, actor=officer)
    with pytest.raises(ValidationError, match="ändrats här sedan filen lästes"):
        take_over_all(row, officer)
    assert content(report).title == "Min rubrik"
    # Handed in again the same return shows the text as it is now.
    again = hand_in(report, package, officer)
    assert (again.pk, again.changes[0]["now"]) == (row.pk, "Min rubrik")


def test_values_that_do_not_fit_are_refused_by_name_and_nothing_is_half_done(report, officer):
    """SQLite would store them and PostgreSQL answer with a fault."""
    package = sent(report)
    (heading,) = [x for x in content(report).sections if x.key == "preparation"]
    (annex,) = content(report).attachments
    (person,) = content(report).officers
    set_text(control(package, "title"), "R" * 600)
    set_text(control(package, f"section.heading#{heading.id}"), "H" * 306)
    set_text(control(package, f"attachment.text#{annex.id}"), "B" * 500)
    set_text(control(package, f"officer.email#{person.id}"), "inte en adress")
    set_text(control(package, f"decision.text#{P1}"), "Detta går bra.")
    row = hand_in(report, package, officer)
    assert {x["key"] for x in row.changes if x["problem"]} == {
        "title", "section.heading", "attachment.text", "officer.email",
    }  # fmt: skip
    assert [x["key"] for x in row.changes if x["ticked"]] == ["decision.text"]
    before = content(report)
    with pytest.raises(ValidationError) as refused:
        take_over_all(row, officer)
    names = ("Ärendets rubrik", "Avsnittets rubrik", "Bilaga", "E-post")
    assert len(refused.value.messages) == len(names)
    for name in names:
        assert any(x.startswith(f"{name}: ") for x in refused.value.messages)
    assert content(report) == before
    good = [n for n, x in enumerate(row.changes) if x["ticked"]]
    services.apply_returned(row=row, chosen=good, actor=officer)
    assert decisions(report)[0][1][0] == "Detta går bra."


def test_date_and_department_are_taken_over_from_the_headers(report, officer):
    package = sent(report)
    for part in [x for x in package.names if x.startswith("word/header")]:
        for found in package.xml(part).iter(w("sdt")):
            if key_of(found) == "date":
                set_text(found, "2026-12-24")
    row = hand_in(report, package, officer)
    assert [(x["kind"], x["key"], x["places"]) for x in row.changes] == [
        ("carried", "date", ["header-first"])
    ]
    take_over_all(row, officer)
    assert content(report).date == dt.date(2026, 12, 24)


def test_a_changed_number_is_told_and_takes_nothing_over(report, officer):
    package = sent(report)
    tamper_dnr(package, "property", "KS 2099/1")
    (core,) = package.related("", REL_CORE)
    package.xml(core).find(f"{{{DC}}}identifier").text = "KS 2099/1"
    row = hand_in(report, package, officer)
    assert [(x["key"], x["places"], x["applicable"]) for x in row.changes] == [
        ("dnr", ["core", "property"], False)
    ]
    with pytest.raises(ValidationError, match="minst en"):
        take_over_all(row, officer)


def test_a_claim_that_is_no_number_is_refused(report, officer):
    package = sent(report)
    (part,) = [x for x in package.names if x.startswith("docProps/custom")]
    for entry in package.xml(part):
        if entry.get("name") == "InitiativReport":
            entry[0].text = "²"
    with pytest.raises(ValidationError, match="ursprung"):
        hand_in(report, package, officer)
