# SPDX-License-Identifier: EUPL-1.2
"""As ``calls``, for what bodies do: meetings, remisser, and the scenes of a round in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from casework.assessment import services as assessment
from casework.assessment.permissions import may_judge
from casework.assessment.selectors import criteria_of, to_judge
from casework.assessment.services import Given
from casework.consultation import services as consultation
from casework.consultation.enums import AnswerState
from casework.meetings import services as meetings
from casework.meetings.models import AgendaItem, Meeting
from casework.meetings.services import DissentBy
from casework.organisation.enums import Expertise
from casework.organisation.models import User
from casework.prioritisation import services as prioritisation
from casework.prioritisation.models import OrderedList, Rehearsal
from casework.prioritisation.services import Advice, CouncilVerdict
from casework.process import services as process
from casework.process.models import Candidacy
from tests.rights.calls import REASON, Call
from tests.rights.world import GROUP, TODAY, World
from tests.small_city import ask_experts, finish_other_areas


def _open_planned(w: World, who: User) -> Meeting:
    """With the meeting that is on out of the way."""
    Meeting.objects.filter(pk=w.meeting.pk).update(state="closed")
    chair = w.city.people["group_chair"]
    return meetings.open_meeting(meeting=w.planned, chair=chair, present=[chair], actor=who)


def _dissent(w: World, who: User, person: User) -> object:
    return meetings.note_dissent(
        decision=w.decision, kind="reservation", persons=[DissentBy(user=person)], actor=who
    )


def _jav(w: World, who: User, person: User) -> object:
    return meetings.note_disqualification(
        meeting=w.meeting, case=w.with_group.case, user=person, reason="Syster", actor=who
    )


def _noted(w: World, who: User) -> list[AgendaItem]:
    return meetings.note_outcome(
        meeting=w.meeting, cases=[w.with_group.case], outcome="admit", details={}, actor=who
    )


MEETINGS: dict[str, Call] = {
    "plan_meeting": lambda w, who: meetings.plan_meeting(body=w.group, day=TODAY(), actor=who),
    "set_agenda": lambda w, who: meetings.set_agenda(
        meeting=w.planned, cases=[w.registered.case], actor=who
    ),
    "call_meeting": lambda w, who: meetings.call_meeting(meeting=w.planned, actor=who),
    "cancel_meeting": lambda w, who: meetings.cancel_meeting(
        meeting=w.planned, reason="Inget att ta upp", actor=who
    ),
    "open_meeting": _open_planned,
    "note_attendance": lambda w, who: meetings.note_attendance(
        meeting=w.meeting, present=[w.city.people["group_chair"]], actor=who
    ),
    "note_disqualification": lambda w, who: _jav(w, who, w.city.people["third"]),
    "note_disqualification: one's own": lambda w, who: _jav(w, who, who),
    "note_outcome": lambda w, who: _noted(w, who),
    "undo_outcome": lambda w, who: (
        _noted(w, w.city.people["group_chair"])
        and meetings.undo_outcome(meeting=w.meeting, case=w.with_group.case, actor=who)
    ),
    "table_cases": lambda w, who: meetings.table_cases(
        meeting=w.meeting, cases=[w.with_group.case], actor=who
    ),
    "note_visit": lambda w, who: meetings.note_visit(meeting=w.meeting, user=who),
    "save_minutes": lambda w, who: meetings.save_minutes(meeting=w.meeting, text="x", actor=who),
    "close_meeting": lambda w, who: meetings.close_meeting(meeting=w.meeting, actor=who),
    "approve_minutes": lambda w, who: meetings.approve_minutes(meeting=w.closed_meeting, actor=who),
    "announce_minutes": lambda w, who: meetings.announce_minutes(
        meeting=w.approved_meeting, actor=who
    ),
    "record_decision": lambda w, who: meetings.record_decision(
        cases=[w.with_group.case], body=w.group, meeting=w.meeting, points=["Nej."], actor=who
    ),
    "record_decision: by delegation": lambda w, who: meetings.record_decision(
        cases=[w.with_group.case], body=w.group, delegation="D 1", points=["Nej."], actor=who
    ),
    "note_historic_decision": lambda w, who: meetings.note_historic_decision(
        case=w.case, body=w.group, points=["Ja."], actor=who
    ),
    "correct_decision": lambda w, who: meetings.correct_decision(
        decision=w.decision, field="paragraph", value="§ 77", reason=REASON, actor=who
    ),
    "register_minutes_extract": lambda w, who: meetings.register_minutes_extract(
        decision=w.decision, actor=who
    ),
    "note_dissent": lambda w, who: _dissent(w, who, w.city.people["third"]),
    "note_dissent: one's own": lambda w, who: _dissent(w, who, who),
    "write_statement": lambda w, who: meetings.write_statement(
        dissent=w.dissent, statement="Därför.", actor=who
    ),
}

CONSULTATION: dict[str, Call] = {
    "open_consultation": lambda w, who: consultation.open_consultation(
        case=w.case, consultees=[consultation.Asked(name="Elevrådet")], question="Vad?",
        deadline=TODAY(), actor=who,
    ),
    "add_consultee": lambda w, who: consultation.add_consultee(
        consultation=w.consultation, asked=consultation.Asked(name="Föreningen"), actor=who
    ),
    "extend_consultee": lambda w, who: consultation.extend_consultee(
        consultee=w.consultee, until=TODAY() + dt.timedelta(days=40), actor=who
    ),
    "note_answer": lambda w, who: consultation.note_answer(
        consultee=w.consultee, state=AnswerState.ANSWERED, text="Ja.", actor=who
    ),
    "close_consultation": lambda w, who: consultation.close_consultation(
        consultation=w.consultation, actor=who
    ),
    "state_no_consultation": lambda w, who: consultation.state_no_consultation(
        case=w.case, reason=REASON, actor=who
    ),
    "ask_expert": lambda w, who: consultation.ask_expert(
        initiative=w.registered, user=w.city.people["group_member"], expertise=Expertise.IT,
        actor=who,
    ),
    "withdraw_expert": lambda w, who: consultation.withdraw_expert(request=w.asked, actor=who),
    "answer_expert": lambda w, who: consultation.answer_expert(
        request=w.asked, text="Ja.", actor=who
    ),
}  # fmt: skip

GROUPS_WORK: dict[str, Call] = {
    "decide_noted": lambda w, who: (
        _noted(w, w.city.people["group_chair"])
        and process.decide_noted(meeting=w.meeting, actor=who)
    ),
    "admit": lambda w, who: process.admit(
        initiative=w.with_group, act=w.act(GROUP), reason="Bra.", actor=who
    ),
    "request_completion": lambda w, who: process.request_completion(
        initiative=w.with_group, act=w.act(GROUP), questions="Hur?", actor=who,
        due=TODAY() + dt.timedelta(days=9),
    ),
    "request_completion: without a question": lambda w, who: process.request_completion(
        initiative=w.with_group, act=w.act(GROUP), questions="", actor=who, due=TODAY()
    ),
    "reject": lambda w, who: process.reject(
        initiative=w.with_group, act=w.act(GROUP), reason=REASON, actor=who
    ),
    "defer": lambda w, who: process.defer(
        initiative=w.with_group, act=w.act(GROUP), reason=REASON, actor=who
    ),
    "complete": lambda w, who: process.complete(initiative=w.completion, reason="Så.", actor=who),
}  # fmt: skip


def _order(w: World) -> list[int]:
    return [w.candidacy("admitted"), w.candidacy("eservice")]


def _save_order(w: World, who: User) -> OrderedList:
    return prioritisation.save_order(area=w.area, order=_order(w), actor=who)


def _rehearse(w: World, who: User) -> Rehearsal:
    return prioritisation.keep_rehearsal(area=w.area, name="Prov", actor=who)


def _fix(w: World, who: User) -> OrderedList:
    return prioritisation.fix_ranking(area=w.area, act=w.act(GROUP), actor=who)


def _to_committee(w: World, who: User) -> int:
    return prioritisation.hand_eservices_to_committee(round=w.round, actor=who)


def _opinion(w: World, who: User, opinion: str = "for") -> object:
    return prioritisation.give_committee_opinion(
        initiative=w.eservice, opinion=opinion, reason="Bra.", act=w.act("e-tjansteutskottet"),
        actor=who,
    )  # fmt: skip


def _save_proposal(w: World, who: User) -> OrderedList:
    return prioritisation.save_proposal(round=w.round, order=_order(w), frame_tkr=4000, actor=who)


def _hand_over(w: World, who: User) -> OrderedList:
    return prioritisation.hand_over(round=w.round, actor=who)


def _recommend(w: World, who: User) -> OrderedList:
    return prioritisation.recommend(
        round=w.round, advice={pk: Advice("for", "Bra.") for pk in _order(w)},
        act=w.act("utvecklingsradet"), actor=who,
    )  # fmt: skip


def _decide(w: World, who: User) -> object:
    verdicts = [CouncilVerdict(pk, "approve", amount_tkr=100, reason="Bra.") for pk in _order(w)]
    return prioritisation.decide(
        round=w.round, verdicts=verdicts, reference="KF § 1", act=w.act("kommunfullmaktige"),
        actor=who,
    )  # fmt: skip


def _scores(w: World, who: User) -> list[Given]:
    return [
        Given(candidacy=candidacy.pk, criterion=criterion.pk, points=3)
        for candidacy in to_judge(w.area, who)
        for criterion in criteria_of(w.area)
    ]


def _save_scores(w: World, who: User) -> None:
    assessment.save_scores(area=w.area, scores=_scores(w, who), actor=who)


def _submit(w: World, who: User) -> None:
    if may_judge(who, w.area):
        _save_scores(w, who)
    assessment.submit_sheet(area=w.area, actor=who)


def _submitted(w: World) -> None:
    _submit(w, w.person("group_member"))


def _opened(w: World) -> None:
    assessment.open_scores(area=w.area, actor=w.person("group_chair"))


def _agree(w: World, who: User) -> object:
    criterion = criteria_of(w.area)[0]
    candidacy = Candidacy.objects.get(pk=w.candidacy("admitted"))
    return assessment.agree_scores(
        area=w.area, candidacy=candidacy, points={criterion.pk: 4}, actor=who
    )


def _first_part(w: World) -> None:
    """The group has said what it thinks of the new one, and orders the others."""
    people = w.city.people
    process.reject(
        initiative=w.with_group, act=w.act(GROUP), reason=REASON, actor=people["group_chair"]
    )
    _save_order(w, people["group_chair"])
    process.start_implementation(initiative=w.approved, actor=people["case_officer"])


def _fixed(w: World) -> None:
    _fix(w, w.city.people["group_chair"])


def _with_committee(w: World) -> None:
    _to_committee(w, w.city.people["office"])
    people = w.city.people
    chair = people["committee_chair"]
    seats = ["committee_chair", "committee_member", "third", "fourth", "fifth"]
    meeting = meetings.plan_meeting(
        body=w.city.bodies["e-tjansteutskottet"], day=TODAY(), actor=chair
    )
    meetings.open_meeting(
        meeting=meeting, chair=chair, present=[people[key] for key in seats], actor=chair
    )


def _passed(w: World) -> None:
    _opinion(w, w.person("committee_chair"))
    finish_other_areas(w.city)
    for initiative in (w.admitted, w.eservice):
        ask_experts(w.city, initiative)


def _proposed(w: World) -> None:
    _save_proposal(w, w.person("office"))


def _handed_over(w: World) -> None:
    _hand_over(w, w.person("office"))
    council = w.city.bodies["utvecklingsradet"]
    people = w.city.people
    seats = ["council_chair", "council_member", "committee_chair", "committee_member", "third",
             "fourth", "fifth"]  # fmt: skip
    meeting = Meeting.objects.get(body=council, state="open")
    meetings.note_attendance(
        meeting=meeting, present=[people[key] for key in seats], actor=people["council_chair"]
    )


def _recommended(w: World) -> None:
    _recommend(w, w.person("council_chair"))
    people = w.city.people
    meetings.note_attendance(
        meeting=Meeting.objects.get(body=w.city.bodies["kommunfullmaktige"], state="open"),
        present=[people["kf_chair"], people["kf_member"]],
        actor=people["kf_secretary"],
    )


SCENES: list[tuple[Callable[[World], None], dict[str, dict[str, Call]]]] = [
    (
        _submitted,
        {
            "assessment": {
                "save_scores": _save_scores,
                "save_places": lambda w, who: assessment.save_places(
                    area=w.area, places={w.candidacy("admitted"): 1}, actor=who
                ),
                "submit_sheet": _submit,
                "open_scores": lambda w, who: assessment.open_scores(area=w.area, actor=who),
            }
        },
    ),
    (
        _opened,
        {
            "assessment": {"agree_scores": _agree},
            "prioritisation": {
                "suggest_order": lambda w, who: prioritisation.suggest_order(area=w.area, actor=who)
            },
        },
    ),
    (
        _first_part,
        {
            "process": {
                "finish_implementation": lambda w, who: process.finish_implementation(
                    initiative=w.approved, actor=who
                )
            },
            "prioritisation": {
                "save_order": _save_order,
                "keep_rehearsal": _rehearse,
                "throw_rehearsal": lambda w, who: prioritisation.throw_rehearsal(
                    rehearsal=_rehearse(w, w.city.people["group_chair"]), actor=who
                ),
                "take_over_rehearsal: the chair's own": lambda w, who: (
                    prioritisation.take_over_rehearsal(
                        rehearsal=_rehearse(w, w.city.people["group_chair"]), actor=who
                    )
                ),
                "take_over_rehearsal: a member's own": lambda w, who: (
                    prioritisation.take_over_rehearsal(
                        rehearsal=_rehearse(w, w.city.people["group_member"]), actor=who
                    )
                ),
                "fix_ranking": _fix,
            },
        },
    ),
    (
        _fixed,
        {
            "prioritisation": {
                "reopen_ranking": lambda w, who: prioritisation.reopen_ranking(
                    area=w.area, reason=REASON, actor=who
                ),
                "leave_out": lambda w, who: prioritisation.leave_out(
                    initiative=w.admitted, reason=REASON, actor=who
                ),
                "hand_eservices_to_committee": _to_committee,
            }
        },
    ),
    (
        _with_committee,
        {
            "prioritisation": {
                "give_committee_opinion": _opinion,
                "give_committee_opinion: of no known kind": lambda w, who: _opinion(w, who, "?"),
            }
        },
    ),
    (_passed, {"prioritisation": {"save_proposal": _save_proposal}}),
    (_proposed, {"prioritisation": {"hand_over": _hand_over}}),
    (
        _handed_over,
        {
            "prioritisation": {
                "recommend": _recommend,
                "refer_back": lambda w, who: prioritisation.refer_back(
                    round=w.round, reason=REASON, act=w.act("utvecklingsradet"), actor=who
                ),
            }
        },
    ),
    (_recommended, {"prioritisation": {"decide": _decide}}),
]
"""The round's work in its order: what happens before, and what is called then, by room."""
