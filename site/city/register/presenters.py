# SPDX-License-Identifier: EUPL-1.2
"""The public face of a case: its head, its line, its decisions and events."""

from __future__ import annotations

import datetime as dt

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from casework.process.catalogue import TRANSITIONS
from casework.process.enums import FINAL_STAGES, Stage
from casework.process.line import MILESTONES, LineStage
from casework.register.enums import CaseType
from casework.register.models import PublicCase
from ui.patterns import CaseHead, Decision, Event
from ui.present import outcome_tag, sentence

_STAGE_OF_LABEL = {str(stage.label): stage for stage in Stage}
_NEGATIVE_TEXTS = {str(t.told) for t in TRANSITIONS.values() if t.is_negative}
_DECISIVE = {
    str(TRANSITIONS[name].told)
    for name in (
        "exclude_scope", "admit", "request_completion", "reject", "rank", "give_committee_opinion",
        "recommend", "approve", "decline",
    )
}  # fmt: skip
#: The public line begins where the public diary does.
_FIRST_MILESTONE = 2
_PREPARATION = 3
_COMMITTEE = 6
_COMMITTEE_STAGES = {str(Stage.WITH_COMMITTEE.label), str(Stage.COMMITTEE_DONE.label)}


def head_of(case: PublicCase) -> CaseHead:
    """The case head with its public face."""
    facts = [
        (_("Inkommet"), case.received_date.isoformat()),
        (_("Myndighet"), case.authority),
    ]
    if case.party:
        facts.append((_("Från"), case.party))
    if case.decided_on:
        facts.append((_("Beslutat"), case.decided_on.isoformat()))
    others = [number for number in case.numbers if number != case.dnr]
    if others:
        facts.append((_("Har också nummer"), ", ".join(others)))
    return CaseHead(
        title=case.title,
        dnr=case.dnr,
        tag=outcome_tag(case),
        area=case.service_area.name if case.service_area else "",
        kind=str(case.get_case_type_display()),
        facts=facts,
    )


def decisions_of(case: PublicCase) -> list[Decision]:
    """The decisions as cards, newest first; of a case without steps its outcome alone."""
    if case.case_type != CaseType.INITIATIVE:
        if not case.outcome:
            return []
        return [Decision(outcome=case.outcome, on=case.decided_on, decider=case.authority)]
    found = [
        Decision(
            outcome=sentence(event["text"]),
            on=_date(event["date"]),
            decider=event.get("body", ""),
            mandate=event.get("occasion", ""),
            reason=event.get("reason", ""),
            reference=event.get("reference", ""),
            is_negative=event["text"] in _NEGATIVE_TEXTS,
        )
        for event in case.events
        if event["text"] in _DECISIVE
    ]
    return found[::-1]


def events_of(case: PublicCase) -> list[Event]:
    """Everything public that has happened, newest first."""
    return [
        Event(
            on=_date(event["date"]),
            what=sentence(event["text"]),
            who=event.get("body", ""),
            when=_roughly(event["date"]),
        )
        for event in reversed(case.events)
    ]


def line_of(case: PublicCase) -> list[LineStage]:
    """The line as the public may know it: from registration on, by the bodies that decided."""
    if case.case_type != CaseType.INITIATIVE or not case.events:
        return []
    passed = [(event, _milestone(_STAGE_OF_LABEL.get(event["stage"]))) for event in case.events]
    last = _STAGE_OF_LABEL.get(case.events[-1]["stage"])
    over = last in FINAL_STAGES
    here = (
        len(MILESTONES)
        if last == Stage.IMPLEMENTED
        else max(_FIRST_MILESTONE, _here(last, [index for _event, index in passed]))
    )
    by_committee = any(event["stage"] in _COMMITTEE_STAGES for event in case.events)
    line = []
    for index, (label, _stages) in enumerate(MILESTONES):
        if index < _FIRST_MILESTONE or (index == _COMMITTEE and not by_committee):
            continue
        stage = LineStage(_(label), _state(index, here, over and last != Stage.IMPLEMENTED))
        if stage.state in {"done", "stopped"}:
            leaving = _leaving(passed, index)
            stage.date, stage.decider = _date(leaving["date"]), leaving.get("body", "")
        stage.loops = [
            event.get("reason", "")
            for event, _index in passed
            if index == 4 and event["stage"] == str(Stage.COMPLETION.label)
        ]
        line.append(stage)
    return line


def _here(last: Stage | None, indexes: list[int]) -> int:
    if last in FINAL_STAGES:
        return max([index for index in indexes if index < len(MILESTONES)], default=0)
    return _milestone(last)


def _milestone(stage: Stage | None) -> int:
    return next((i for i, (_label, stages) in enumerate(MILESTONES) if stage in stages), -1)


def _leaving(passed: list[tuple[dict[str, str], int]], index: int) -> dict[str, str]:
    """The event that took the case past a milestone: the first that stands further on.

    Preparation ends without a public event, so its last one stands for it; the group, which
    comes next, had no part in it.
    """
    if index == _PREPARATION:
        own = [event for event, found in passed if found == index and not event.get("body")]
        return own[-1] if own else passed[-1][0]
    return next((event for event, found in passed if found > index), passed[-1][0])


def _state(index: int, here: int, over: bool) -> str:
    if index < here:
        return "done"
    if index == here:
        return "stopped" if over else "now"
    return "skipped" if over else "ahead"


def _date(value: str) -> dt.date:
    """The day, or the first one of a month or year of which no more is known."""
    return dt.date.fromisoformat(f"{value}-01-01"[:10])


def _roughly(value: str) -> str:
    """Say "december 2005" or "2006" where the day is not known; else nothing."""
    match value.split("-"):
        case [year]:
            return year
        case [_year, _month]:
            return format_date(_date(value), "F Y")
    return ""
