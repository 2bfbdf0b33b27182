# SPDX-License-Identifier: EUPL-1.2
"""Reminders, new records, letters by person and unit, and who stands in for whom."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.feedback import tasks
from casework.feedback.models import Concern, Notice
from casework.feedback.selectors import news_of
from casework.follow_up.models import NewRecord, Reminder, StandIn
from casework.follow_up.selectors import (
    letters_held,
    new_records_waiting,
    reminders_in,
    reminders_waiting,
    stands_in_for,
)
from casework.follow_up.services import (
    complete_reminder,
    end_stand_in,
    move_reminder,
    see_case,
    set_reminder,
    set_stand_in,
    tick_record,
)
from casework.journal.models import JournalEntry
from casework.organisation.enums import Role
from casework.organisation.models import Authority, Unit, User
from casework.organisation.services import appoint
from casework.register.audit import verify_register
from casework.register.enums import CaseType, Direction
from casework.register.models import Case, NumberSeries, Record
from casework.register.selectors import entries_shown
from casework.register.services import (
    assign_officer,
    assign_unit,
    mark_record_secret,
    mark_secret,
    register_case,
    register_record,
)
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def fresh(user: User) -> User:
    """The person in a new request, with nothing remembered."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def registrar(city: SmallCity) -> User:
    return fresh(city.people["registrator"])


@pytest.fixture
def officer(city: SmallCity) -> User:
    return fresh(city.people["handlaggare"])


@pytest.fixture
def other(city: SmallCity) -> User:
    """Another officer of the authority."""
    user = User.objects.create(username="annan", first_name="Annan", last_name="Ek")
    appoint(user=user, role=Role.OFFICER, scope=_authority(), actor=None)
    return user


@pytest.fixture
def unit(city: SmallCity) -> Unit:
    return Unit.objects.create(name="Enheten för prov", authority=_authority())


@pytest.fixture
def letter(city: SmallCity, registrar: User) -> Case:
    return register_case(
        series=NumberSeries.objects.get(authority__code="KS", is_historic=False),
        case_type=CaseType.LETTER,
        title="Klagomål på snöröjning",
        received_date=dt.date(2026, 1, 7),
        actor=registrar,
    )


def _authority() -> Authority:
    return Authority.objects.get(code="KS")


def _in(days: int) -> dt.date:
    return TODAY() + dt.timedelta(days=days)


def _remind(case: Case, actor: User, **values: object) -> Reminder:
    given: dict[str, object] = {"day": _in(3), "what": "Ring sökanden", "user": actor} | values
    return set_reminder(case=case, actor=actor, **given)  # type: ignore[arg-type]


def _record(case: Case, actor: User, direction: str = Direction.INCOMING) -> Record:
    """One that is not what the case began with."""
    if not case.records.exists():
        register_record(
            case=case, actor=actor, direction="in", title="Klagomål", received_date=_in(-1)
        )
    return register_record(
        case=case, actor=actor, direction=direction, title="Svar", received_date=_in(-1)
    )


# Reminders


def test_9_a_reminder_waits_until_it_is_done(letter: Case, registrar: User, officer: User) -> None:
    reminder = _remind(letter, registrar, user=officer)
    assert list(reminders_waiting(officer, [])) == [reminder]
    assert not reminders_waiting(registrar, [])
    move_reminder(reminder=reminder, day=_in(10), actor=officer)
    assert reminders_waiting(officer, []).get().day == _in(10)
    complete_reminder(reminder=reminder, actor=officer)
    assert not reminders_waiting(officer, [])
    assert reminders_in(officer, letter).get().done_by == officer
    with pytest.raises(ValidationError, match="redan klar"):
        complete_reminder(reminder=reminder, actor=officer)
    actions = JournalEntry.objects.filter(subject=letter.subject, action__startswith="follow_up.")
    assert [row.action for row in actions.order_by("pk")] == [
        "follow_up.reminder_set", "follow_up.reminder_moved", "follow_up.reminder_done",
    ]  # fmt: skip
    assert verify_register().faults == []


def test_9_a_unit_is_reminded_together(
    letter: Case, registrar: User, officer: User, unit: Unit
) -> None:
    reminder = _remind(letter, registrar, user=None, unit=unit)
    assert not reminders_waiting(officer, [])
    User.objects.filter(pk=officer.pk).update(unit=unit)
    assert list(reminders_waiting(fresh(officer), [])) == [reminder]


