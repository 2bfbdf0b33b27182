# SPDX-License-Identifier: EUPL-1.2
"""Every column of every kept row, changed past the services, is found (issue 7, M1).

Here are the tables of bodies' lists, money, remiss, experts, roles and requests; the register's own
and the meetings' are told one by one in the files beside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from casework.consultation.audit import expert_faults
from casework.consultation.enums import AnswerState, Position
from casework.consultation.models import Consultation, Consultee, ExpertRequest, NoConsultation
from casework.consultation.services import Asked, note_answer, open_consultation
from casework.disclosure.audit import TABLES as DISCLOSURE_TABLES
from casework.disclosure.audit import disclosure_faults
from casework.disclosure.models import DisclosureRequest
from casework.disclosure.services import (
    answer_disclosure,
    list_records,
    note_decision,
    request_disclosure,
    review_item,
    want_decision,
)
from casework.dispatch.services import Receiver, dispatch_record
from casework.follow_up.audit import stand_in_faults
from casework.follow_up.models import StandIn
from casework.follow_up.services import set_reminder, set_stand_in
from casework.inbox.audit import inbox_faults
from casework.inbox.models import InboxFile, InboxItem
from casework.inbox.services import receive_letter
from casework.initiatives.audit import answer_faults, projection_faults
from casework.initiatives.models import AnswerSet, Initiative
from casework.journal.digests import columns_of
from casework.meetings.audit import MEETING_TABLES, meeting_faults
from casework.organisation.audit import appointment_faults
from casework.organisation.models import Appointment, User
from casework.prioritisation.audit import funding_faults, list_faults
from casework.prioritisation.models import Funding, ListItem, OrderedList
from casework.process.audit import TABLES as PROCESS_TABLES
from casework.process.audit import state_faults, step_faults
from casework.process.models import Candidacy, Process
from casework.process.progress import Tertial
from casework.process.services import report_progress, start_implementation
from casework.register.audit import verify_register
from casework.register.audit_rows import TABLES as REGISTER_TABLES
from casework.register.audit_rows import audit_faults, row_faults
from casework.register.enums import Direction, LinkKind
from casework.register.models import Case, NumberAudit, NumberSeries
from casework.register.services import (
    add_number,
    audit_numbers,
    correct,
    grant_access,
    link_cases,
    register_record,
)
from casework.register.state import CASE_COLUMNS
from tests.casework.test_verify_rooms import decided  # noqa: F401  taken over by name
from tests.conftest import triggers_off
from tests.small_city import SmallCity, letter_record

Faults = Callable[[], Iterable[str]]
KEPT: list[tuple[type[models.Model], Faults]] = [
    (Initiative, answer_faults),
    (Appointment, appointment_faults),
    (OrderedList, list_faults),
    (ListItem, list_faults),
    (Funding, funding_faults),
    (Consultation, row_faults),
    (Consultee, row_faults),
    (NoConsultation, row_faults),
    (ExpertRequest, expert_faults),
    (NumberAudit, audit_faults),
    *((table.model, disclosure_faults) for table in DISCLOSURE_TABLES),
    (StandIn, stand_in_faults),
    (InboxItem, inbox_faults),
    (InboxFile, inbox_faults),
]


def _all_kept() -> list[tuple[type[models.Model], Faults]]:
    """Every table of the house that the audit covers, and who audits it.

    Documents have a test of their own; a case's counters are counted by ``verify_register``.
    """
    rooms = ((REGISTER_TABLES, row_faults), (MEETING_TABLES, meeting_faults))
    found: dict[type[models.Model], Faults] = {Case: _case_faults}
    for tables, faults in (*rooms, (PROCESS_TABLES, step_faults)):
        found |= {x.model: faults for x in tables if x.model._meta.app_label != "docgen"}
    return list((found | dict(KEPT)).items())


def _case_faults() -> list[str]:
    return verify_register().faults


@pytest.fixture
def worked(city: SmallCity) -> SmallCity:
    """The small city, which has given money to some; also a remiss that is answered, a request."""
    officer = city.people["handlaggare"]
    consultation = open_consultation(
        case=city.case("registered"),
        consultees=[Asked(administration=city.administrations[1])],
        question="Vad tycker ni?",
        deadline=timezone.localdate() + dt.timedelta(days=20),
        actor=officer,
    )
    note_answer(
        consultee=consultation.consultees.get(),
        state=AnswerState.ANSWERED,
        position=Position.SUPPORTS,
        text="Ja.",
        actor=officer,
    )
    asked = request_disclosure(number="KS 2026/1", text="Allt", contact="vem@example.se")
    registrar = city.people["registrator"]
    two = [SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.7 x\n%%EOF") for name in ("plan", "brev")]
    record = letter_record(city, files=two)
    (item,) = list_records(request=asked, records=[record], actor=registrar)
    masked = SimpleUploadedFile("maskad.pdf", b"%PDF-1.7 maskad\n%%EOF")
    review_item(
        item=item, outcome="partly", provision="OSL 21:1", reason="Hälsa.", masked=[masked],
        own=record.files.all()[:1], actor=registrar,
    )  # fmt: skip
    answer_disclosure(request=asked, outcome="refused", answer="Nej.", actor=registrar)
    want_decision(code=asked.code)
    note_decision(request=asked, number=city.case("registered").dnr, actor=registrar)
    _handled(city.case("registered"), registrar, city.people["ledamot"])
    audit_numbers(series=NumberSeries.objects.get(code="KS"), year=2026, actor=registrar)
    sent = city.case("registered").records.order_by("pk").first()
    assert sent is not None
    dispatch_record(record=sent, receivers=[Receiver("Föreningen")], way="post", actor=registrar)
    receive_letter(
        authority=city.case("registered").authority, title="Lämnat i receptionen", actor=registrar,
        files=[SimpleUploadedFile("brev.pdf", b"%PDF-1.7 brev\n%%EOF")],
    )  # fmt: skip
    carried = city.initiatives["decided"]
    start_implementation(initiative=carried, actor=officer)
    report_progress(
        initiative=carried, actor=officer, tertial=Tertial.of(timezone.localdate()), light="green",
        words="Det går bra.", spent_tkr=10,
    )  # fmt: skip
    return city


def _handled(case: Case, registrar: User, reader: User) -> None:
    """Let a case have all that hangs on one."""
    register_record(
        case=case,
        direction=Direction.INCOMING,
        title="Brev",
        received_date=timezone.localdate(),
        files=[SimpleUploadedFile("brev.pdf", b"%PDF-1.7 brev\n%%EOF")],
        actor=registrar,
    )
    correct(obj=case, field="party", value="Anna", reason="Fel", actor=registrar)
    add_number(case=case, number="BN 2019/7", actor=registrar)
    link_cases(case=case, kind=LinkKind.RELATED, number="KF 2020/77", actor=registrar)
    grant_access(case=case, user=reader, reason="Ska läsa", actor=registrar)
    set_reminder(case=case, day=timezone.localdate(), what="Ring", user=registrar, actor=registrar)
    set_stand_in(
        absent=registrar, substitute=reader, valid_from=timezone.localdate(), valid_until=None,
        actor=registrar,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.any_database  # the rows' words are compared; that they are read alike, others prove
@pytest.mark.usefixtures("worked", "decided")
def test_7_every_column_of_every_kept_row_is_covered() -> None:
    """The audit's 111 tamperings, and every other column: 80 were not found."""
    assert verify_register().faults == []
    missed, tried = [], 0
    for model, faults in _all_kept():
        assert model._default_manager.exists(), f"no {model.__name__} to change"
        table = model._meta.db_table
        for name in _told(model):
            tried += 1
            change = _changed(model, name)
            if not _found(f"UPDATE {table} SET {name} = {change}", faults):
                missed.append(f"{table}.{name}")
        if not _found(f"DELETE FROM {table}", faults):
            missed.append(f"{table} deleted")
    assert missed == []
    assert tried > 200


