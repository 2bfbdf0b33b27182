# SPDX-License-Identifier: EUPL-1.2
"""What a report takes from its case: answers, remisser, dissent; and becoming a record."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.consultation.enums import AnswerState, Position
from casework.consultation.services import Asked, note_answer, open_consultation
from casework.journal.models import JournalEntry
from casework.meetings.services import DissentBy, note_dissent, note_historic_decision
from casework.organisation.enums import BodyKind, Role
from casework.organisation.models import Body
from casework.register.enums import Direction, RecordKind, TextKind
from casework.register.models import Record, TextPart
from docgen import services
from docgen.models import Report
from docgen.permissions import may_finish_report, may_write_report
from docgen.services.building import case_consultation, case_dissents, content_of
from tests.docgen.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(city):
    return person("registrator", city, Role.REGISTRAR)


@pytest.fixture
def decided(case, registrar):
    """A decision of borgarrådsberedningen with a reservation, entered as history."""
    body = Body.objects.create(
        kind=BodyKind.MAYORS_BOARD,
        name="Borgarrådsberedningen",
        slug="borgarradsberedningen",
        authority=case.authority,
    )
    decision = note_historic_decision(
        case=case, body=body, lead="", points=["Kartan införs."], actor=registrar
    )
    note_dissent(
        decision=decision,
        kind="reservation",
        persons=[DissentBy(name="Kim Ek", party="s"), DissentBy(name="Mika Berg", party="")],
        proposal="Kartan införs inte.\nPengarna går till skolan.",
        statement="Kartor finns redan.",
        actor=registrar,
    )
    return decision


def test_dissent_is_taken_from_the_decision_and_can_be_edited(case, officer, decided):
    """R62, R70: prefilled with persons, parties and the own proposal; by code, not by label."""
    report = services.create_report(case=case, actor=officer)
    (dissent,) = content_of(report.get_latest_revision_as_object()).dissents
    assert dissent.kind == "reservation"
    assert dissent.body == "borgarrådsberedningen"
    assert [(x.name, x.party) for x in dissent.persons] == [("Kim Ek", "s"), ("Mika Berg", "")]
    assert [x.text for x in dissent.proposal] == [
        "Kartan införs inte.",
        "Pengarna går till skolan.",
    ]
    assert dissent.html == "<p>Kartor finns redan.</p>"
    preparation = next(
        x for x in report.get_latest_revision_as_object().sections.all() if x.key == "preparation"
    )
    assert "Borgarrådsberedningen beslutade: Kartan införs." in preparation.body


def test_dissent_announced_later_comes_once_and_stays_away_when_removed(
    case, officer, registrar, decided
):
    report = services.create_report(case=case, actor=officer)
    newest = report.get_latest_revision_as_object()
    newest.dissents = []
    services.save_draft(report=newest, actor=officer)
    services.request_generation(report=report, actor=officer)
    assert not Report.objects.get().get_latest_revision_as_object().dissents.all()
    note_dissent(
        decision=decided,
        kind="statement",
        persons=[DissentBy(name="Bo Lund", party="v")],
        statement="Det går för fort.",
        actor=registrar,
    )
    services.request_generation(report=report, actor=officer)
    (added,) = Report.objects.get().get_latest_revision_as_object().dissents.all()
    assert (added.kind, added.persons) == ("statement", "Bo Lund (v)")
    assert len(case_dissents(case)) == 2


def test_all_remisser_stand_in_one_table_with_positions(case, officer):
    """R65, R66: the last word of each that was asked, and the day by which all had time."""
    today = timezone.localdate()
    first = open_consultation(
        case=case,
        consultees=[Asked(name="Länsstyrelsen"), Asked(name="Kulturnämnden")],
        question="Vad anser ni?",
        deadline=today + dt.timedelta(days=10),
        actor=officer,
    )
    note_answer(
        consultee=first.consultees.get(name="Länsstyrelsen"),
        state=AnswerState.ANSWERED,
        position=Position.REJECTS,
        actor=officer,
    )
    open_consultation(
        case=case,
        consultees=[Asked(name="Idrottsnämnden")],
        question="Och ni?",
        deadline=today + dt.timedelta(days=20),
        actor=officer,
    )
    found = case_consultation(case)
    assert found is not None
    assert found.deadline == today + dt.timedelta(days=20)
    assert {(x.name, x.status) for x in found.consultees} == {
        ("Länsstyrelsen", "Avstyrker"),
        ("Kulturnämnden", "Väntar på svar"),
        ("Idrottsnämnden", "Väntar på svar"),
    }


def test_a_finished_report_is_a_record_that_search_finds(case, officer):
    """R60: an established record with the file, its text searchable, once per text."""
    report = services.create_report(case=case, actor=officer)
    record = services.finish_report(report=report, actor=officer)
    assert (record.kind, record.direction) == (RecordKind.REPORT, Direction.ESTABLISHED)
    assert record.received_date == timezone.localdate()
    document = report.documents.get()
    assert document.record == record
    (file,) = record.files.all()
    with file.file.open("rb") as kept, document.file.open("rb") as made:
        assert kept.read() == made.read()
    text = TextPart.objects.get(case=case, record=record, kind=TextKind.REPORT).text
    assert "Förslaget i ärendet ”Gemensam kartplattform” godkänns." in text
    assert "<p>" not in text
    entry = JournalEntry.objects.get(subject=case.subject, action="docgen.report_finished")
    assert entry.after["dnr"] == record.dnr
    with pytest.raises(ValidationError, match="redan registrerad"):
        services.finish_report(report=report, actor=officer)
    newest = Report.objects.get().get_latest_revision_as_object()
    newest.title = "Gemensam karta"
    services.save_draft(report=newest, actor=officer)
    assert services.finish_report(report=report, actor=officer).pk != record.pk
    assert Record.objects.filter(case=case, kind=RecordKind.REPORT).count() == 2


def test_services_ask_who_writes(case, officer, reader, secret_case):
    """Whoever calls: a reader writes nothing, and sight of a case is asked for too."""
    report = services.create_report(case=case, actor=officer)
    assert may_write_report(officer, case)
    assert may_finish_report(officer, case)
    assert not may_write_report(reader, case)
    for call in (
        lambda: services.create_report(case=case, actor=reader),
        lambda: services.save_draft(report=report, actor=reader),
        lambda: services.request_generation(report=report, actor=reader),
        lambda: services.finish_report(report=report, actor=reader),
        lambda: services.create_report(case=secret_case, actor=reader),
        lambda: services.use_shipped_template(actor=officer),
        lambda: services.upload_template(data=b"", name="x", version="2", actor=officer),
    ):
        with pytest.raises(PermissionDenied) as refused:
            call()
        assert str(refused.value).endswith(".")