def test_9_a_reminder_asks_for_what_whom_and_a_day_ahead(
    letter: Case, registrar: User, officer: User, unit: Unit, city: SmallCity
) -> None:
    for wrong in (
        {"what": " "}, {"day": _in(-1)}, {"user": None}, {"unit": unit},
        {"user": city.people["larare"]},
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            _remind(letter, registrar, **wrong)
    with pytest.raises(PermissionDenied):
        _remind(letter, city.people["larare"])


def test_9_a_reminder_is_not_shown_to_who_is_let_in_no_more(
    letter: Case, registrar: User, officer: User
) -> None:
    _remind(letter, registrar, user=officer)
    mark_secret(case=letter, provision="OSL 21:1", reason="Skydd.", actor=registrar)
    assert reminders_waiting(fresh(officer), []).exists() == (
        Case.objects.visible_to(fresh(officer)).filter(pk=letter.pk).exists()
    )


def test_9_a_reminder_about_a_secret_record_is_hidden_with_it(
    letter: Case, registrar: User, officer: User, other: User
) -> None:
    record = _record(letter, registrar)
    _remind(letter, registrar, user=other, record=record)
    assert reminders_waiting(fresh(other), []).count() == 1
    assign_officer(case=letter, officer=officer, actor=registrar)
    mark_record_secret(record=record, provision="OSL 21:1", reason="Skydd.", actor=registrar)
    seen = Record.objects.shown_to(fresh(other)).filter(pk=record.pk).exists()
    assert not seen
    assert not reminders_waiting(fresh(other), []).exists()
    assert not reminders_in(fresh(other), letter).exists()
    entries = JournalEntry.objects.filter(subject=letter.subject)
    told = entries_shown(fresh(other), letter, entries)
    assert not [entry for entry in told if entry.action.startswith("follow_up.")]
    assert verify_register().faults == []


def test_9_who_has_a_reminder_is_told_once_on_its_day(
    letter: Case, registrar: User, officer: User
) -> None:
    reminder = _remind(letter, registrar, user=officer)
    morning = timezone.localtime().replace(hour=8, minute=0) + dt.timedelta(days=3)
    with time_machine.travel(morning - dt.timedelta(days=1), tick=False):
        assert tasks.tell_reminders() == 0
    with time_machine.travel(morning, tick=False):
        assert tasks.tell_reminders() == 1
        assert tasks.tell_reminders() == 0
        notice = Notice.objects.get(concern=Concern.REMINDED)
        assert notice.user == officer
        assert reminder.what not in notice.subject + notice.body
        assert letter.title not in notice.subject + notice.body
        move_reminder(reminder=reminder, day=morning.date() + dt.timedelta(days=1), actor=officer)
    with time_machine.travel(morning + dt.timedelta(days=1), tick=False):
        assert tasks.tell_reminders() == 1
    assert notice in news_of(officer)
    assert verify_register().faults == []


# Who has it


def test_9_a_letter_stands_with_its_unit_until_somebody_takes_it(
    letter: Case, registrar: User, officer: User, other: User, unit: Unit
) -> None:
    User.objects.filter(pk=officer.pk).update(unit=unit)
    held = [row.case for row in letters_held(fresh(other), [], 20)]
    assert letter in held, "nobody's"
    assign_unit(case=letter, unit=unit, actor=registrar, note="Ni kan frågan.")
    rows = {row.case: row for row in letters_held(fresh(officer), [], 20)}
    assert rows[letter].note == "Ni kan frågan."
    for person in (other, registrar):
        assert letter not in [row.case for row in letters_held(fresh(person), [], 20)]
    notice = Notice.objects.get(concern=Concern.GIVEN)
    assert notice.user == officer
    assert "Ni kan frågan" not in notice.subject + notice.body
    assign_officer(case=letter, officer=officer, actor=fresh(officer))
    assert letter in [row.case for row in letters_held(fresh(officer), [], 20)]


def test_9_a_letter_of_a_unit_without_people_is_not_lost(
    letter: Case, registrar: User, unit: Unit
) -> None:
    assign_unit(case=letter, unit=unit, actor=registrar)
    assert letter in [row.case for row in letters_held(registrar, [], 20)]


def test_9_what_somebody_had_who_has_left_is_not_lost(
    letter: Case, registrar: User, officer: User
) -> None:
    assign_officer(case=letter, officer=officer, actor=registrar)
    _remind(letter, registrar, user=officer)
    assert letter not in [row.case for row in letters_held(registrar, [], 20)]
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert letter in [row.case for row in letters_held(registrar, [], 20)]
    assert reminders_waiting(registrar, []).count() == 1


def test_9_the_most_urgent_letter_stands_first(
    letter: Case, registrar: User, officer: User
) -> None:
    later = register_case(
        series=letter.entry.series, case_type=CaseType.LETTER, title="Senare",
        received_date=dt.date(2026, 1, 2), due_on=_in(9), actor=registrar,
    )  # fmt: skip
    late = register_case(
        series=letter.entry.series, case_type=CaseType.LETTER, title="Försenad",
        received_date=dt.date(2026, 1, 3), due_on=_in(-400), actor=registrar,
    )  # fmt: skip
    rows = letters_held(officer, [], 20)
    order = [row.case for row in rows]
    assert order.index(late) < order.index(letter) < order.index(later)
    assert [row.is_late for row in rows if row.case in (late, later)] == [True, False]


# New records


def test_9_a_record_that_comes_in_is_new_until_the_officer_opens_the_case(
    letter: Case, registrar: User, officer: User, other: User
) -> None:
    assign_officer(case=letter, officer=officer, actor=registrar)
    letter.refresh_from_db()
    record = _record(letter, registrar)
    _record(letter, registrar, Direction.OUTGOING)
    assert [row.record for row in new_records_waiting(officer, [])] == [record]
    assert not new_records_waiting(other, [])
    assert see_case(case=letter, actor=other) == []
    assert new_records_waiting(officer, []).exists()
    assert [row.record for row in see_case(case=letter, actor=officer)] == [record]
    assert not new_records_waiting(officer, [])
    assert see_case(case=letter, actor=officer) == []


def test_9_what_the_officer_files_is_not_new_to_them(
    letter: Case, registrar: User, officer: User
) -> None:
    assign_officer(case=letter, officer=officer, actor=registrar)
    letter.refresh_from_db()
    _record(letter, officer)
    assert not NewRecord.objects.exists()


def test_9_a_new_record_is_ticked_by_who_has_it(
    letter: Case, registrar: User, officer: User, city: SmallCity
) -> None:
    assign_officer(case=letter, officer=officer, actor=registrar)
    letter.refresh_from_db()
    _record(letter, registrar)
    new = NewRecord.objects.get()
    with pytest.raises(PermissionDenied):
        tick_record(new=new, actor=city.people["larare"])
    tick_record(new=new, actor=officer)
    assert not new_records_waiting(officer, [])


# Standing in


def test_9_a_stand_in_has_what_waits_for_who_is_away(
    letter: Case, registrar: User, officer: User, other: User
) -> None:
    assign_officer(case=letter, officer=officer, actor=registrar)
    letter.refresh_from_db()
    _record(letter, registrar)
    _remind(letter, registrar, user=officer)
    row = set_stand_in(
        absent=officer, substitute=other, valid_from=TODAY(), valid_until=_in(7), actor=officer
    )
    absent = stands_in_for(other)
    assert absent == [officer]
    assert {held.case: held.instead_of for held in letters_held(other, absent, 20)}[letter] == (
        officer
    )
    assert reminders_waiting(other, absent).count() == 1
    assert new_records_waiting(other, absent).count() == 1
    assert letter in [held.case for held in letters_held(officer, [], 20)], "with both"
    complete_reminder(reminder=Reminder.objects.get(), actor=other)
    end_stand_in(stand_in=row, actor=officer)
    assert stands_in_for(other) == []
    assert verify_register().faults == []


def test_9_a_stand_in_gets_no_right_to_see(
    letter: Case, registrar: User, officer: User, other: User
) -> None:
    """docs/decisions/0022: who stands in sees with own eyes, in lists and in notices alike."""
    assign_officer(case=letter, officer=officer, actor=registrar)
    mark_secret(case=letter, provision="OSL 21:1", reason="Skydd.", actor=registrar)
    letter.refresh_from_db()
    set_stand_in(
        absent=officer, substitute=other, valid_from=TODAY(), valid_until=None, actor=officer
    )
    person = fresh(other)
    assert not letter.is_open_to(person)
    assert letter.is_open_to(fresh(officer))
    _remind(letter, registrar, user=fresh(officer))
    assert letter not in [held.case for held in letters_held(person, [officer], 20)]
    assert not reminders_waiting(person, [officer])
    Notice.objects.all().delete()
    morning = timezone.localtime().replace(hour=8, minute=0) + dt.timedelta(days=3)
    with time_machine.travel(morning, tick=False):
        tasks.tell_reminders()
    assert [row.user for row in Notice.objects.all()] == [officer]


def test_9_notices_go_to_both(letter: Case, registrar: User, officer: User, other: User) -> None:
    set_stand_in(
        absent=officer, substitute=other, valid_from=TODAY(), valid_until=None, actor=officer
    )
    assign_officer(case=letter, officer=officer, actor=registrar)
    found = {row.user: row for row in Notice.objects.filter(case=letter)}
    assert set(found) == {officer, other}
    assert found[other].concern == Concern.STAND_IN
    assert str(officer) in found[other].body


def test_9_oneself_or_an_administrator_says_who_stands_in(
    officer: User, other: User, registrar: User, city: SmallCity
) -> None:
    def set_by(actor: User, **values: object) -> StandIn:
        given: dict[str, object] = {
            "absent": officer, "substitute": other, "valid_from": TODAY(), "valid_until": None,
        } | values  # fmt: skip
        return set_stand_in(actor=actor, **given)  # type: ignore[arg-type]

    for actor in (registrar, other):
        with pytest.raises(PermissionDenied):
            set_by(actor)
    for wrong in (
        {"substitute": officer}, {"valid_until": _in(-1)},
        {"valid_from": _in(-9), "valid_until": _in(-3)},
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            set_by(officer, **wrong)
    row = set_by(fresh(city.people["admin"]))
    with pytest.raises(ValidationError, match="redan ersättare"):
        set_by(officer)
    with pytest.raises(PermissionDenied):
        end_stand_in(stand_in=row, actor=other)
    end_stand_in(stand_in=row, actor=officer)
    assert JournalEntry.objects.filter(action__startswith="follow_up.stand_in").count() == 2