def _told(model: type[models.Model]) -> tuple[str, ...]:
    """The columns that the audit covers, without the primary key."""
    return (CASE_COLUMNS if model is Case else columns_of(model))[1:]


def test_7_answers_that_were_sent_are_covered_and_drafts_are_not(worked: SmallCity) -> None:
    table = AnswerSet._meta.db_table
    frozen = AnswerSet.objects.filter(frozen_at__isnull=False).first()
    assert frozen is not None
    missed = []
    for name in columns_of(AnswerSet)[1:]:
        change = _changed(AnswerSet, name)
        statement = f"UPDATE {table} SET {name} = {change} WHERE id = {frozen.pk}"
        if not _found(statement, answer_faults):
            missed.append(name)
    assert missed == []
    assert _found(f"DELETE FROM {table} WHERE id = {frozen.pk}", answer_faults)
    assert _found(f"UPDATE {table} SET frozen_at = NULL WHERE id = {frozen.pk}", answer_faults)


@pytest.mark.parametrize("name", ["title", "kind", "cost_tkr", "is_eservice"])
def test_7_what_lists_read_of_an_initiative_is_what_was_answered(
    worked: SmallCity, name: str
) -> None:
    change = _changed(Initiative, name)
    assert _found(f"UPDATE initiatives_initiative SET {name} = {change}", projection_faults)


