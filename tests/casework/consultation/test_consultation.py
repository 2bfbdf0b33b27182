# SPDX-License-Identifier: EUPL-1.2
"""Remiss as often as needed, and experts of both kinds (R23, R24, R65, R66)."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.consultation.enums import AnswerState, Position
from casework.consultation.models import Consultation, NoConsultation
from casework.consultation.selectors import (
    affected_not_asked,
    awaited_from,
    consultations_of,
    expertise_complete,
    is_settled,
    overdue_consultees,
    propose_consultees,
    reason_for_none,
    requests_to,
)
from casework.consultation.services import (
    Asked,
    add_consultee,
    answer_expert,
    ask_expert,
    close_consultation,
    extend_consultee,
    note_answer,
    open_consultation,
    state_no_consultation,
)
from casework.initiatives.enums import Part
from casework.initiatives.models import Initiative
from casework.initiatives.services import begin, write_answers
from casework.organisation.enums import Expertise
from casework.organisation.models import Appointment, User
from casework.organisation.services import end_appointment
from casework.register.models import Case
from tests.casework.bodies import Bodies

TODAY = timezone.localdate()
LATER = TODAY + dt.timedelta(days=30)


def _open(city: Bodies, case: Case, *names: str) -> Consultation:
    return open_consultation(
        case=case,
        consultees=[
            Asked(administration=city.administrations[1]),
            *(Asked(name=name) for name in names),
        ],
        question="Vad innebär förslaget för er?",
        deadline=LATER,
        actor=city["handlaggare"],
    )


def _initiative(city: Bodies) -> Initiative:
    initiative = begin(actor=city["larare"])
    write_answers(
        initiative=initiative,
        part=Part.ORIGINATOR,
        answers={"title": "Frånvaro", "affected": city.administrations},
        actor=city["larare"],
    )
    initiative.case = city.case()
    initiative.save(update_fields=["case"])
    return initiative


def test_r65_a_case_is_sent_out_several_times(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    assert not is_settled(case)
    _open(city, case, "Handelskammaren")
    second = _open(city, case)
    assert [row.number for row in consultations_of(case)] == [1, 2]
    assert is_settled(case)
    assert second.record is not None
    assert second.record.direction == "out"
    assert second.record.party == "Socialförvaltningen"


def test_r65_a_stated_reason_settles_until_it_is_sent_out(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    with pytest.raises(ValidationError) as caught:
        state_no_consultation(case=case, reason=" ", actor=city["handlaggare"])
    assert list(caught.value.message_dict) == ["reason"]
    state_no_consultation(case=case, reason="Berör ingen annan.", actor=city["handlaggare"])
    assert is_settled(case)
    assert reason_for_none(case) == "Berör ingen annan."
    _open(city, case)
    assert reason_for_none(case) == ""
    assert not NoConsultation.objects.exists()
    with pytest.raises(ValidationError):
        state_no_consultation(case=case, reason="Ändå inte.", actor=city["handlaggare"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"consultees": []}, "consultees"),
        ({"consultees": [Asked(name="A"), Asked(name="A")]}, "consultees"),
        ({"question": ""}, "question"),
        ({"deadline": TODAY - dt.timedelta(days=1)}, "deadline"),
    ],
)
def test_a_remiss_needs_its_parts(
    bodies_city: Bodies, change: dict[str, object], field: str
) -> None:
    city, case = bodies_city, bodies_city.case()
    sent: dict[str, object] = {
        "consultees": [Asked(name="A")],
        "question": "Vad anser ni?",
        "deadline": LATER,
        **change,
    }
    with pytest.raises(ValidationError) as caught:
        open_consultation(case=case, actor=city["handlaggare"], **sent)  # type: ignore[arg-type]
    assert list(caught.value.message_dict) == [field]


def test_an_answer_is_an_incoming_record_with_its_position(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    consultee = _open(city, case).consultees.get()
    assert list(awaited_from(city["kontakt_social"])) == [consultee]
    with pytest.raises(PermissionDenied):
        note_answer(
            consultee=consultee, state=AnswerState.ANSWERED, text="Bra.", actor=city["kontakt"]
        )
    answered = note_answer(
        consultee=consultee,
        state=AnswerState.ANSWERED,
        position=Position.SUPPORTS_WITH_CHANGES,
        text="Bra, om fritidshemmen kommer med.",
        actor=city["handlaggare"],
    )
    assert (answered.position, answered.answered_on) == ("supports_with_changes", TODAY)
    assert answered.record is not None
    assert (answered.record.direction, answered.record.party) == ("in", "Socialförvaltningen")
    with pytest.raises(ValidationError):
        note_answer(consultee=consultee, state=AnswerState.DECLINED, actor=city["handlaggare"])


def test_time_is_extended_and_silence_noted(bodies_city: Bodies) -> None:
    city, case = bodies_city, bodies_city.case()
    consultation = _open(city, case, "Handelskammaren")
    chamber = consultation.consultees.get(name="Handelskammaren")
    with pytest.raises(ValidationError) as caught:
        extend_consultee(consultee=chamber, until=LATER, actor=city["handlaggare"])
    assert list(caught.value.message_dict) == ["until"]
    extend_consultee(
        consultee=chamber, until=LATER + dt.timedelta(days=7), actor=city["handlaggare"]
    )
    late = overdue_consultees(LATER + dt.timedelta(days=1))
    assert [row.name for row in late] == ["Socialförvaltningen"]
    add_consultee(
        consultation=consultation, asked=Asked(name="Elevrådet"), actor=city["handlaggare"]
    )
    close_consultation(consultation=consultation, actor=city["handlaggare"])
    states = set(consultation.consultees.values_list("state", flat=True))
    assert states == {AnswerState.NO_ANSWER}
    with pytest.raises(ValidationError):
        extend_consultee(
            consultee=chamber, until=LATER + dt.timedelta(days=9), actor=city["handlaggare"]
        )


@pytest.mark.parametrize("name", ["larare", "kontakt", "ordforande", "admin"])
def test_only_who_handles_the_case_sends_it_out(bodies_city: Bodies, name: str) -> None:
    city, case = bodies_city, bodies_city.case()
    with pytest.raises(PermissionDenied):
        open_consultation(
            case=case,
            consultees=[Asked(name="A")],
            question="Vad anser ni?",
            deadline=LATER,
            actor=city[name],
        )
    with pytest.raises(PermissionDenied):
        state_no_consultation(case=case, reason="Nej.", actor=city[name])


def test_r66_the_affected_get_a_say(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = _initiative(city)
    _own, social, traffic = city.administrations
    assert propose_consultees(initiative) == [social, traffic]
    assert initiative.case is not None
    _open(city, initiative.case)
    assert affected_not_asked(initiative) == [traffic]


def _answer(city: Bodies, initiative: Initiative, name: str, expertise: str) -> None:
    User.objects.filter(pk=city[name].pk).update(administration=city.administrations[2])
    city[name].refresh_from_db()
    request = ask_expert(
        initiative=initiative,
        user=city[name],
        expertise=expertise,
        question="Håller kostnaden?",
        actor=city["handlaggare"],
    )
    assert list(requests_to(city[name])) == [request]
    answered = answer_expert(request=request, text="Ja.", actor=city[name])
    assert answered.record is not None
    # An official is no private person: outwards it is the förvaltning's (issue 9).
    assert answered.record.party_public == str(city.administrations[2])


@pytest.mark.parametrize("technical", [Expertise.IT, Expertise.SYSTEM])
def test_r24_both_kinds_by_different_persons(bodies_city: Bodies, technical: str) -> None:
    city = bodies_city
    initiative = _initiative(city)
    _answer(city, initiative, "expert_business", Expertise.BUSINESS)
    assert not expertise_complete(initiative)
    _answer(city, initiative, f"expert_{technical}", technical)
    assert expertise_complete(initiative)


def test_r24_the_expertise_is_held_by_appointment(bodies_city: Bodies) -> None:
    city = bodies_city
    initiative = _initiative(city)
    ask = partial(ask_expert, initiative=initiative, actor=city["handlaggare"])
    with pytest.raises(ValidationError, match="inget uppdrag som sakkunnig"):
        ask(user=city["expert_business"], expertise=Expertise.IT)
    request = ask(user=city["expert_it"], expertise=Expertise.IT)
    with pytest.raises(ValidationError, match="redan tillfrågad"):
        ask(user=city["expert_it"], expertise=Expertise.IT)
    with pytest.raises(PermissionDenied):
        answer_expert(request=request, text="Ja.", actor=city["expert_business"])
    end_appointment(
        appointment=Appointment.objects.get(user=city["expert_it"]),
        on=TODAY - dt.timedelta(days=1),
        actor=city["admin"],
    )
    with pytest.raises(ValidationError):
        answer_expert(request=request, text="Ja.", actor=city["expert_it"])
    assert not expertise_complete(initiative)
