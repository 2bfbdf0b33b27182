# SPDX-License-Identifier: EUPL-1.2
"""Recording what a body decides, in a meeting or by delegation."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings import events
from casework.meetings.minutes_word import WORD, extract_word
from casework.meetings.models import Decision, DecisionPoint, Meeting
from casework.meetings.permissions import (
    may_decide_alone,
    may_enter_history,
    may_extract,
    may_record,
    require,
)
from casework.meetings.rendering import extract_text
from casework.meetings.selectors import disqualified_in, present_in
from casework.meetings.services.notes import empty_notes, heed_notes, lock_table
from casework.organisation.enums import ELECTED_KINDS, BodyKind
from casework.organisation.models import Body, User
from casework.organisation.selectors import committee_is_complete, seats_of
from casework.register.enums import Direction, RecordKind
from casework.register.models import Case, Record
from casework.register.services import register_generated_record

_PARAGRAPH = re.compile(r"(?:§\s*)?(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Own:
    """What an act says of one of its cases, beside what it says of them all."""

    points: Sequence[str] = ()
    reason: str = ""


@transaction.atomic
def record_decision(
    *,
    cases: Sequence[Case],
    body: Body,
    actor: User,
    meeting: Meeting | None = None,
    delegation: str = "",
    day: dt.date | None = None,
    paragraph: str = "",
    points: Sequence[str] = (),
    lead: str = "",
    overall: str = "",
    reason: str = "",
    own: Mapping[int, Own] | None = None,
    is_tabling: bool = False,
    not_before: dt.date | None = None,
    outcome: str = "",
    over: str = "",
) -> list[Decision]:
    """Record one act of a body over one or several cases; a decision a case (R7–R18, KL 6:38).

    Args:
        meeting: where it is decided; else ``delegation`` is the reference to the body's
            delegation.
        day: the meeting's day, or today by delegation, unless told.
        paragraph: in a meeting the next of the body's year unless told; one for the whole act.
        overall: what the body says of the cases together; the minutes tell it once, the extracts of
            the cases do not.
        reason: why, as the minutes tell it.
        own: by case, what is decided in it alone; after ``points``, and instead of ``reason``.
        is_tabling: whether nothing is settled: the cases wait for the body's next meeting.
        not_before: no earlier than this, the day of what the decision builds on.
        outcome: the code under which the meeting would note it; see :func:`note_outcome`.
        over: what somebody else has noted, which the person has read and decides otherwise than.

    Raises:
        PermissionDenied: the person does not record for the body, is disqualified, or does not
            lead the meeting in which an outcome is noted in one of the cases.
        ValidationError: the body could not decide so, or somebody else has noted another outcome;
            see the messages.
    """
    if not cases:
        raise ValidationError({"cases": _("Välj minst ett ärende.")})
    lock_table(body)
    decided_on = _day(meeting, day, not_before)
    check_body(body, decided_on)
    if meeting is not None and delegation.strip():
        raise ValidationError(
            {"delegation": _("Ett beslut fattas på ett möte eller på delegation, inte både och.")}
        )
    took_part: dict[int, list[int]] = {}
    if meeting is not None:
        took_part = _check_meeting(meeting, body, list(cases), actor)
    else:
        _check_delegation(body, decided_on, delegation, actor)
    notes = heed_notes(body=body, cases=cases, actor=actor, known={outcome, over})
    text, number = _paragraph(body, decided_on, paragraph, in_meeting=meeting is not None)
    act, own = uuid.uuid4(), own or {}
    said = {case.pk: own.get(case.pk) or Own(reason=reason) for case in cases}
    decisions = Decision.objects.bulk_create(
        Decision(
            act=act,
            case=case,
            body=body,
            meeting=meeting,
            delegation=delegation.strip(),
            day=decided_on,
            paragraph=text,
            paragraph_number=number,
            lead=lead.strip(),
            overall=overall.strip(),
            reason=said[case.pk].reason.strip(),
            is_tabling=is_tabling,
            took_part=took_part.get(case.pk, []),
            recorded_by=actor,
            recorded_at=timezone.now(),
        )
        for case in cases
    )
    texts = {row.pk: [*points, *said[row.case_id].points] for row in decisions}
    written = _write_points(decisions, texts)
    for decision in decisions:
        log(
            events.DECIDED,
            decision,
            actor=actor,
            about=decision.case,
            after={
                "body": body.name,
                "body_id": body.pk,
                "meeting": meeting.pk if meeting else None,
                "delegation": decision.delegation,
                "day": decided_on.isoformat(),
                "paragraph": text,
                "points": texts[decision.pk],
            },
            reason=decision.reason,
            rows=digests_of(decision, *written[decision.pk]),
        )
    empty_notes(notes, actor)
    return decisions


@transaction.atomic
def note_historic_decision(
    *,
    case: Case,
    body: Body,
    actor: User,
    day: dt.date | None = None,
    paragraph: str = "",
    points: Sequence[str] = (),
    lead: str = "",
) -> Decision:
    """Enter a decision from before there was this register; an unknown day stays unknown.

    Raises:
        PermissionDenied: the person may not register in the case's diary.
    """
    if not may_enter_history(actor, case):
        raise PermissionDenied(_("Det får bara registratorn göra."))
    decision = Decision.objects.create(
        case=case,
        body=body,
        is_historic=True,
        day=day,
        paragraph=paragraph,
        lead=lead.strip(),
        recorded_by=actor,
        recorded_at=timezone.now(),
    )
    written = _write_points([decision], {decision.pk: points})
    log(
        events.HISTORIC,
        decision,
        actor=actor,
        about=case,
        after={
            "body": body.name,
            "body_id": body.pk,
            "day": day.isoformat() if day else None,
            "points": list(points),
        },
        rows=digests_of(decision, *written[decision.pk]),
    )
    return decision


@transaction.atomic
def register_minutes_extract(*, decision: Decision, actor: User) -> Record:
    """Register an extract of the minutes in the decision's case; the same is registered once.

    Raises:
        PermissionDenied: neither the body's chair or secretary nor the registrar.
        ValidationError: it was not decided in a meeting.
    """
    body = decision.body
    if not may_extract(actor, decision):
        raise PermissionDenied(
            _("Det får bara registratorn och ordföranden eller sekreteraren i %(body)s göra.")
            % {"body": body.in_sentence()}
        )
    if decision.meeting_id is None:
        raise ValidationError(_("Beslutet fattades inte på ett möte."), code="meeting")
    return file_extract(decision=decision, actor=actor)


def file_extract(*, decision: Decision, actor: User) -> Record:
    """The extract as a record with its text, for services that have asked for the right."""
    body, case = decision.body, decision.case
    text = extract_text(decision)
    title = _("Protokollsutdrag, %(body)s %(paragraph)s") % {
        "body": body.name,
        "paragraph": decision.paragraph,
    }
    same = case.records.filter(
        kind=RecordKind.MINUTES_EXTRACT,
        title=title.strip(),
        voided_at=None,
        texts__text=text.strip(),
    )
    if earlier := same.first():
        return earlier
    return register_generated_record(
        case=case,
        kind=RecordKind.MINUTES_EXTRACT,
        direction=Direction.ESTABLISHED,
        title=title.strip(),
        name="protokollsutdrag.docx",
        content=extract_word(decision),
        content_type=WORD,
        text=text,
        party=body.name,
        party_public=body.name,
        actor=actor,
    )


def _day(meeting: Meeting | None, day: dt.date | None, not_before: dt.date | None) -> dt.date:
    if meeting is not None and day is not None and day != meeting.day:
        raise ValidationError(
            {"day": _("Beslutsdagen är mötets dag, %(day)s.") % {"day": meeting.day.isoformat()}}
        )
    decided_on = meeting.day if meeting is not None else day or timezone.localdate()
    check_day(decided_on, not_before)
    return decided_on


def check_day(day: dt.date, not_before: dt.date | None) -> None:
    """Refuse a day that lies ahead, or before what the decision builds on."""
    if day > timezone.localdate():
        raise ValidationError({"day": _("Beslutsdagen ligger framåt i tiden.")})
    if not_before is not None and day < not_before:
        raise ValidationError(
            {
                "day": _("Beslutsdagen kan inte vara före den %(day)s, då steget innan togs.")
                % {"day": not_before.isoformat()}
            }
        )


def check_body(body: Body, day: dt.date) -> None:
    """R16: what has ceased decides nothing; R13: the committee decides with exactly five."""
    if not body.is_in_force(day):
        raise ValidationError(
            {
                "body": _("%(body)s fanns inte den %(day)s och kunde inte besluta.")
                % {"body": body.name, "day": day.isoformat()}
            }
        )
    if body.kind == BodyKind.COMMITTEE and not committee_is_complete(body, day):
        raise ValidationError(
            {
                "body": _(
                    "Utskottet kan besluta när det har exakt fem ledamöter, alla med plats i "
                    "utvecklingsrådet. Det hade det inte den %(day)s."
                )
                % {"day": day.isoformat()}
            }
        )


def _check_meeting(
    meeting: Meeting, body: Body, cases: list[Case], actor: User
) -> dict[int, list[int]]:
    """Refuse what the meeting cannot decide; returns who takes part, by case."""
    meeting.refresh_from_db(fields=["state"])
    if meeting.body_id != body.pk:
        raise ValidationError({"meeting": _("Mötet är ett annat organs.")})
    if not meeting.is_open:
        raise ValidationError({"meeting": _("Mötet pågår inte. Öppna mötet innan ni beslutar.")})
    barred = disqualified_in(meeting, cases)
    if any((case.pk, actor.pk) in barred for case in cases):
        raise PermissionDenied(_("Du är jävig i ärendet och tar inte del i beslutet."))
    require(
        may_record(actor, body, meeting.day),
        body,
        _("ordföranden, sekreteraren och de närvarande ledamöterna"),
    )
    seats = set(seats_of(body, meeting.day).values_list("user_id", flat=True))
    if not seats and body.kind in ELECTED_KINDS:
        return {}  # its roll is kept elsewhere; its own minutes tell who was there
    present = present_in(meeting) & seats
    took_part: dict[int, list[int]] = {}
    for case in cases:
        able = {pk for pk in present if (case.pk, pk) not in barred}
        if 2 * len(able) <= len(seats):
            raise ValidationError(
                {
                    "meeting": _(
                        "Mer än hälften av ledamöterna ska vara närvarande och ojäviga. "
                        "%(able)s av %(seats)s är det."
                    )
                    % {"able": len(able), "seats": len(seats)}
                }
            )
        took_part[case.pk] = sorted(able)
    return took_part


def _check_delegation(body: Body, day: dt.date, delegation: str, actor: User) -> None:
    if body.kind == BodyKind.CITY_COUNCIL:  # nobody decides alone for fullmäktige (KL 5:1)
        raise ValidationError({"meeting": _("Ange på vilket möte beslutet fattas.")})
    if not delegation.strip():
        raise ValidationError(
            {"delegation": _("Ange på vilket möte beslutet fattas, eller delegationen.")}
        )
    require(may_decide_alone(actor, body, day), body, _("ordföranden eller stadsdirektören"))


def _paragraph(body: Body, day: dt.date, given: str, *, in_meeting: bool) -> tuple[str, int | None]:
    """The paragraph as it is written, and its number where it is a plain one."""
    given = given.strip()
    if given:
        number = number_in(given)
        return (f"§ {number}" if number else given), number
    if not in_meeting:
        return "", None
    last = Decision.objects.filter(body=body, day__year=day.year).aggregate(
        last=Max("paragraph_number")
    )["last"]
    number = (last or 0) + 1
    return f"§ {number}", number


def number_in(paragraph: str) -> int | None:
    """The number of a plain paragraph: ``§ 12`` → 12."""
    found = _PARAGRAPH.fullmatch(paragraph)
    return int(found.group(1)) if found else None


def _write_points(
    decisions: Sequence[Decision], points: Mapping[int, Sequence[str]]
) -> dict[int, list[DecisionPoint]]:
    """Write each decision's points; returns them by decision."""
    written: dict[int, list[DecisionPoint]] = {decision.pk: [] for decision in decisions}
    for point in DecisionPoint.objects.bulk_create(
        DecisionPoint(decision=decision, position=position, text=text)
        for decision in decisions
        for position, text in enumerate(
            (text.strip() for text in points[decision.pk] if text.strip()), start=1
        )
    ):
        written[point.decision_id].append(point)
    return written
