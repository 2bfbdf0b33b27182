# SPDX-License-Identifier: EUPL-1.2
"""At the table: outcomes are noted, seen and undone until the chair closes the point (R18, R31)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.initiatives.models import Initiative
from casework.meetings.models import Decision, Meeting
from casework.meetings.permissions import may_dissent
from casework.meetings.selectors import noted_in, others_at
from casework.meetings.services import (
    TABLE,
    approve_minutes,
    close_meeting,
    note_attendance,
    note_disqualification,
    note_outcome,
    note_visit,
    open_meeting,
    plan_meeting,
    set_agenda,
    table_cases,
    undo_outcome,
)
from casework.organisation.enums import Role
from casework.organisation.services import appoint
from casework.prioritisation.services import reopen_ranking
from casework.process.enums import Standing
from casework.process.selectors import ready_for
from casework.process.services import Act, admit, decide_noted, reject
from casework.register.models import Case
from tests import small_city
from tests.casework.bodies import Bodies
from tests.small_city import SmallCity

TODAY = timezone.localdate()


@pytest.fixture
def city(db: None) -> SmallCity:
    """The small city with its group's list open and three initiatives before the group."""
    city = small_city.build()
    group = city.bodies["grupp-pedagogiska"]
    member = small_city.person(city, "ledamot2")
    appoint(
        user=member, role=Role.GROUP_MEMBER, scope=group, actor=None,
        valid_from=dt.date(2020, 1, 1),
    )  # fmt: skip
    city.meeting("grupp-pedagogiska", "ordforande", "ledamot", "ledamot2")
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="Tre till.")
    for name in ("ett", "tva", "tre"):
        city.initiatives[name] = small_city.with_group(city, f"Karta {name}")
    return city


def _note(city: SmallCity, who: str, names: list[str], outcome: str, **details: Any) -> None:
    note_outcome(
        meeting=city.meeting("grupp-pedagogiska"),
        cases=[city.case(name) for name in names],
        outcome=outcome,
        details=details,
        actor=city.people[who],
    )


def _decide(city: SmallCity, who: str, name: str, act: Act) -> None:
    decide: Any = admit if name == "admit" else reject
    decide(initiative=city.initiatives["ett"], actor=city.people[who], reason="Nej.", act=act)


def _standing(city: SmallCity, name: str) -> str:
    initiative = Initiative.objects.select_related("process").get(pk=city.initiatives[name].pk)
    return str(initiative.process.position)


def test_what_is_noted_is_undone_and_nothing_is_decided(city: SmallCity) -> None:
    meeting = city.meeting("grupp-pedagogiska")
    before = Decision.objects.count()
    _note(city, "ledamot", ["ett"], "reject", reason="Finns redan.")
    assert [item.outcome for item in noted_in(meeting)] == ["reject"]
    _note(city, "ledamot2", ["ett"], "admit", reason="Nytta.")
    (item,) = noted_in(meeting)
    assert (item.outcome, item.noted_by) == ("admit", city.people["ledamot2"])
    undo_outcome(meeting=meeting, case=city.case("ett"), actor=city.people["ledamot"])
    assert noted_in(meeting) == []
    assert Decision.objects.count() == before
    assert _standing(city, "ett") == Standing.WITH_GROUP
    with pytest.raises(ValidationError, match="Inget utfall"):
        undo_outcome(meeting=meeting, case=city.case("ett"), actor=city.people["ledamot"])


def test_the_chair_closes_alike_outcomes_in_one_act(city: SmallCity) -> None:
    meeting = city.meeting("grupp-pedagogiska")
    _note(city, "ledamot", ["ett", "tva"], "admit", reason="Stor nytta.")
    _note(city, "ledamot", ["tre"], "reject", reason="Finns redan.")
    with pytest.raises(PermissionDenied):
        decide_noted(meeting=meeting, actor=city.people["ledamot"])
    decided = decide_noted(meeting=meeting, actor=city.people["ordforande"])
    first, second, third = decided
    assert first.act == second.act != third.act
    assert first.paragraph == second.paragraph != third.paragraph
    assert (first.reason, third.reason) == ("Stor nytta.", "Finns redan.")
    assert [_standing(city, name) for name in ("ett", "tva")] == [Standing.ADMITTED] * 2
    assert noted_in(meeting) == []


