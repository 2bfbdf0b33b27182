# SPDX-License-Identifier: EUPL-1.2
"""The public face of a case: its head, its line, its decisions and events.

Everything is told from codes; a word is made when it is shown and read back by nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from casework.meetings import models as meetings
from casework.planning.enums import Milestone
from casework.process.enums import FINAL_STAGES, Stage, Standing
from casework.process.line import LOOPS, PLACE, LineStage
from casework.process.transitions import ways
from casework.register.enums import CaseType, DayPrecision, Direction
from casework.register.models import PublicCase, PublicEvent
from ui.cards import card_of, is_decision, with_money
from ui.patterns import CaseHead, Decision, Event
from ui.present import outcome_words, tag_of, told

FIRST = Milestone.PREPARATION
"""Where a registered case stands unless its events say otherwise."""

ENDS = frozenset(
    {*FINAL_STAGES, Standing.REJECTED, Standing.DECLINED, Standing.WITHDRAWN} - {Stage.IMPLEMENTED}
)
"""Where the line stops, in the codes of either machine."""

GRANTED = frozenset({Standing.FUNDED, Standing.PARTLY_FUNDED})
"""Ends of a candidacy after which the work begins."""

ORDER = list(Milestone)


@dataclass(frozen=True, slots=True)
class HistoricDissent:
    """A reservation or a special statement of a historic decision (R62, R70)."""

    kind: str
    who: str
    proposal: list[str]
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class HistoricDecision:
    """A decision from before the register: who decided, in which words, and who dissented."""

    body: str
    lead: str
    day: dt.date | None
    paragraph: str
    points: list[str]
    dissents: list[HistoricDissent]


def head_of(case: PublicCase) -> CaseHead:
    """The case head with its public face."""
    facts = [
        (_("Inkommet"), case.received_date.isoformat()),
        (_("Myndighet"), case.authority),
    ]
    if case.party or case.is_private:
        facts.append((_("Från"), case.party or _("Enskild")))
    if case.decided_on:
        facts.append((_("Beslutat"), case.decided_on.isoformat()))
    others = [number for number in case.numbers if number != case.dnr]
    if others:
        facts.append((_("Har också nummer"), ", ".join(others)))
    return CaseHead(
        title=case.title,
        dnr=case.dnr,
        tag=tag_of(case),
        area=case.service_area.name if case.service_area else "",
        kind=str(case.get_case_type_display()),
        facts=facts,
    )


def decisions_of(
    case: PublicCase, events: Sequence[PublicEvent], paragraphs: Mapping[int, str]
) -> list[Decision]:
    """The decisions as cards, newest first; of a case of another kind its outcome alone.

    Args:
        paragraphs: of the deciding body's minutes, by the event's primary key.
    """
    found = [
        card_of(
            event,
            event.key,
            on=event.day,
            decider=_body(event),
            paragraph=paragraphs.get(event.pk, ""),
        )
        for event in reversed(events)
        if is_decision(event.key)
    ]
    if not found and case.outcome and case.case_type != CaseType.INITIATIVE:
        outcome = outcome_words(case.outcome)
        found = [Decision(outcome=outcome, on=case.decided_on, decider=case.authority)]
    return found


def historic_of(decisions: Sequence[meetings.Decision]) -> list[HistoricDecision]:
    """Decisions from before the register, as the source has them (R61, R70)."""
    return [
        HistoricDecision(
            body=str(row.body),
            lead=row.lead,
            day=row.day,
            paragraph=row.paragraph,
            points=[point.text for point in row.points.all()],
            dissents=[
                HistoricDissent(
                    kind=str(dissent.get_kind_display()),
                    who=dissent.who,
                    proposal=dissent.proposal_points,
                    paragraphs=[part for part in dissent.statement.split("\n\n") if part.strip()],
                )
                for dissent in row.dissents.all()
            ],
        )
        for row in decisions
    ]


def records_of(case: PublicCase) -> list[dict[str, Any]]:
    """The published records, each with the way it went in words and the files to read."""
    return [
        {
            **record,
            "direction": _direction(str(record.get("direction", ""))),
            "files": [
                {**file, "kind": PurePath(file["name"]).suffix[1:].upper()}
                for file in record.get("files", [])
            ],
        }
        for record in case.records
    ]


def _direction(code: str) -> str:
    return str(Direction(code).label) if code in Direction.values else code


def events_of(events: Sequence[PublicEvent]) -> list[Event]:
    """Everything public that has happened, newest first."""
    return [
        Event(on=event.day, what=what, who=_body(event), when=_roughly(event))
        for event in reversed(events)
        if (what := _words(event))
    ]


def line_of(case: PublicCase, events: Sequence[PublicEvent]) -> list[LineStage]:
    """The line as the public may know it: from registration on, by the bodies that decided.

    Of an initiative in a later round the stations of the round tell its newest round alone.
    """
    steps = [event for event in events if event.key in ways()]
    if case.case_type != CaseType.INITIATIVE or not steps:
        return []
    left = _left(steps)
    funded = any(row.stage in GRANTED for row in steps)
    stopped = steps[-1].stage in ENDS and not funded
    here = _here(steps[-1], left[-1], funded)
    at = len(ORDER) if here is None else _order(here)
    newest_round = _begins(steps)
    line = []
    for index, milestone in enumerate(ORDER):
        since = newest_round if _order(Milestone.ASSESSMENT) <= index else 0
        own = [
            row for row, gone in list(zip(steps, left, strict=True))[since:] if gone is milestone
        ]
        if index < _order(Milestone.REGISTRATION) or (milestone is Milestone.COMMITTEE and not own):
            continue  # before the diary nothing is public; only an e-service has a committee (R42)
        stage = LineStage(milestone, _state(index, at, stopped))
        stage.loops = [row.reason for row in own if row.key in LOOPS]
        if stage.state in {"done", "stopped"} and own:
            stage.date, stage.decider = own[-1].day, _body(own[-1])
        line.append(stage)
    return line


def _left(steps: Sequence[PublicEvent]) -> list[Milestone]:
    """The station that each step left.

    The stage from which an initiative in a round is withdrawn names no station; then it stood
    where the step before had led.
    """
    found, here = [], FIRST
    for row in steps:
        found.append(PLACE.get(row.from_stage, here))
        here = PLACE.get(row.stage, here)
    return found


def _here(last: PublicEvent, left: Milestone, funded: bool) -> Milestone | None:
    """The station at which the case stands; None when it is through.

    An end is told by the station that was left: what the group rejected stopped with the group.
    What has been given money goes on with the work, also when a supplement is refused.
    """
    if last.stage == Stage.IMPLEMENTED:
        return None
    if funded and last.stage in {*GRANTED, *ENDS, Standing.DEFERRED}:
        return Milestone.IMPLEMENTATION
    if last.stage in ENDS:
        return max(left, Milestone.REGISTRATION, key=_order)
    return PLACE.get(last.stage, FIRST)


def _begins(steps: Sequence[PublicEvent]) -> int:
    """Where the newest round begins: with the group, or after it was put off."""
    starts = [n for n, row in enumerate(steps) if row.key == "hand_to_group"]
    puts_off = [n + 1 for n, row in enumerate(steps) if row.stage == Standing.DEFERRED]
    return max([*starts, *puts_off], default=0)


def _order(milestone: Milestone) -> int:
    return ORDER.index(milestone)


def _state(index: int, at: int, stopped: bool) -> str:
    if index < at:
        return "done"
    if index == at:
        return "stopped" if stopped else "now"
    return "skipped" if stopped else "ahead"


def _words(event: PublicEvent) -> str:
    """What happened, in words; of an older source to the letter."""
    sentence = told(event.key, opinion=event.opinion, occasion=event.occasion)
    return event.words or with_money(sentence, event)


def _body(event: PublicEvent) -> str:
    """The body by its name on the day of the event, as it was noted then."""
    return event.body_name or (str(event.body) if event.body else "")


def _roughly(event: PublicEvent) -> str:
    """Say "december 2005" or "2006" where the day is not known; else nothing."""
    if event.day_precision == DayPrecision.YEAR:
        return str(event.day.year)
    if event.day_precision == DayPrecision.MONTH:
        return format_date(event.day, "F Y")
    return ""
