# SPDX-License-Identifier: EUPL-1.2
"""Undoing what was done with many cases at once: just that, by the same person, for a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.archive import services as archive
from casework.archive.enums import ClosingState
from casework.archive.models import Closing
from casework.follow_up.models import Reminder
from casework.journal.models import JournalEntry
from casework.organisation.models import Unit
from casework.register.enums import CaseType
from casework.register.models import Case, NumberSeries
from casework.register.services import (
    assign_officer,
    assign_unit,
    correct_fields,
    publish,
    register_case,
    reopen_case,
)
from casework.register.services.together import version_of
from casework.saved_lists.models import DoneTogether
from tests.casework.letters import faults
from tests.desk.told import told, way_to_undo
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db
END = {"outcome": "answered", "decided_on": "i"}


@pytest.fixture
def letters(city: SmallCity) -> list[Case]:
    """Three letters that nobody has."""
    return [
        register_case(
            series=NumberSeries.objects.get(authority__code="KS", is_historic=False),
            case_type=CaseType.LETTER, title=title, received_date=dt.date(2026, 1, 7),
            actor=city.people["registrator"],
        )
        for title in ("Bil", "Buss", "Båt")
    ]  # fmt: skip


def do(client: Client, name: str, cases: list[Case], **sent: Any) -> Any:
    """Do a thing with some cases as they stand now."""
    rows = " ".join(f"{case.pk}.{version_of(Case.objects.get(pk=case.pk))}" for case in cases)
    address = reverse("wagtail_bulk_action", args=["register", "case", name])
    return client.post(address, {"rows": rows, **sent})


def fresh(cases: list[Case]) -> list[Case]:
    """As they are stored."""
    return [Case.objects.get(pk=case.pk) for case in cases]


def newest(case: Case) -> JournalEntry:
    """What was last told of a case."""
    return JournalEntry.objects.filter(subject=case.subject).order_by("-pk")[0]


def test_9_an_assignment_goes_back_to_whoever_had_the_case(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    first, second, third = letters
    actor, officer = city.people["registrator"], city.people["handlaggare"]
    unit = Unit.objects.create(authority=first.authority, name="Trafikenheten")
    assign_officer(case=first, officer=city.people["handlaggare"], actor=actor)
    assign_unit(case=second, unit=unit, actor=actor)
    before = [(case.officer_id, case.unit_id) for case in fresh(letters)]
    other = Unit.objects.create(authority=first.authority, name="Parkenheten")
    page = do(registrar, "handlaggare", letters, unit=other.pk)
    assert told(page) == "3 ändrade."
    shown = registrar.get(way_to_undo(page)).content.decode()
    assert "Det gjordes" in shown
    assert third.dnr in shown
    assert officer.pk not in {case.officer_id for case in fresh(letters)}
    undone = registrar.post(way_to_undo(page))
    assert told(undone) == "3 ångrade."
    assert [(case.officer_id, case.unit_id) for case in fresh(letters)] == before
    entry = newest(third)
    assert entry.actor == actor
    assert entry.reason == "Ångrat för flera ärenden på en gång."
    assert registrar.get(way_to_undo(page)).status_code == 404, "it is undone once"
    assert not faults()


def test_9_what_was_changed_since_is_left_and_the_rest_of_the_case_is_not_touched(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    page = do(registrar, "visa", letters)
    first, second, _third = fresh(letters)
    actor = city.people["registrator"]
    publish(case=first, until=timezone.localdate(), actor=actor)
    correct_fields(obj=second, values={"title": "Spårväg"}, reason="Fel ord.", actor=actor)
    undone = registrar.post(way_to_undo(page))
    assert told(undone) == f"2 ångrade, 1 hoppades över: ändrade sedan dess ({first.dnr})."
    assert [case.is_published for case in fresh(letters)] == [True, False, False]
    assert Case.objects.get(pk=second.pk).title == "Spårväg"


def test_9_what_was_hidden_is_shown_as_long_as_it_was_to_be(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    until = timezone.localdate() + dt.timedelta(days=9)
    publish(case=letters[0], until=until, actor=city.people["registrator"])
    page = do(registrar, "dolj", letters[:2])
    assert told(registrar.post(way_to_undo(page))) == "1 ångrat."
    first, second, _third = fresh(letters)
    assert (first.is_published, first.published_until) == (True, until)
    assert not second.is_published


def test_9_a_reminder_ends_unless_somebody_has_moved_it(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    day = timezone.localdate() + dt.timedelta(days=3)
    sent = {"day": str(day), "what": "Ring", "user": city.people["registrator"].pk}
    page = do(registrar, "bevaka", letters, **sent)
    Reminder.objects.filter(case=letters[0]).update(day=day + dt.timedelta(days=1))
    assert told(registrar.post(way_to_undo(page))).startswith("2 ångrade, 1 hoppades över")
    assert Reminder.objects.filter(done_at=None).get().case == letters[0]
    assert newest(letters[1]).reason == "Ångrat för flera ärenden på en gång."


def test_9_what_was_closed_is_open_with_what_stood_before(
    registrar: Client, city: SmallCity, letters: list[Case]
) -> None:
    Case.objects.filter(pk=letters[1].pk).update(outcome="filed")
    page = do(registrar, "avsluta", letters, **END)
    again = fresh(letters)[2]
    reopen_case(case=again, reason="Nytt brev.", actor=city.people["registrator"])
    undone = registrar.post(way_to_undo(page))
    assert told(undone) == f"2 ångrade, 1 hoppades över: ändrade sedan dess ({again.dnr})."
    first, second, third = fresh(letters)
    assert [case.closed_at for case in (first, second, third)] == [None, None, None]
    assert (first.outcome, first.decided_on, second.outcome) == ("", None, "filed")
    assert third.outcome == ""
    assert not first.records.exclude(archived_at=None).exists()
    assert newest(first).action == "register.reopened"


def test_9_a_closing_in_the_background_is_undone_when_it_is_done(
    registrar: Client, letters: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.archive.services.closing.AT_ONCE", -1)
    page = do(registrar, "avsluta", letters[:2], **END)
    undo = way_to_undo(page)
    assert "håller på att avslutas, ångra när det är klart" in told(registrar.post(undo))
    for closing in Closing.objects.all():
        archive.run_closing(closing.pk)
    assert all(case.closed_at for case in fresh(letters[:2]))
    assert undo in [
        reverse("desk_undo", args=[row.pk])
        for row, _name, _count in registrar.get(reverse("desk_undoable")).context["rows"]
    ]
    assert told(registrar.post(undo)) == "2 ångrade."
    assert set(Closing.objects.values_list("state", flat=True)) == {ClosingState.UNDOING}
    for closing in Closing.objects.all():
        archive.run_undoing(closing.pk)
        archive.run_undoing(closing.pk)  # once more by a queue that forgot
    for case in fresh(letters[:2]):
        assert (case.closed_at, case.outcome, case.decided_on) == (None, "", None)
        assert not case.records.exclude(archived_at=None).exists()
        assert (
            "Ärendet avslutas"
            not in registrar.get(reverse("desk_case", args=[case.pk])).content.decode()
        )
        told_of = JournalEntry.objects.filter(subject=case.subject, action="register.reopened")
        assert told_of.count() == 1
    assert not faults()


def test_9_nobody_undoes_what_another_did_and_none_after_a_day(
    registrar: Client, desk: Client, city: SmallCity, letters: list[Case]
) -> None:
    page = do(registrar, "visa", letters)
    assert desk.get(way_to_undo(page)).status_code == 404
    assert desk.post(way_to_undo(page)).status_code == 404
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25), tick=False):
        registrar.force_login(city.people["registrator"])
        done = DoneTogether.objects.get()
        assert registrar.post(reverse("desk_undo", args=[done.pk])).status_code == 404
    assert all(case.is_published for case in fresh(letters))


def test_9_that_it_cannot_be_undone_is_said_before(
    registrar: Client, desk: Client, letters: list[Case]
) -> None:
    """An officer closes, and only a registrar opens again."""
    address = reverse("wagtail_bulk_action", args=["register", "case", "avsluta"])
    rows = {"id": [f"{case.pk}.{version_of(case)}" for case in letters]}
    assert "Du kan inte ångra det själv" in desk.get(address, rows).content.decode()
    assert "Kan ångras i ett dygn." in registrar.get(address, rows).content.decode()
    page = do(desk, "avsluta", letters, **END)
    assert told(page) == "3 ändrade."
    assert way_to_undo(page) == ""
