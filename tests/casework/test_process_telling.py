# SPDX-License-Identifier: EUPL-1.2
"""What is told of the process: notices, receipts, the line, lists and public events."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.feedback.models import Notice
from casework.initiatives.enums import FollowerRole, ScopeReason
from casework.initiatives.services import follow
from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.services import appoint
from casework.planning.enums import Milestone, Occasion
from casework.prioritisation.services import reopen_ranking
from casework.process import services
from casework.process.enums import Stage, Standing
from casework.process.line import due_of, line_of, whereabouts_of
from casework.process.models import Candidacy
from casework.process.selectors import visible_processes, waiting_for
from casework.register.enums import Outcome
from casework.register.models import PublicEvent
from tests import small_city as small
from tests.small_city import SmallCity


def test_r39_each_decision_makes_a_notice_without_case_content(
    city: SmallCity, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        services.accept_scope(
            initiative=city.initiatives["registered"],
            actor=city.people["handlaggare"],
            ground=ScopeReason.CROSS,
        )
    notices = Notice.objects.filter(
        step__transition="accept_scope", initiative=city.initiatives["registered"]
    )
    assert {notice.user.username for notice in notices if notice.user} == {"larare", "kontakt"}
    (sent,) = mail.outbox  # the others get the day's digest
    assert sent.to == ["larare@almstad.example"]
    told = [(sent.subject, sent.body), *((notice.subject, notice.body) for notice in notices)]
    for subject, body in told:
        assert city.case("registered").dnr in subject
        assert "skolvägar" not in f"{subject} {body}"


def test_r39_a_co_author_is_told_and_sees_the_case_but_not_its_secret_records(
    city: SmallCity,
) -> None:
    initiative = city.initiatives["registered"]
    other = small.person(city, "kollega")
    follow(
        initiative=initiative,
        user=other,
        role=FollowerRole.CO_AUTHOR,
        actor=city.people["larare"],
    )
    services.accept_scope(
        initiative=initiative, actor=city.people["handlaggare"], ground=ScopeReason.CROSS
    )
    assert Notice.objects.filter(user=other, step__transition="accept_scope").exists()
    assert visible_processes(other).filter(initiative=initiative).exists()


def test_registration_sends_a_receipt_with_number_date_and_officer(city: SmallCity) -> None:
    case = city.case("registered")
    receipt = Notice.objects.filter(case=case, step=None).first()
    assert receipt is not None
    assert case.dnr in receipt.subject + receipt.body
    assert case.received_date.isoformat() in receipt.body
    assert str(case.officer) in receipt.body
    assert case.title not in receipt.subject + receipt.body


def test_the_line_tells_the_loop_and_who_decided(city: SmallCity) -> None:
    line = {stage.milestone: stage for stage in line_of(city.initiatives["decided"].process)}
    assert line[Milestone.ASSESSMENT].loops
    assert line[Milestone.ASSESSMENT].state == "done"
    assert "pedagogiska" in line[Milestone.ASSESSMENT].decider
    assert Milestone.COMMITTEE not in line


def test_the_line_of_a_rejected_one_stops_at_the_groups_assessment(city: SmallCity) -> None:
    """S6: the stop stands where it was decided."""
    line = {stage.milestone: stage.state for stage in line_of(city.initiatives["rejected"].process)}
    assert line[Milestone.PREPARATION] == "done"
    assert line[Milestone.ASSESSMENT] == "stopped"
    assert line[Milestone.DECISION] == "skipped"


def test_list_line_and_head_agree_on_the_day(city: SmallCity) -> None:
    process = city.initiatives["completion"].process
    due = due_of(process)
    assert process.candidacy is not None
    assert due == process.candidacy.due
    assert whereabouts_of(process).due == due
    line = {stage.milestone: stage for stage in line_of(process)}
    assert line[Milestone.ASSESSMENT].planned == due
    found = {w.process.pk: w.due for w in waiting_for(city.people["kontakt"])}
    assert found[process.pk] == due


def test_a_draft_is_seen_by_nobody_but_its_originator(city: SmallCity) -> None:
    draft = city.initiatives["draft"].process
    seeing = {
        name
        for name, user in city.people.items()
        if visible_processes(user).filter(pk=draft.pk).exists()
    }
    assert seeing == {"larare"}


def test_what_waits_is_found_by_role(city: SmallCity) -> None:
    waiting = {
        name: {item.process.position for item in waiting_for(user)}
        for name, user in city.people.items()
    }
    assert waiting["larare"] == {Stage.DRAFT, Stage.RETURNED}
    assert Stage.REGISTERED in waiting["handlaggare"]
    assert Standing.COMPLETION in waiting["kontakt"]
    assert waiting["radet"] == set()


def test_6_a_body_waits_for_its_own_secretary_and_chair_alone(city: SmallCity) -> None:
    """Who writes for kommunstyrelsen was told of what waited for groups, council and all."""
    reopen_ranking(area=city.round_area, actor=city.people["ordforande"], reason="En till.")
    made = small.admitted(city, "Ett")
    small.fix_list(city, made)
    small.hand_over(city, made)
    small.recommend(city, made)
    small.with_group(city, "Två")

    def told(role: str, body: str) -> set[str]:
        user = User.objects.create(username=f"{role}-{body}")
        appoint(user=user, role=role, scope=city.bodies[body], actor=None)
        return {item.process.position for item in waiting_for(user)}

    assert told(Role.SECRETARY, "kommunstyrelsen") == set()
    assert told(Role.BOARD_CHAIR, "kommunstyrelsen") == set()
    assert told(Role.SECRETARY, "kommunfullmaktige") == {Standing.RECOMMENDED}
    assert told(Role.SECRETARY, "utvecklingsradet") == set()
    assert Standing.WITH_GROUP in told(Role.SECRETARY, "grupp-pedagogiska")
    assert Standing.RECOMMENDED not in told(Role.GROUP_CHAIR, "grupp-pedagogiska")


def test_r40_implementation_does_not_move_the_day_of_the_decision(city: SmallCity) -> None:
    decided = city.initiatives["decided"]
    day = city.case("decided").decided_on
    assert day is not None
    with time_machine.travel(timezone.now() + dt.timedelta(days=90), tick=False):
        officer = city.people["handlaggare"]
        services.start_implementation(initiative=decided, actor=officer)
        services.finish_implementation(initiative=decided, actor=officer)
    assert city.case("decided").decided_on == day
    assert city.case("decided").outcome == Outcome.IMPLEMENTED


def test_a_round_closes_only_when_everything_in_it_is_decided(city: SmallCity) -> None:
    with pytest.raises(ValidationError, match="kvar i omgången"):
        services.close_round(round=city.round, actor=city.people["slk"])
    assert Candidacy.objects.filter(round=city.round).exists()


def test_public_events_are_written_whether_the_case_is_published_or_not(city: SmallCity) -> None:
    case = city.case("decided")
    keys = list(PublicEvent.objects.filter(case=case).values_list("key", flat=True))
    assert keys[0] == "register"
    assert keys[-1] == "approve"
    approved = PublicEvent.objects.get(case=case, key="approve")
    assert approved.amount_tkr == 1250
    assert approved.occasion == Occasion.BUDGET
    assert approved.body == city.bodies["kommunfullmaktige"]
