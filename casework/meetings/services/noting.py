# SPDX-License-Identifier: EUPL-1.2
"""What happens at a meeting's table before the chair's gavel: noted, seen by all, and undone.

Decisions stand for ever, so what may still be undone is no decision. It is noted on the point of
the agenda; the decision follows when the chair closes the point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.journal.digests import digests_of
from casework.journal.services import log
from casework.meetings import events
from casework.meetings.models import AgendaItem, Decision, Meeting, Visit
from casework.meetings.permissions import (
    is_disqualified,
    may_call,
    may_record,
    may_step_aside,
    require,
)
from casework.meetings.services.decisions import record_decision
from casework.meetings.services.meetings import locked
from casework.meetings.services.notes import empty_notes
from casework.organisation.models import User
from casework.register.models import Case

TABLE = "table"
"""The outcome that settles nothing: the case waits for the body's next meeting."""


@transaction.atomic
def note_outcome(
    *,
    meeting: Meeting,
    cases: Sequence[Case],
    outcome: str,
    details: Mapping[str, Any],
    actor: User,
) -> list[AgendaItem]:
    """Note what the meeting seems to come to in some cases; the later of two notes stands.

    Args:
        cases: those that are not on the agenda are taken up.
        outcome: a code of the room above; what it needs is asked when it is decided.
        details: what is said with it, as JSON.

    Raises:
        PermissionDenied: the person takes no part in the meeting, or is disqualified in a case.
        ValidationError: the meeting is not open, or somebody is just deciding in a case.
    """
    decided = _decided_in(meeting, cases)
    row = locked(meeting)
    _require_at_the_table(row, cases, actor)
    if _decided_in(row, cases) != decided:  # while this waited for whoever decided
        raise ValidationError(
            _("Någon beslutade i ärendet i samma stund. Läs beslutet innan du antecknar."),
            code="decided",
        )
    items = {item.case_id: item for item in row.agenda.filter(case__in=[c.pk for c in cases])}
    last = row.agenda.aggregate(last=Max("position"))["last"] or 0
    noted = []
    for case in cases:
        item = items.get(case.pk)
        if item is None:
            last += 1
            item = AgendaItem(meeting=row, case=case, position=last)
        item.outcome, item.details = outcome, dict(details)
        item.noted_by, item.noted_at = actor, timezone.now()
        item.save()
        noted.append(item)
    log(
        events.NOTED,
        row,
        actor=actor,
        after={"cases": [case.pk for case in cases], "outcome": outcome},
        rows=digests_of(*noted),
    )
    return noted


@transaction.atomic
def undo_outcome(*, meeting: Meeting, case: Case, actor: User) -> list[AgendaItem]:
    """Take away what was noted in a case; nothing was decided.

    Raises:
        PermissionDenied: the person takes no part in the meeting, or is disqualified in the case.
        ValidationError: the meeting is not open, or nothing is noted in the case.
    """
    row = locked(meeting)
    _require_at_the_table(row, [case], actor)
    items = list(row.agenda.filter(case=case).exclude(outcome="").select_related("meeting"))
    if not items:
        raise ValidationError(_("Inget utfall är antecknat i ärendet."), code="noted")
    empty_notes(items, actor)
    return items


def table_cases(
    *, meeting: Meeting, cases: Sequence[Case], actor: User, reason: str = ""
) -> list[Decision]:
    """Bordlägg: the cases wait for the body's next meeting, where they stand first.

    Raises:
        PermissionDenied: the person does not record for the body, or is disqualified.
        ValidationError: the meeting could not decide so.
    """
    return record_decision(
        cases=cases,
        body=meeting.body,
        meeting=meeting,
        actor=actor,
        points=[_("Ärendet bordläggs till nästa möte.")],
        reason=reason,
        is_tabling=True,
        outcome=TABLE,
    )


def note_visit(*, meeting: Meeting, user: User, case: Case | None = None) -> None:
    """Note that a person has the meeting's page open, at a case; nothing of it is journalled.

    Raises:
        PermissionDenied: the person has no part in the meeting.
    """
    require(
        may_step_aside(user, meeting) or may_call(user, meeting.body),
        meeting.body,
        _("ledamöterna och de som stöder dem"),
    )
    Visit.objects.bulk_create(
        [Visit(meeting=meeting, user=user, case=case, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["meeting", "user"],
        update_fields=["case", "seen_at"],
    )


def _decided_in(meeting: Meeting, cases: Sequence[Case]) -> set[int]:
    """What the body has decided in some cases, in the meeting or by delegation."""
    found = Decision.objects.filter(body=meeting.body_id, case__in=[case.pk for case in cases])
    return set(found.values_list("pk", flat=True))


def _require_at_the_table(meeting: Meeting, cases: Sequence[Case], actor: User) -> None:
    if not meeting.is_open:
        raise ValidationError({"meeting": _("Mötet pågår inte.")})
    if not cases:
        raise ValidationError({"cases": _("Välj minst ett ärende.")})
    if any(is_disqualified(actor, meeting, case) for case in cases):
        raise PermissionDenied(_("Du är jävig i ärendet och tar inte del i beslutet."))
    require(
        may_record(actor, meeting.body, meeting.day),
        meeting.body,
        _("ordföranden, sekreteraren och de närvarande ledamöterna"),
    )
