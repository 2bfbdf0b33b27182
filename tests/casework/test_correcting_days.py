# SPDX-License-Identifier: EUPL-1.2
"""A decision's corrected day moves all that tells of that day (issue 6)."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.journal.models import JournalEntry
from casework.meetings.models import Decision
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
