# SPDX-License-Identifier: EUPL-1.2
"""A round's year counted back, the latest safe days, and one's own calendar (R53)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from casework.meetings.services import plan_meeting
from casework.planning.enums import Milestone, RoundState
from casework.planning.models import Round, RoundArea
from casework.planning.selectors import counted_back
from casework.planning.services import ALL_DATES, change_round, copy_cycle
from casework.process.calendar import DayKind, days_of
from tests import small_city as small
from tests.small_city import SmallCity
from ui.calendar import feed_address

LINE = (
    Milestone.PREPARATION, Milestone.ASSESSMENT, Milestone.RANKING, Milestone.COMMITTEE,
    Milestone.PROPOSAL, Milestone.RECOMMENDATION, Milestone.DECISION,
)  # fmt: skip


def test_each_station_has_its_latest_safe_day_before_the_next(city: SmallCity) -> None:
    days = [city.round.deadline(milestone) for milestone in LINE]
    assert all(day is not None for day in days)
    assert days == sorted(days, key=str)
    assert len(set(days)) == len(days)


def test_a_day_that_the_city_sets_counts_over_the_spread_one(city: SmallCity) -> None:
    day = city.round.ideas_until + dt.timedelta(days=1)
    row = change_round(round=city.round, actor=city.people["slk"], dates={"prepared_until": day})
    assert row.deadline(Milestone.PREPARATION) == day
    back = change_round(round=city.round, actor=city.people["slk"], dates={"prepared_until": None})
    assert back.deadline(Milestone.PREPARATION) != day


def test_a_station_between_must_lie_between(city: SmallCity) -> None:
    late = city.round.council_on + dt.timedelta(days=1)
    with pytest.raises(ValidationError) as caught:
        change_round(round=city.round, actor=city.people["slk"], dates={"proposal_until": late})
    assert "council_on" in caught.value.message_dict


def test_a_year_copied_takes_its_stations_along(city: SmallCity) -> None:
    day = city.round.ideas_until + dt.timedelta(days=1)
    change_round(round=city.round, actor=city.people["slk"], dates={"prepared_until": day})
    assert city.cycle is not None
    year = city.cycle.budget_year + 1
    copy_cycle(cycle=city.cycle, budget_year=year, actor=city.people["slk"])
    copy = Round.objects.get(cycle__budget_year=year, occasion=city.round.occasion)
    assert copy.prepared_until == day.replace(year=day.year + 1)
    assert copy.assessed_until is None


@given(st.dates(dt.date(2020, 1, 1), dt.date(2100, 1, 1)))
def test_counted_back_every_day_lies_before_the_next_and_on_a_weekday(day: dt.date) -> None:
    dates = counted_back(decision_on=day)
    order = [dates[name] for name in ALL_DATES]
    assert order == sorted(order)
    assert len(set(order)) == len(order)
    assert all(dates[name].weekday() < 5 for name in ALL_DATES[:-2])


def test_the_rounds_page_proposes_dates_and_saves_none(client: Client, city: SmallCity) -> None:
    client.force_login(city.people["slk"])
    kf = city.round.decision_on + dt.timedelta(days=30)
    page = client.get(reverse("desk_round", args=[city.round.slug]), {"kf": kf.isoformat()})
    assert "räknade bakåt och inte sparade" in page.content.decode()
    council = counted_back(decision_on=kf)["council_on"]
    assert f'value="{council.isoformat()}"' in page.content.decode()
    before = city.round.council_on
    city.round.refresh_from_db()
    assert city.round.council_on == before


def test_the_calendar_has_rounds_meetings_and_tasks_by_number_alone(
    client: Client, city: SmallCity
) -> None:
    officer, chair = city.people["handlaggare"], city.people["ordforande"]
    day = timezone.localdate() + dt.timedelta(days=3)
    plan_meeting(body=city.bodies["grupp-pedagogiska"], day=day, actor=chair)
    kinds = {entry.kind for entry in days_of(chair)}
    assert kinds >= {DayKind.ROUND, DayKind.MEETING}
    (task,) = [entry for entry in days_of(officer) if entry.kind is DayKind.TASK]
    case = city.case("registered")
    assert case.dnr in task.words
    assert case.title not in task.words
    client.force_login(officer)
    page = client.get(reverse("desk_calendar")).content.decode()
    assert case.dnr in page
    assert case.title not in page


def test_8_the_same_task_for_many_on_a_day_is_one_row_and_one_event(
    client: Client, city: SmallCity
) -> None:
    officer = city.people["handlaggare"]
    (alone,) = [entry for entry in days_of(officer) if entry.kind is DayKind.TASK]
    assert alone.several == ()
    for number in range(3):
        small.registered(city, f"Karta {number}")
    (task,) = [entry for entry in days_of(officer) if entry.kind is DayKind.TASK]
    numbers = [number for number, _obj in task.several]
    assert task.words.endswith(": 4 initiativ")
    assert city.case("registered").dnr in numbers
    assert len(set(numbers)) == 4
    client.force_login(officer)
    page = client.get(reverse("desk_calendar")).content.decode()
    assert page.count("4 initiativ") == 1
    assert all(f">{number}</a>" in page for number in numbers)
    events = Calendar.from_ical(client.get(feed_address(officer)).content).walk("VEVENT")
    (event,) = [event for event in events if str(event["summary"]) == task.words]
    assert str(event["description"]) == ", ".join(numbers)


def test_8_those_who_merge_the_lists_see_the_bodies_meetings(
    client: Client, city: SmallCity
) -> None:
    day = timezone.localdate() + dt.timedelta(days=3)
    plan_meeting(
        body=city.bodies["grupp-pedagogiska"], day=day, actor=city.people["ordforande"]
    )  # fmt: skip
    seen = {
        name: [entry.words for entry in days_of(city.people[name]) if entry.day == day]
        for name in ("slk", "handlaggare", "radet")
    }
    words = f"Möte: {city.bodies['grupp-pedagogiska']}"
    assert {name: words in found for name, found in seen.items()} == {
        "slk": True, "handlaggare": False, "radet": False,
    }  # fmt: skip
    client.force_login(city.people["slk"])
    assert words in client.get(reverse("desk_calendar")).content.decode()


def test_8_the_office_sees_meetings_of_bodies_with_an_open_round_alone(
    client: Client, city: SmallCity
) -> None:
    day = timezone.localdate() + dt.timedelta(days=3)
    chair, office = city.people["ordforande"], city.people["slk"]
    meeting = plan_meeting(body=city.bodies["grupp-pedagogiska"], day=day, actor=chair)
    council = plan_meeting(body=city.bodies["utvecklingsradet"], day=day, actor=office)
    words = {row: f"Möte: {row.body}" for row in (meeting, council)}

    def told(name: str) -> tuple[set[str], set[str]]:
        """What the page and the feed say of the two."""
        person = city.people[name]
        client.force_login(person)
        page = client.get(reverse("desk_calendar")).content.decode()
        events = Calendar.from_ical(client.get(feed_address(person)).content).walk("VEVENT")
        summaries = {str(event["summary"]) for event in events}
        found = set(words.values())
        return {text for text in found if text in page}, found & summaries

    both = set(words.values())
    assert told("slk") == (both, both)
    RoundArea.objects.filter(group=meeting.body).update(group=None)
    assert told("slk") == ({words[council]}, {words[council]})
    Round.objects.update(state=RoundState.CLOSED)
    assert told("slk") == (set(), set())
    assert told("ordforande") == ({words[meeting]}, {words[meeting]})  # their own


def test_a_calendar_is_read_by_its_address_until_the_password_changes(
    client: Client, city: SmallCity
) -> None:
    officer = city.people["handlaggare"]
    address = feed_address(officer)
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    told = [str(event["summary"]) for event in events]
    assert any(city.case("registered").dnr in words for words in told)
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert client.get(address.replace(".ics", "x.ics")).status_code == 404
    officer.set_password("ett-annat-langt-losenord")
    officer.save()
    assert client.get(address).status_code == 404
    assert client.get(feed_address(officer)).status_code == 200
    officer.is_active = False
    officer.save()
    assert client.get(feed_address(officer)).status_code == 404
