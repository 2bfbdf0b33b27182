# SPDX-License-Identifier: EUPL-1.2
"""The audit finds what is changed past the services in the rooms above the register (issue 6).

What a body decided, who was there, who was disqualified, who dissented, the minutes, every step
of the process and every public event.
"""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casework.meetings.enums import DissentKind
from casework.meetings.models import Meeting
from casework.meetings.services import (
    DissentBy,
    approve_minutes,
    close_meeting,
    correct_decision,
    note_disqualification,
    note_dissent,
    plan_meeting,
    save_minutes,
    set_agenda,
)
from casework.process import services
from casework.register.audit import verify_register
from tests import small_city as small
from tests.conftest import triggers_off
from tests.small_city import SmallCity

TAMPERINGS = [
    f"UPDATE meetings_{table} SET {change}"
    for table, change in (
        ("decision", "day = '2001-01-01'"),
        ("decision", "paragraph = 'x'"),
        ("decision", "lead = 'x'"),
        ("decision", "delegation = 'x', meeting_id = NULL"),
        ("decisionpoint", "text = 'x'"),
        ("decisionpoint", "position = position + 7"),
        ("dissent", "statement = 'x'"),
        ("dissent", "kind = 'statement'"),
        ("dissentperson", "party = 'x'"),
        ("decisioncorrection", "old = 'x'"),
        ("disqualification", "reason = 'x'"),
        ("attendance", "is_present = NOT is_present"),
        ("attendance", "role = 'other'"),
        ("agendaitem", "position = position + 7"),
        ("meeting", "minutes = 'x'"),
        ("meeting", "approved_on = '2001-01-01'"),
        ("meeting", "chair_id = NULL"),
    )
] + [
    f"DELETE FROM meetings_{table}"
    for table in ("decisionpoint", "dissentperson", "decisioncorrection", "disqualification",
                  "attendance", "agendaitem")
] + [
    "INSERT INTO meetings_attendance (role, is_present, meeting_id, user_id)"
    " SELECT 'member', TRUE, meeting_id, (SELECT MAX(id) FROM organisation_user)"
    " FROM meetings_attendance LIMIT 1",
    "INSERT INTO meetings_dissentperson (name, party, dissent_id)"
    " SELECT 'x', 'x', MAX(id) FROM meetings_dissent",
    "INSERT INTO meetings_decisionpoint (uid, position, text, decision_id)"
    " SELECT '00000000000000000000000000000001', 9, 'x', MAX(id) FROM meetings_decision",
    "UPDATE process_step SET decided_on = '2001-01-01'",
    "UPDATE process_step SET reason = 'x'",
    "UPDATE process_step SET mandate = 'x'",
    "UPDATE process_step SET amount_tkr = 1",
    "UPDATE process_step SET decision_id = NULL",
    "DELETE FROM process_step",
    "INSERT INTO process_step (transition, from_stage, to_stage, life_to, actor_id, mandate,"
    " decided_on, at, reason, opinion, occasion, reference, initiative_id)"
    " SELECT transition, from_stage, to_stage, life_to, actor_id, mandate, decided_on, at, reason,"
    " opinion, occasion, reference, initiative_id FROM process_step LIMIT 1",
    "UPDATE register_publicevent SET day = '2001-01-01'",
    "UPDATE register_publicevent SET reason = 'x'",
    "UPDATE register_publicevent SET amount_tkr = 1",
    "DELETE FROM register_publicevent",
    "INSERT INTO register_publicevent (case_id, key, source, stage, from_stage, body_name, day,"
    " day_precision, reason, opinion, occasion, reference, words)"
    " SELECT case_id, key, source, stage, from_stage, body_name, day, day_precision, reason,"
    " opinion, occasion, reference, words FROM register_publicevent LIMIT 1",
]  # fmt: skip


@pytest.fixture
def decided(city: SmallCity) -> Meeting:
    """A meeting in which a group decided, with jäv, a reservation, a correction and minutes."""
    initiative = small.with_group(city, "Nya lampor")
    meeting = city.meeting("grupp-pedagogiska")
    leader = city.people["ordforande"]
    assert initiative.case is not None
    set_agenda(meeting=meeting, cases=[initiative.case], actor=leader)
    note_disqualification(
        meeting=meeting, case=city.case("registered"), user=city.people["ledamot"],
        reason="Eget ärende.", actor=leader,
    )  # fmt: skip
    step = services.reject(
        initiative=initiative, actor=leader, act=services.Act(meeting=meeting), reason="Finns."
    )
    decision = step.decision
    assert decision is not None
    note_dissent(
        decision=decision, kind=DissentKind.RESERVATION, statement="För dyrt.",
        persons=[DissentBy(user=city.people["ledamot"])], actor=leader,
    )  # fmt: skip
    correct_decision(
        decision=decision, field="paragraph", value="§ 7", reason="Fel nummer.", actor=leader
    )
    close_meeting(meeting=meeting, actor=leader)
    save_minutes(meeting=meeting, text="Alla var där.", actor=leader)
    return approve_minutes(meeting=meeting, actor=leader)


@pytest.mark.usefixtures("decided")
def test_every_tampering_with_what_bodies_did_is_found() -> None:
    assert verify_register().faults == []
    missed = []
    for statement in TAMPERINGS:
        with transaction.atomic():
            try:
                with triggers_off(), connection.cursor() as cursor:
                    cursor.execute(statement)
                if not verify_register().faults:
                    missed.append(statement)
            except IntegrityError:
                pass  # A constraint refuses it even then.
            transaction.set_rollback(True)
    assert missed == []


def test_a_meeting_that_is_taken_away_is_missed(city: SmallCity) -> None:
    meeting = plan_meeting(
        body=city.bodies["utvecklingsradet"], day=timezone.localdate(), actor=None
    )
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM meetings_meeting WHERE id = %s", [meeting.pk])
    assert any(
        f"meeting:{meeting.pk}: finns inte kvar" in fault for fault in verify_register().faults
    )