def test_all_of_it_is_decided_or_nothing(city: SmallCity) -> None:
    meeting = city.meeting("grupp-pedagogiska")
    _note(city, "ledamot", ["ett"], "admit", reason="")
    _note(city, "ledamot", ["tva"], "reject", reason=" ")
    before = Decision.objects.count()
    with pytest.raises(ValidationError, match="Skriv skälet"):
        decide_noted(meeting=meeting, actor=city.people["ordforande"])
    assert (Decision.objects.count(), len(noted_in(meeting))) == (before, 2)
    assert _standing(city, "ett") == Standing.WITH_GROUP


def test_8_only_the_chair_decides_at_once_over_a_noted_outcome(city: SmallCity) -> None:
    act = Act(meeting=city.meeting("grupp-pedagogiska"), over="admit")
    _note(city, "ordforande", ["ett"], "admit", reason="Nytta.")
    for name in ("admit", "reject"):
        with pytest.raises(PermissionDenied, match="Det beslutar bara ordföranden"):
            _decide(city, "ledamot", name, act)
    assert [item.outcome for item in noted_in(city.meeting("grupp-pedagogiska"))] == ["admit"]
    assert _standing(city, "ett") == Standing.WITH_GROUP
    _decide(city, "ordforande", "reject", Act(meeting=act.meeting))
    assert _standing(city, "ett") == Standing.REJECTED
    assert noted_in(city.meeting("grupp-pedagogiska")) == []


def test_8_what_another_noted_is_not_passed_by_unread(city: SmallCity) -> None:
    meeting = city.meeting("grupp-pedagogiska")
    _note(city, "ledamot", ["ett"], "admit", reason="Nytta.")
    for unread in (Act(meeting=meeting), Act(delegation="KS 4.1"), Act(meeting, over="defer")):
        with pytest.raises(ValidationError, match="Ledamot Ek har antecknat ett annat utfall"):
            _decide(city, "ordforande", "reject", unread)
    with pytest.raises(ValidationError, match="annat utfall"):
        table_cases(meeting=meeting, cases=[city.case("ett")], actor=city.people["ordforande"])
    _decide(city, "ordforande", "reject", Act(delegation="KS 4.1", over="admit"))
    assert _standing(city, "ett") == Standing.REJECTED
    assert noted_in(meeting) == []


def test_8_without_a_note_a_member_still_decides_at_once(city: SmallCity) -> None:
    _decide(city, "ledamot", "admit", Act(meeting=city.meeting("grupp-pedagogiska")))
    assert _standing(city, "ett") == Standing.ADMITTED


def test_a_completion_carries_its_questions_and_day(city: SmallCity) -> None:
    due = (TODAY + dt.timedelta(days=9)).isoformat()
    _note(city, "ordforande", ["ett"], "request_completion", questions="Vad kostar det?", due=due)
    (decision,) = decide_noted(
        meeting=city.meeting("grupp-pedagogiska"), actor=city.people["ordforande"]
    )
    candidacy = city.initiatives["ett"].process.candidacy
    assert candidacy is not None
    candidacy.refresh_from_db()
    assert (candidacy.questions, str(candidacy.due)) == ("Vad kostar det?", due)
    assert decision.reason == "Vad kostar det?"


def test_a_tabled_case_stands_first_at_the_next_meeting(city: SmallCity) -> None:
    meeting, chair = city.meeting("grupp-pedagogiska"), city.people["ordforande"]
    group = city.bodies["grupp-pedagogiska"]
    assert ready_for(group)[0] == city.case("ett")
    _note(city, "ledamot", ["tre"], TABLE, reason="Vi väntar på kostnaden.")
    (decision,) = decide_noted(meeting=meeting, actor=chair)
    assert (decision.is_tabling, decision.points.get().text) == (
        True, "Ärendet bordläggs till nästa möte.",
    )  # fmt: skip
    assert _standing(city, "tre") == Standing.WITH_GROUP
    close_meeting(meeting=meeting, actor=chair)
    assert ready_for(group) == [city.case(name) for name in ("tre", "ett", "tva")]