@pytest.mark.parametrize("model", [Process, Candidacy])
def test_7_a_stage_that_no_step_led_to_is_found(
    worked: SmallCity, model: type[models.Model]
) -> None:
    stage = {Process: "draft", Candidacy: "with_group"}[model]  # type: ignore[index]
    assert _found(f"UPDATE {model._meta.db_table} SET stage = '{stage}'", state_faults)


def test_7_the_journal_holds_not_even_a_checksum_of_who_asks(worked: SmallCity) -> None:
    assert "contact" not in columns_of(DisclosureRequest)


def _changed(model: type[models.Model], name: str) -> str:
    """SQL for another value than any that stands in the column."""
    field = next(f for f in model._meta.concrete_fields if f.attname == name)
    match field.get_internal_type():
        case "DateField":
            return "'2001-01-01'"
        case "DateTimeField":
            return "'2001-01-01 10:00:00+00'"
        case "TimeField":
            return "'10:11:12'"
        case "BooleanField":
            return f"NOT {name}"
        case "UUIDField":
            return "'00000000000000000000000000000009'"
        case "JSONField":
            return "'[\"x\"]'"
        case "CharField" | "TextField":
            return f"COALESCE({name}, '') || 'x'"
        case _:
            return f"COALESCE({name}, 0) + 1000000"


def _found(statement: str, faults: Faults) -> bool:
    """Whether the audit tells of the change, or the database refuses it even without triggers."""
    with transaction.atomic():
        try:
            with transaction.atomic(), triggers_off(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            return True
        found = bool(list(faults()))
        transaction.set_rollback(True)
    return found


#: What the audit keeps and the services may take away or rewrite, so that no trigger guards it.
WORKED_ON = {
    "initiatives_initiative": "a draft may be thrown away, and its answers are repeated in it",
    "meetings_agendaitem": "an agenda is made anew until the meeting opens",
    "prioritisation_listitem": "places of a draft come and go",
    "consultation_noconsultation": "a remiss sent later takes its place",
}


def test_7_m2_every_kept_table_is_guarded_by_the_database(db: None) -> None:
    kept = {
        table.model._meta.db_table
        for tables in (REGISTER_TABLES, MEETING_TABLES, PROCESS_TABLES)
        for table in tables
    } | {model._meta.db_table for model, _faults in KEPT}
    kept |= {"register_case", "journal_journalentry", "journal_chain", "register_seriescounter"}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger"
                " WHERE NOT tgisinternal"
            )
        triggers = cursor.fetchall()
    deletes = {table for table, sql in triggers if "DELETE" in sql}
    assert kept - deletes == WORKED_ON.keys()
    if connection.vendor == "postgresql":
        assert deletes - {table for table, sql in triggers if "TRUNCATE" in sql} == set()
