# SPDX-License-Identifier: EUPL-1.2
"""A body decides in a meeting or by delegation, and only as it may (R7–R18, KL 6:28–31)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from casework.meetings.enums import DissentKind
from casework.meetings.models import Decision, Meeting
from casework.meetings.selectors import (
    agenda_of,
    decisions_of,
    meetings_of,
    open_meeting_of,
    quorum_of,
)
from casework.meetings.services import (
    DissentBy,
    announce_minutes,
    approve_minutes,
    close_meeting,
    correct_decision,
    note_attendance,
    note_disqualification,
    note_dissent,
    note_historic_decision,
    open_meeting,
    plan_meeting,
    record_decision,
    register_minutes_extract,
    save_minutes,
    set_agenda,
    write_statement,
)
from casework.organisation.models import Appointment, Body
from casework.organisation.services import end_appointment, end_body
from tests.casework.bodies import COMMITTEE, Bodies

TODAY = timezone.localdate()
YESTERDAY = TODAY - dt.timedelta(days=1)
MEMBERS = ["ordforande", "ledamot", "ledamot2"]


def _meeting(
    city: Bodies,
    body: Body | None = None,
    *,
    present: list[str] | None = None,
    chair: str = "ordforande",
    day: dt.date = TODAY,
) -> Meeting:
    """An open meeting of the group, or of another body."""
    body = body or city.group
    meeting = plan_meeting(body=body, day=day, actor=None)
    return open_meeting(
        meeting=meeting,
        chair=city[chair],
        present=[city[name] for name in present or MEMBERS],
        actor=city[chair],
    )


def test_a_group_decides_several_cases_in_one_act(bodies_city: Bodies) -> None:
    city = bodies_city
    cases = [city.case("Ett"), city.case("Två")]
    meeting = _meeting(city)
    decisions = record_decision(
        cases=cases,
        body=city.group,
        meeting=meeting,
        points=["Initiativet tas med.", " "],
        actor=city["ledamot"],
    )
    assert [row.case for row in decisions] == cases
    assert {row.paragraph for row in decisions} == {"§ 1"}
    assert len({row.act for row in decisions}) == 1
    assert decisions[0].day == meeting.day
    assert [point.text for point in decisions_of(cases[1]).get().points.all()] == [
        "Initiativet tas med."
    ]
    (later,) = record_decision(
        cases=cases[:1], body=city.group, meeting=meeting, actor=city["gruppsekreterare"]
    )
    assert later.paragraph == "§ 2"


def test_a_decision_is_made_in_an_open_meeting_of_the_body(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    for meeting, field in ((None, "delegation"), (_planned(city), "meeting")):
        with pytest.raises(ValidationError) as caught:
            record_decision(
                cases=[case], body=city.group, meeting=meeting, actor=city["ordforande"]
            )
        assert list(caught.value.message_dict) == [field]
    with pytest.raises(ValidationError, match="ett annat organs"):
        record_decision(
            cases=[case],
            body=city.council,
            meeting=_meeting(city),
            actor=city["radsordforande"],
        )


def _planned(city: Bodies) -> Meeting:
    return plan_meeting(body=city.group, day=TODAY, actor=city["slk"])


def test_delegation_is_the_chairs_or_stadsdirektorens_with_its_reference(
    bodies_city: Bodies,
) -> None:
    city, case = bodies_city, bodies_city.case()
    with pytest.raises(PermissionDenied, match="ordföranden eller stadsdirektören"):
        record_decision(
            cases=[case], body=city.group, delegation="Delegation 3.2", actor=city["ledamot"]
        )
    (decision,) = record_decision(
        cases=[case], body=city.group, delegation="Delegation 3.2", actor=city["ordforande"]
    )
    assert (decision.day, decision.paragraph) == (TODAY, "")
    office = city.body("stadsledningskontoret")
    record_decision(cases=[case], body=office, delegation="Delegation 1", actor=city["direktor"])


def test_quorum_is_more_than_half_present_and_not_disqualified(bodies_city: Bodies) -> None:
    city, case, other = bodies_city, bodies_city.case("Ett"), bodies_city.case("Två")
    meeting = _meeting(city, present=["ordforande", "ledamot"])
    note_disqualification(
        meeting=meeting,
        case=case,
        user=city["ledamot"],
        reason="Har skrivit initiativet.",
        actor=city["ledamot"],
    )
    assert quorum_of(meeting, case) == (1, 3)
    with pytest.raises(ValidationError, match="1 av 3 är det"):
        record_decision(cases=[case], body=city.group, meeting=meeting, actor=city["ordforande"])
    with pytest.raises(PermissionDenied, match="jävig"):
        record_decision(cases=[case], body=city.group, meeting=meeting, actor=city["ledamot"])
    record_decision(cases=[other], body=city.group, meeting=meeting, actor=city["ordforande"])
    note_attendance(meeting=meeting, present=[city["ordforande"]], actor=city["ordforande"])
    with pytest.raises(PermissionDenied):
        record_decision(cases=[other], body=city.group, meeting=meeting, actor=city["ledamot"])


def test_r13_a_committee_of_four_decides_nothing(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    meeting = _meeting(city, city.committee, present=COMMITTEE, chair=COMMITTEE[0])
    record_decision(cases=[case], body=city.committee, meeting=meeting, actor=city[COMMITTEE[0]])
    end_appointment(
        appointment=Appointment.objects.get(user=city[COMMITTEE[4]], body=city.committee),
        on=YESTERDAY,
        actor=city["admin"],
    )
    with pytest.raises(ValidationError, match="exakt fem ledamöter"):
        record_decision(
            cases=[case], body=city.committee, meeting=meeting, actor=city[COMMITTEE[0]]
        )


def test_r16_a_body_that_has_ceased_decides_nothing(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    meeting = _meeting(city)
    end_body(body=city.group, on=YESTERDAY, actor=city["admin"])
    with pytest.raises(ValidationError, match="kunde inte besluta"):
        record_decision(cases=[case], body=city.group, meeting=meeting, actor=city["ordforande"])
    with pytest.raises(ValidationError):
        plan_meeting(body=city.group, day=TODAY, actor=None)


def test_r7_the_councils_own_secretary_records_its_decision(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    body, secretary = city.body("kommunfullmaktige"), city["kommunsekreterare"]
    meeting = open_meeting(
        meeting=plan_meeting(body=body, day=YESTERDAY, actor=secretary),
        chair=None,
        present=[secretary],
        actor=secretary,
    )
    (decision,) = record_decision(
        cases=[case], body=body, meeting=meeting, paragraph="12", actor=secretary
    )
    assert (decision.paragraph, decision.day) == ("§ 12", YESTERDAY)
    with pytest.raises(PermissionDenied):
        record_decision(cases=[case], body=body, meeting=meeting, actor=city["slk"])


def test_the_day_is_neither_ahead_nor_before_what_it_builds_on(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    for day in (TODAY + dt.timedelta(days=1), dt.date(1900, 1, 1)):
        with pytest.raises(ValidationError) as caught:
            record_decision(
                cases=[case],
                body=city.group,
                delegation="Delegation 3.2",
                day=day,
                not_before=YESTERDAY,
                actor=city["ordforande"],
            )
        assert list(caught.value.message_dict) == ["day"]


def test_a_correction_keeps_what_stood(bodies_city: Bodies) -> None:
    city, cases = bodies_city, [bodies_city.case("Ett"), bodies_city.case("Två")]
    decision, other = record_decision(
        cases=cases,
        body=city.group,
        delegation="Delegation 3.2",
        day=TODAY,
        actor=city["ordforande"],
    )
    with pytest.raises(PermissionDenied):
        correct_decision(
            decision=decision, field="day", value=YESTERDAY, reason="Fel.", actor=city["ledamot"]
        )
    with pytest.raises(ValidationError):
        correct_decision(
            decision=decision, field="day", value=YESTERDAY, reason=" ", actor=city["ordforande"]
        )
    correct_decision(
        decision=decision,
        field="day",
        value=YESTERDAY,
        reason="Skrevs in dagen efter.",
        actor=city["ordforande"],
    )
    other.refresh_from_db()
    assert other.day == decision.day == YESTERDAY
    kept = other.corrections.get()
    assert (kept.old, kept.new) == (TODAY.isoformat(), YESTERDAY.isoformat())


def test_r70_a_reservation_stands_with_names_and_own_proposal(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    meeting = _meeting(city, present=["ordforande", "ledamot"])
    (decision,) = record_decision(
        cases=[case], body=city.group, meeting=meeting, actor=city["ordforande"]
    )
    with pytest.raises(ValidationError, match="tog inte del"):
        note_dissent(
            decision=decision,
            kind=DissentKind.RESERVATION,
            persons=[DissentBy(user=city["ledamot2"])],
            actor=city["ordforande"],
        )
    with pytest.raises(PermissionDenied):
        note_dissent(
            decision=decision,
            kind=DissentKind.RESERVATION,
            persons=[DissentBy(user=city["ordforande"])],
            actor=city["ledamot"],
        )
    dissent = note_dissent(
        decision=decision,
        kind=DissentKind.RESERVATION,
        persons=[DissentBy(user=city["ledamot"], party="S")],
        proposal="Förslaget avslås.\nÄrendet återremitteras.",
        actor=city["ledamot"],
    )
    assert dissent.who == "Ledamot Ek (S)"
    assert dissent.proposal_points == ["Förslaget avslås.", "Ärendet återremitteras."]
    close_meeting(meeting=meeting, actor=city["ordforande"])
    with pytest.raises(ValidationError, match="Mötet är avslutat"):
        note_dissent(
            decision=decision,
            kind=DissentKind.STATEMENT,
            persons=[DissentBy(user=city["ledamot"])],
            actor=city["ledamot"],
        )
    write_statement(dissent=dissent, statement="Kostnaden är okänd.", actor=city["ledamot"])
    approve_minutes(meeting=meeting, actor=city["ordforande"])
    with pytest.raises(ValidationError, match="justerat"):
        write_statement(dissent=dissent, statement="Mer.", actor=city["ledamot"])


def test_minutes_are_approved_and_announced_by_the_laws_days(bodies_city: Bodies) -> None:
    city = bodies_city
    meeting = _meeting(city, day=TODAY - dt.timedelta(days=10))
    chair = city["ordforande"]
    assert meeting.approve_by == TODAY + dt.timedelta(days=4)
    save_minutes(meeting=meeting, text="Vi sågs.", actor=chair)
    with pytest.raises(ValidationError):
        approve_minutes(meeting=meeting, actor=chair)
    close_meeting(meeting=meeting, actor=chair)
    meeting = approve_minutes(meeting=meeting, on=YESTERDAY, actor=chair)
    assert meeting.announce_by == TODAY + dt.timedelta(days=1)
    with pytest.raises(ValidationError):
        save_minutes(meeting=meeting, text="Något annat.", actor=chair)
    meeting = announce_minutes(meeting=meeting, on=TODAY, actor=chair)
    assert meeting.notice_until == TODAY + dt.timedelta(days=21)


def test_an_agenda_is_set_by_chair_secretary_or_office(bodies_city: Bodies) -> None:
    city, cases = bodies_city, [bodies_city.case("Ett"), bodies_city.case("Två")]
    meeting = _planned(city)
    for name in ("ordforande", "gruppsekreterare", "slk"):
        set_agenda(meeting=meeting, cases=[*cases, cases[0]], actor=city[name])
    with pytest.raises(PermissionDenied):
        set_agenda(meeting=meeting, cases=cases, actor=city["ledamot"])
    assert [item.case for item in agenda_of(meeting)] == cases
    assert list(meetings_of(city["ledamot2"])) == [meeting]
    assert list(meetings_of(city["larare"])) == []
    assert open_meeting_of(city.group) is None


def test_a_meeting_opens_on_its_day_one_at_a_time(bodies_city: Bodies) -> None:
    city = bodies_city
    ahead = plan_meeting(
        body=city.group, day=TODAY + dt.timedelta(days=1), actor=city["ordforande"]
    )
    with pytest.raises(ValidationError) as caught:
        open_meeting(meeting=ahead, chair=city["ordforande"], present=[], actor=city["ordforande"])
    assert list(caught.value.message_dict) == ["day"]
    opened = _meeting(city)
    assert open_meeting_of(city.group) == opened
    with pytest.raises(ValidationError, match="redan ett möte"):
        _meeting(city)
    with pytest.raises(PermissionDenied):
        close_meeting(meeting=opened, actor=city["ledamot"])


def test_the_meeting_is_chaired_by_one_with_a_seat(bodies_city: Bodies) -> None:
    city = bodies_city
    for chair in (None, city["larare"]):
        with pytest.raises(ValidationError) as caught:
            open_meeting(meeting=_planned(city), chair=chair, present=[], actor=city["ordforande"])
        assert list(caught.value.message_dict) == ["chair"]
    opened = open_meeting(
        meeting=_planned(city),
        chair=city["ledamot"],
        present=[city["ledamot2"]],
        actor=city["gruppsekreterare"],
    )
    close_meeting(meeting=opened, actor=city["ledamot"])


def test_an_extract_of_the_minutes_is_a_record(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    (decision,) = record_decision(
        cases=[case],
        body=city.group,
        meeting=_meeting(city),
        points=["Initiativet tas med."],
        actor=city["ordforande"],
    )
    record = register_minutes_extract(decision=decision, actor=city["ordforande"])
    assert record.case == case
    assert "§ 1" in record.title


def test_history_is_entered_without_a_made_up_day(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    decision = note_historic_decision(
        case=case,
        body=city.body("borgarradsberedningen"),
        lead="Borgarrådsberedningen tillstyrker.",
        actor=city["registrator"],
    )
    assert decision.day is None
    note_dissent(
        decision=decision,
        kind=DissentKind.RESERVATION,
        persons=[DissentBy(name="Carin Jämtin", party="s")],
        actor=city["registrator"],
    )
    with pytest.raises(PermissionDenied):
        note_historic_decision(case=case, body=city.group, actor=city["ordforande"])


@pytest.mark.parametrize("change", ["update", "delete"])
def test_what_was_decided_stands(bodies_city: Bodies, change: str) -> None:
    city, case = bodies_city, bodies_city.case()
    (decision,) = record_decision(
        cases=[case],
        body=city.group,
        delegation="Delegation 3.2",
        points=["Bifalles."],
        actor=city["ordforande"],
    )
    for rows, column in (
        (Decision.objects.filter(pk=decision.pk), {"delegation": "Annan"}),
        (decision.points.all(), {"text": "Avslås."}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**column) if change == "update" else rows._raw_delete(rows.db)