def test_a_disqualified_member_neither_notes_nor_counts(city: SmallCity) -> None:
    meeting, member = city.meeting("grupp-pedagogiska"), city.people["ledamot"]
    note_disqualification(
        meeting=meeting, case=city.case("ett"), user=member, reason="Skrev det.", actor=member
    )
    with pytest.raises(PermissionDenied, match="jävig"):
        _note(city, "ledamot", ["ett"], "admit", reason="Bra.")
    _note(city, "ledamot2", ["ett"], "admit", reason="Bra.")
    (decision,) = decide_noted(meeting=meeting, actor=city.people["ordforande"])
    there = sorted(city.people[name].pk for name in ("ordforande", "ledamot2"))
    assert decision.took_part == there


def test_who_left_before_a_decision_is_not_told_to_have_made_it(city: SmallCity) -> None:
    meeting, chair = city.meeting("grupp-pedagogiska"), city.people["ordforande"]
    _note(city, "ordforande", ["ett"], "admit", reason="")
    (before,) = decide_noted(meeting=meeting, actor=chair)
    note_attendance(meeting=meeting, present=[chair, city.people["ledamot2"]], actor=chair)
    _note(city, "ordforande", ["tva"], "admit", reason="")
    (after,) = decide_noted(meeting=meeting, actor=chair)
    gone = city.people["ledamot"]
    assert gone.pk in before.took_part
    assert gone.pk not in after.took_part
    assert may_dissent(gone, before)
    assert not may_dissent(gone, after)


def test_a_new_agenda_keeps_what_is_noted(bodies_city: Bodies) -> None:
    city = bodies_city
    one, two = city.case("Ett"), city.case("Två")
    meeting = _open(city, [one, two])
    note_outcome(
        meeting=meeting, cases=[two], outcome=TABLE, details={"reason": ""},
        actor=city["ledamot"],
    )  # fmt: skip
    with pytest.raises(ValidationError, match="Ångra"):
        set_agenda(meeting=meeting, cases=[one], actor=city["ordforande"])
    set_agenda(meeting=meeting, cases=[two, one], actor=city["ordforande"])
    assert [item.case for item in noted_in(meeting)] == [two]


def test_who_else_has_the_page_open_is_forgotten_soon(bodies_city: Bodies) -> None:
    city = bodies_city
    meeting = _open(city, [city.case("Ett")])
    for _time in range(2):
        note_visit(meeting=meeting, user=city["ledamot"])
    assert [row.user for row in others_at(meeting, city["ordforande"])] == [city["ledamot"]]
    assert others_at(meeting, city["ledamot"]) == []
    meeting.visits.update(seen_at=timezone.now() - dt.timedelta(minutes=1))
    assert others_at(meeting, city["ordforande"]) == []
    with pytest.raises(PermissionDenied):
        note_visit(meeting=meeting, user=city["larare"])


def test_the_minutes_are_approved_with_one_who_was_there(bodies_city: Bodies) -> None:
    city = bodies_city
    meeting, chair = _open(city, [city.case("Ett")]), city["ordforande"]
    close_meeting(meeting=meeting, actor=chair)
    for wrong in (chair, city["ledamot2"]):
        with pytest.raises(ValidationError, match="Justeraren"):
            approve_minutes(meeting=meeting, approved_by=wrong, actor=chair)
    done = approve_minutes(meeting=meeting, approved_by=city["ledamot"], actor=chair)
    assert (done.approved_by, done.approved_on) == (city["ledamot"], TODAY)


def _open(city: Bodies, cases: list[Case]) -> Meeting:
    chair = city["ordforande"]
    meeting = plan_meeting(body=city.group, day=TODAY, actor=chair)
    set_agenda(meeting=meeting, cases=cases, actor=chair)
    return open_meeting(meeting=meeting, chair=chair, present=[chair, city["ledamot"]], actor=chair)
