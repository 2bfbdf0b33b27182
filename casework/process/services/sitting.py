# SPDX-License-Identifier: EUPL-1.2
"""The gavel: what a group noted in its meeting becomes its decisions (R18, R31; KL 6:38)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.initiatives.models import Initiative
from casework.meetings.models import AgendaItem, Decision, Meeting
from casework.meetings.permissions import may_lead_meeting, require
from casework.meetings.selectors import noted_in
from casework.meetings.services import TABLE, record_decision, table_cases
from casework.meetings.services.notes import lock_table
from casework.organisation.models import User
from casework.planning.models import Round
from casework.process.services.core import earliest_day, lock_processes, point_of
from casework.process.services.group import admit, defer, reject, request_completion
from casework.register.models import Case

_TAKEN: dict[str, Callable[..., Any]] = {
    "admit": admit,
    "request_completion": request_completion,
    "reject": reject,
    "defer": defer,
}


@transaction.atomic
def decide_noted(
    *, meeting: Meeting, actor: User, cases: Sequence[Case] | None = None
) -> list[Decision]:
    """Decide what is noted, all of it or nothing; who closes the points leads the meeting.

    What is noted alike, word for word, is decided in one act with one paragraph.

    Args:
        cases: only these of the noted.

    Raises:
        PermissionDenied: the person does not lead the meeting, or is disqualified in a case.
        ValidationError: nothing is noted, something of it cannot be decided, or somebody has
            just noted or decided otherwise.
    """
    require(may_lead_meeting(actor, meeting), meeting.body, _("ordföranden eller sekreteraren"))
    wanted = {case.pk for case in cases} if cases is not None else None
    items = [item for item in noted_in(meeting) if wanted is None or item.case_id in wanted]
    if not items:
        raise ValidationError(_("Inget utfall är antecknat."), code="noted")
    initiatives = {
        row.case_id: row
        for row in Initiative.objects.filter(
            case__in=[item.case_id for item in items]
        ).select_related("case", "process")
    }
    lock_processes(initiatives.values())
    lock_table(meeting.body)
    _require_same(items, noted_in(meeting))
    alike: dict[str, list[AgendaItem]] = {}
    for item in items:
        alike.setdefault(json.dumps([item.outcome, item.details], sort_keys=True), []).append(item)
    decided: list[Decision] = []
    for group in alike.values():
        decided += _decide_alike(meeting, group, initiatives, actor)
    return decided


def _require_same(read: list[AgendaItem], now: list[AgendaItem]) -> None:
    """Refuse what somebody noted anew, or decided, while this waited."""
    found = {item.pk: item for item in now}
    for item in read:
        other = found.get(item.pk)
        if other is None or other.noted_at != item.noted_at:
            raise ValidationError(
                _("Någon ändrade ett antecknat utfall i samma stund. Läs det och besluta på nytt."),
                code="noted",
            )


def _decide_alike(
    meeting: Meeting,
    items: list[AgendaItem],
    initiatives: dict[int | None, Initiative],
    actor: User,
) -> list[Decision]:
    outcome, details = items[0].outcome, items[0].details
    reason = str(details.get("reason") or details.get("questions") or "")
    found = [item.case for item in items if item.case is not None]
    if outcome == TABLE:
        return table_cases(meeting=meeting, cases=found, reason=reason, actor=actor)
    if outcome not in _TAKEN or any(case.pk not in initiatives for case in found):
        raise ValidationError(_("Utfallet går inte att besluta."), code="outcome")
    rows = [initiatives[case.pk] for case in found]
    days = [earliest_day(row.process) for row in rows]
    decisions = record_decision(
        cases=found,
        body=meeting.body,
        meeting=meeting,
        actor=actor,
        points=[point_of(outcome)],
        reason=reason,
        not_before=max((day for day in days if day), default=None),
        outcome=outcome,
    )
    arguments = _arguments(outcome, details)
    for row, decision in zip(rows, decisions, strict=True):
        _TAKEN[outcome](initiative=row, actor=actor, decision=decision, **arguments)
    return decisions


def _arguments(outcome: str, details: dict[str, Any]) -> dict[str, Any]:
    """What the transition's service is called with, from what was noted."""
    if outcome == "request_completion":
        return {
            "questions": str(details.get("questions", "")),
            "due": dt.date.fromisoformat(str(details.get("due"))),
        }
    arguments: dict[str, Any] = {"reason": str(details.get("reason", ""))}
    if outcome == "defer" and details.get("target"):
        arguments["target"] = Round.objects.get(pk=details["target"])
    return arguments
