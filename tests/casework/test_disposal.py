# SPDX-License-Identifier: EUPL-1.2
"""Disposal: only by a recorded decision, never of what is to be kept."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.archive import services as archive
from casework.archive.models import DisposalDecision
from casework.archive.selectors import due_cases, spared
from casework.consultation.services import Asked, close_consultation, open_consultation
from casework.inbox.services import file_as_new_case, receive_mail
from casework.journal.models import JournalEntry
from casework.organisation.models import User
from casework.register.enums import CaseType, Outcome, Retention
from casework.register.models import Case, ClassCode, Record, RecordFile, TextPart, record_storage
from casework.register.selectors import case_as_of
from casework.register.services import (
    close_case,
    correct_fields,
    reopen_case,
)
from tests.casework.letters import faults, letter
from tests.conftest import triggers_off
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(city: SmallCity) -> User:
    return city.people["registrator"]


def weeded_class() -> ClassCode:
    return ClassCode.objects.filter(retention=Retention.WEED, weed_after_years=2)[0]


def closed_letter(registrar: User, code: ClassCode, title: str = "Gammalt") -> Case:
    case = letter(registrar, title, class_code=code)
    TextPart.objects.create(case=case, record=case.records.get(), kind="file", text="orden")
    close_case(case=case, outcome=Outcome.ANSWERED, decided_on=None, actor=registrar)
    return case


def decision(registrar: User, *classes: ClassCode) -> DisposalDecision:
    return archive.record_decision(
        authority=Case.objects.filter(authority__code="KS")[0].authority, reference="KS § 4",
        decided_on=timezone.localdate(), classes=classes, actor=registrar,
    )  # fmt: skip


def in_years(count: int) -> time_machine.travel:
    return time_machine.travel(
        timezone.now().replace(month=6, day=1) + dt.timedelta(days=366 * count)
    )


def test_disposal_takes_the_files_and_leaves_the_diary(
    registrar: User, django_capture_on_commit_callbacks: object
) -> None:
    code = weeded_class()
    case = closed_letter(registrar, code)
    file = RecordFile.objects.get(record__case=case)
    rule = decision(registrar, code)
    assert not due_cases(rule).exists()
    with in_years(3):
        assert list(due_cases(rule)) == [case]
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            assert archive.dispose(decision=rule, cases=[case], actor=registrar) == 1
    record = case.records.get()
    assert record.disposed_at is not None
    assert record.title == "Gammalt"
    assert not record_storage().exists(str(file.file))
    assert not TextPart.objects.filter(case=case).exists()
    told = JournalEntry.objects.get(action="register.record_disposed")
    assert told.after["decision"] == "KS § 4"
    assert not faults()
    before = case_as_of(case, timezone.localdate())
    assert before["records"][record.dnr]["disposed_at"] is None  # type: ignore[index]


def test_what_came_by_mail_goes_with_its_record(
    registrar: User, django_capture_on_commit_callbacks: object
) -> None:
    code = weeded_class()
    series = Case.objects.filter(authority__code="KS").latest("pk").entry.series
    data = b"Subject: Fr\xc3\xa5ga\r\nFrom: a@example.com\r\n\r\nOm lyktan."
    came = receive_mail(authority=series.authority, data=data, source="", actor=None).item
    filed = file_as_new_case(item=came, series=series, title="Fråga", actor=registrar)
    case = Case.objects.latest("pk")
    correct_fields(obj=case, values={"class_code": code}, reason="Klass.", actor=registrar)
    close_case(case=case, outcome=Outcome.ANSWERED, decided_on=None, actor=registrar)
    names = [str(file.file) for file in came.files.exclude(file="")]
    rule = decision(registrar, code)
    with in_years(3), django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert archive.dispose(decision=rule, cases=[case], actor=registrar)
    came.refresh_from_db()
    assert came.text == ""
    assert JournalEntry.objects.filter(action="inbox.erased").count() == 1  # told once (issue 9)
    assert names
    assert not any(record_storage().exists(name) for name in names)
    assert not faults()
    assert filed


@pytest.mark.parametrize(
    "why", ["kept record", "kept class", "open", "early", "other class", "initiative", "published"]
)
def test_what_is_to_be_kept_is_never_swept_along(registrar: User, why: str) -> None:
    code = weeded_class()
    case = closed_letter(registrar, code)
    rule = decision(registrar, code)
    record = case.records.get()
    with in_years(1 if why == "early" else 3):
        if why == "kept record":
            archive.set_retention(record=record, retention=Retention.KEEP, actor=registrar)
        elif why == "kept class":
            ClassCode.objects.filter(pk=code.pk).update(retention="keep", weed_after_years=None)
        elif why == "open":
            reopen_case(case=case, reason="Nytt.", actor=registrar)
        elif why == "other class":
            other = ClassCode.objects.filter(retention="keep")[0]
            correct_fields(
                obj=case, values={"class_code": other}, reason="Fel klass.", actor=registrar
            )
        elif why == "initiative":
            Case.objects.filter(pk=case.pk).update(case_type=CaseType.INITIATIVE)
        elif why == "published":
            Case.objects.filter(pk=case.pk).update(is_published=True)
        assert case not in list(due_cases(rule))
        # Also where the list was shown before it changed.
        archive.dispose(decision=rule, cases=[case], actor=registrar)
    record.refresh_from_db()
    assert record.disposed_at is None
    assert record.files.count() == 1


def test_the_database_refuses_to_dispose_of_what_is_kept(registrar: User) -> None:
    record = letter(registrar).records.get()
    archive.set_retention(record=record, retention=Retention.KEEP, actor=registrar)
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=record.pk).update(disposed_at=timezone.now())


def test_a_decision_names_no_class_that_is_kept(registrar: User) -> None:
    kept = ClassCode.objects.filter(retention=Retention.KEEP)[0]
    with pytest.raises(ValidationError, match="Bevaras"):
        decision(registrar, kept, weeded_class())
    with pytest.raises(ValidationError, match="minst en klass"):
        decision(registrar)


def test_a_case_with_texts_in_other_rooms_is_left_alone(registrar: User) -> None:
    code = weeded_class()
    case = closed_letter(registrar, code)
    rule = decision(registrar, code)
    with in_years(3):
        assert spared(rule, case) is None
        reopen_case(case=case, reason="Remiss.", actor=registrar)
        asked = open_consultation(
            case=case, consultees=[Asked(name="Föreningen")], question="Vad?",
            deadline=timezone.localdate() + dt.timedelta(days=30), actor=registrar,
        )  # fmt: skip
        close_consultation(consultation=asked, actor=registrar)
        close_case(case=case, outcome=Outcome.ANSWERED, decided_on=None, actor=registrar)
    with in_years(7):
        case.refresh_from_db()
        assert str(spared(rule, case)) == "held"


def test_a_decision_changed_past_the_services_is_found(registrar: User) -> None:
    rule = decision(registrar, weeded_class())
    with triggers_off():
        DisposalDecision.objects.filter(pk=rule.pk).update(reference="KS § 5")
    assert any("KS § 5" in fault for fault in faults())
