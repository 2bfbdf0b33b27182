# SPDX-License-Identifier: EUPL-1.2
"""A decision's corrected day moves all that tells of that day (issue 6)."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.journal.models import JournalEntry
from casework.meetings.models import Decision, Meeting
from casework.meetings.services import close_meeting, correct_decision
from casework.process import services
from casework.process.models import Step
from casework.register.audit import verify_register
from casework.register.models import Case, PublicCase, PublicEvent
from tests import small_city as small
from tests.small_city import SmallCity

TODAY = timezone.localdate()


def _step(city: SmallCity, name: str, transition: str) -> Step:
    return Step.objects.select_related("decision").get(
        initiative=city.initiatives[name], transition=transition
    )


def _correct(city: SmallCity, step: Step, day: dt.date, who: str) -> None:
    decision = Decision.objects.get(steps=step)
    correct_decision(
        decision=decision, field="day", value=day, reason="Fel dag.", actor=city.people[who]
    )


def _earlier(city: SmallCity, name: str, days: int) -> None:
    """Let all that has happened to an initiative lie some days back, as if typed in time."""
    day = TODAY - dt.timedelta(days=days)
    Step.objects.filter(initiative=city.initiatives[name]).update(decided_on=day)
    Case.objects.filter(pk=city.case(name).pk).update(received_date=day)


def test_the_step_the_public_event_and_both_faces_follow(city: SmallCity) -> None:
    _earlier(city, "decided", days=5)
    step = _step(city, "decided", "approve")
    day = TODAY - dt.timedelta(days=2)
    _correct(city, step, day, "beslut")
    step.refresh_from_db()
    case = city.case("decided")
    assert step.decided_on == day
    assert PublicEvent.objects.get(case=case, key="approve").day == day
    assert PublicEvent.objects.exclude(key="approve").filter(case=case, day=day).count() == 0
    assert case.decided_on == day
    assert PublicCase.objects.get(pk=case.pk).decided_on == day


def test_a_step_that_settles_nothing_leaves_the_day_of_the_case(city: SmallCity) -> None:
    _earlier(city, "decided", days=5)
    _correct(city, _step(city, "decided", "recommend"), TODAY - dt.timedelta(days=5), "radet")
    assert city.case("decided").decided_on == TODAY


@pytest.mark.parametrize(
    ("transition", "days", "who", "words"),
    [
        ("approve", -8, "beslut", "steget innan"),
        ("recommend", -8, "radet", "steget innan"),
        ("recommend", 0, "radet", "nästa steg"),
    ],
)
def test_a_decision_stays_between_the_steps_around_it(
    city: SmallCity, transition: str, days: int, who: str, words: str
) -> None:
    _earlier(city, "decided", days=5)
    Decision.objects.update(day=TODAY - dt.timedelta(days=5))
    step = _step(city, "decided", transition)
    with pytest.raises(ValidationError, match=words):
        _correct(city, step, TODAY + dt.timedelta(days=days), who)
    step.refresh_from_db()
    assert step.decided_on == TODAY - dt.timedelta(days=5)
    assert step.decision is not None
    assert step.decision.day == TODAY - dt.timedelta(days=5)


def test_the_correction_is_journalled_and_the_audit_holds(city: SmallCity) -> None:
    initiative = small.with_group(city, "Nya lampor")
    with time_machine.travel(timezone.now() + dt.timedelta(days=9), tick=False):
        close_meeting(meeting=city.meeting("grupp-pedagogiska"), actor=city.people["ordforande"])
        step = services.reject(
            initiative=initiative,
            actor=city.people["ordforande"],
            act=city.act("grupp-pedagogiska"),
            reason="Finns redan.",
        )
        _correct(city, step, TODAY + dt.timedelta(days=4), "ordforande")
    assert verify_register().faults == []
    entry = JournalEntry.objects.get(action="process.day_corrected")
    assert entry.after == {"decided_on": (TODAY + dt.timedelta(days=4)).isoformat()}
    assert entry.reason == "Fel dag."
    assert initiative.case is not None
    assert Case.objects.get(pk=initiative.case.pk).decided_on == TODAY + dt.timedelta(days=4)


def test_6_the_day_of_a_decision_in_a_meeting_is_the_meetings_and_moves_all_of_it(
    city: SmallCity, client: Client
) -> None:
    """One decision could lie on another day than its meeting's."""
    one, two = (small.with_group(city, name) for name in ("Nya lampor", "Nya stolar"))
    with time_machine.travel(timezone.now() + dt.timedelta(days=9), tick=False):
        chair = city.people["ordforande"]
        close_meeting(meeting=city.meeting("grupp-pedagogiska"), actor=chair)
        act = city.act("grupp-pedagogiska")
        steps = [
            services.reject(initiative=row, actor=chair, act=act, reason=reason)
            for row, reason in ((one, "Finns redan."), (two, "För dyrt."))
        ]
        first, second = (Decision.objects.get(steps=step) for step in steps)
        client.force_login(chair)
        address = reverse("desk_correct_decision", args=[first.pk])
        page = client.get(address).content.decode()
        assert "Mötets dag" in page
        assert "alla beslut där" in page
        day = TODAY + dt.timedelta(days=4)
        late = TODAY + dt.timedelta(days=10)
        sent = {"day": str(late), "paragraph": first.paragraph, "reason": "Fel dag."}
        assert client.post(address, sent).status_code == 422
        answer = client.post(address, sent | {"day": str(day)}, follow=True)
        assert "i alla beslut där" in answer.content.decode()
    meeting = Meeting.objects.get(decisions=first)
    assert {first.act, second.act} != {first.act}, "two acts of one meeting"
    assert set(meeting.decisions.values_list("day", flat=True)) == {meeting.day} == {day}
    assert {Step.objects.get(pk=step.pk).decided_on for step in steps} == {day}
    assert second.corrections.get().new == day.isoformat()
    assert verify_register().faults == []


def test_6_a_meeting_is_not_moved_past_the_approval_of_its_minutes(city: SmallCity) -> None:
    step = _step(city, "decided", "approve")
    meeting = Meeting.objects.get(decisions__steps=step)
    before = TODAY - dt.timedelta(days=3)
    Meeting.objects.filter(pk=meeting.pk).update(day=before, approved_on=before)
    Decision.objects.filter(meeting=meeting).update(day=before)
    with pytest.raises(ValidationError, match="justerades"):
        _correct(city, step, TODAY, "beslut")
